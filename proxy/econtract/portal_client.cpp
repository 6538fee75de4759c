#include "proxy/econtract/portal_client.h"

#include <utility>

#include "proxy/base/crypto.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

PortalError nonsense(const char* what) {
    return {PortalFault::Nonsense, {}, what};
}

// Whether a path ends in the first words of a call's, as in "/one/api/v2/auth".
bool endsInApi(std::string path) {
    std::ranges::transform(path, path.begin(), asciiLower);
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
                                                                      const AccountSource& accounts) {
    auto url = portalUrl(options.baseUrl);
    if (!url) return url.error();
    auto trust = upstream::TrustStore::load(options.caFile);
    if (!trust) return trust.error();
    return std::unique_ptr<PortalClient>(
        new PortalClient(options, url.value(), std::move(trust).value(), accounts));
}

PortalClient::PortalClient(const PortalOptions& options, const upstream::BaseUrl& url,
                           upstream::TrustStore trust, const AccountSource& accounts)
    : options_(options),
      caller_(url, std::move(trust),
              {.maximumConnections = options.maximumConnections,
               .maximumAnswerBytes = options.maximumAnswerBytes}),
      login_(caller_, accounts, options.login),
      session_([this](Session::TimePoint deadline) { return login_.logIn(deadline); }) {}

Result<Json, PortalError> PortalClient::ask(upstream::Call& call, Purpose purpose) {
    call.repeat = purpose == Purpose::Change ? upstream::Repeat::Never : upstream::Repeat::Safe;
    const auto deadline = std::chrono::steady_clock::now() + options_.deadline;
    for (const bool last : {false, true}) {
        const auto ticket = session_.ticket(deadline);
        if (!ticket) return ticket.error();
        call.headers = {{"Authorization", "Bearer " + ticket.value().token}};
        const auto answer = caller_.call(call, deadline);
        if (!answer) return errorOf(answer.error(), purpose);
        if (!isUnauthorized(answer.value())) return readAnswer(answer.value(), purpose);
        session_.refused(ticket.value().number);
        if (last) break;
    }
    return PortalError{
        PortalFault::CredentialsRefused, {}, "eContract refuses a token that it has just given"};
}

Result<PortalUserPage, PortalError> PortalClient::users(const registry::UserQuery& query) {
    upstream::Call call{.method = "GET",
                        .path = "/api/users?search=" + percentEncoded(query.search) + "&page=" +
                                std::to_string(query.page) + "&pageSize=" + std::to_string(query.pageSize)};
    auto data = ask(call, Purpose::Question);
    if (!data) return data.error();
    auto page = readUserPage(data.value());
    if (!page) return nonsense("the list of users has no items");
    return *std::move(page);
}

Result<PortalUser, PortalError> PortalClient::user(UserId id) {
    upstream::Call call{.method = "GET", .path = "/api/users/" + std::to_string(id)};
    auto data = ask(call, Purpose::Question);
    if (!data) return data.error();
    auto user = readUser(data.value());
    if (!user || user->user.id != id) return nonsense("the answer is not the user that was asked for");
    return *std::move(user);
}

Result<std::optional<PortalUser>, PortalError> PortalClient::change(const std::string& path,
                                                                    const Json& body) {
    upstream::Call call{.path = path, .body = writeJson(body)};
    auto data = ask(call, Purpose::Change);
    base::wipe(call.body);
    if (!data) return data.error();
    return readUser(data.value());
}

}  // namespace smartca::econtract
