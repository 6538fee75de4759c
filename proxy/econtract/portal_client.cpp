#include "proxy/econtract/portal_client.h"

#include <ctime>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/base/text.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

base::Fault nonsense(const char* what) {
    return {ProblemCode::PortalNonsense, {}, what};
}

// Whether a path ends in the first words of a call's, as in "/one/api/v2/auth".
bool endsInApi(std::string path) {
    path = base::lowerCase(path);
    const auto leaveOut = [&path](std::string_view word) {
        const bool there = path.ends_with(word);
        if (there) path.resize(path.size() - word.size());
        return there;
    };
    while (leaveOut("/v1") || leaveOut("/v2") || leaveOut("/auth") || leaveOut("/users")) {
    }
    return path.ends_with("/api");
}

}  // namespace

Result<upstream::BaseUrl, std::string> portalUrl(std::string_view text) {
    auto url = upstream::parseBaseUrl(text);
    if (!url) return url;
    if (endsInApi(url.value().path))
        return std::string("leave out /api and what follows it, which the proxy adds itself");
    return url;
}

Result<std::unique_ptr<PortalClient>, std::string> PortalClient::make(const PortalOptions& options,
                                                                      upstream::AccountSource account) {
    auto http = upstream::HttpClient::make(options.url, options.http);
    if (!http) return http.error();
    return std::make_unique<PortalClient>(options, std::move(http).value(), std::move(account));
}

PortalClient::PortalClient(const PortalOptions& options, std::shared_ptr<upstream::HttpClient> http,
                           upstream::AccountSource account)
    : options_(options),
      http_(std::move(http)),
      login_(*http_, std::move(account), options.login),
      session_([this](Session::TimePoint deadline) { return login_.logIn(deadline); }) {}

base::Outcome<Json> PortalClient::ask(upstream::HttpRequest& request, Purpose purpose) {
    request.retry = purpose == Purpose::Change ? upstream::Retry::Never : upstream::Retry::Once;
    const auto deadline = std::chrono::steady_clock::now() + options_.deadline;
    for (const bool last : {false, true}) {
        const auto ticket = session_.ticket(deadline);
        if (!ticket) return ticket.error();
        request.headers = {{"Authorization", "Bearer " + ticket.value().token}};
        const auto answer = http_->send(request, deadline);
        if (!answer) return faultOf(answer.error(), purpose);
        if (!isUnauthorized(answer.value())) return readAnswer(answer.value(), purpose, std::time(nullptr));
        session_.refused(ticket.value().number);
        if (last) break;
    }
    return base::Fault{
        ProblemCode::PortalCredentials, {}, "eContract refuses a token that it has just given"};
}

base::Outcome<PortalUserPage> PortalClient::users(const registry::UserQuery& query) {
    upstream::HttpRequest request{.method = "GET",
                                  .path = "/api/users?search=" + percentEncoded(query.search) +
                                          "&page=" + std::to_string(query.page) +
                                          "&pageSize=" + std::to_string(query.pageSize)};
    auto data = ask(request, Purpose::Question);
    if (!data) return data.error();
    auto page = readUserPage(data.value());
    if (!page) return nonsense("the list of users has no items");
    return *std::move(page);
}

base::Outcome<PortalUser> PortalClient::user(UserId id) {
    upstream::HttpRequest request{.method = "GET", .path = "/api/users/" + std::to_string(id)};
    auto data = ask(request, Purpose::Question);
    if (!data) return data.error();
    auto user = readUser(data.value());
    if (!user || user->user.id != id) return nonsense("the answer is not the user that was asked for");
    return *std::move(user);
}

base::Outcome<std::optional<PortalUser>> PortalClient::change(const std::string& path, const Json& body) {
    upstream::HttpRequest request{.path = path, .body = writeJson(body)};
    auto data = ask(request, Purpose::Change);
    base::wipe(request.body);
    if (!data) return data.error();
    return readUser(data.value());
}

}  // namespace smartca::econtract
