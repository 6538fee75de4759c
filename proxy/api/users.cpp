// What the dialog shows before anything is created: GET session, users, users/{id}, defaults, and the
// signature images of users and of the company.
#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>
#include <vector>

#include "proxy/api/answers.h"
#include "proxy/api/query.h"
#include "proxy/api/routes.h"
#include "proxy/registry/fold.h"
#include "proxy/registry/search.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

// The stored file, as it was uploaded.
http::Response imageAnswer(base::Outcome<SignatureImage> image, const http::Request& request) {
    if (!image) return answerOf(image.error(), request);
    const bool isPng = image.value().mediaType == "image/png";
    // Whatever the store holds, nothing but these two types goes out under our origin.
    if (!isPng && image.value().mediaType != "image/jpeg") return answerOf({ProblemCode::Internal}, request);
    http::Response response;
    response.outcome = "ok";
    const auto etag = http::etagOf(image.value().data);
    response.headers = {{"ETag", etag},
                        {"Cache-Control", "private, no-cache"},
                        // Opened on its own, the file may do nothing at all.
                        {"Content-Security-Policy", "default-src 'none'; sandbox"},
                        {"Content-Disposition", isPng ? "inline; filename=\"signature.png\""
                                                      : "inline; filename=\"signature.jpg\""}};
    if (http::matchesEtag(request.head.header("if-none-match"), etag)) {
        response.status = 304;
        return response;
    }
    response.contentType = isPng ? "image/png" : "image/jpeg";
    response.body = std::make_shared<const std::string>(std::move(image).value().data);
    return response;
}

// Those of the few users whom the caller may see (32 at most) that fit: no registry has to know of callers.
base::Outcome<Page<User>> usersOf(registry::Registry& registry, const http::Caller& caller,
                                  const registry::UserQuery& query) {
    const auto readings = registry::readingsOf(query.search);
    std::vector<User> fitting;
    Page<User> page{.page = query.page, .pageSize = query.pageSize};
    for (const UserId id : caller.users) {
        auto user = registry.user(id);
        if (!user && user.error().code == ProblemCode::NotFound) continue;
        if (!user) return user.error();
        ++page.allCount;
        if (registry::fits(
                registry::searchKey({registry::folded(user.value().name), registry::folded(user.value().code),
                                     registry::foldedNumber(user.value().phone)}),
                readings))
            fitting.push_back(std::move(user).value());
    }
    std::ranges::sort(fitting, {},
                      [](const User& user) { return std::pair(registry::folded(user.name), user.id); });
    page.totalCount = static_cast<std::int64_t>(fitting.size());
    const auto first = std::min(
        fitting.size(), static_cast<std::size_t>(query.page - 1) * static_cast<std::size_t>(query.pageSize));
    const auto last = std::min(fitting.size(), first + static_cast<std::size_t>(query.pageSize));
    page.items.assign(std::make_move_iterator(fitting.begin() + static_cast<std::ptrdiff_t>(first)),
                      std::make_move_iterator(fitting.begin() + static_cast<std::ptrdiff_t>(last)));
    return page;
}

}  // namespace

http::Response getSession(const Context& context, http::Request& request) {
    Session session;
    session.locale = request.locale;
    session.may = request.caller.may;
    session.imageBytes = static_cast<std::int64_t>(Limits{}.imageBytes);
    session.saves = context.registry.saves();
    session.now = context.now();
    session.prefill = request.caller.prefill;
    return http::jsonResponse(200, toJson(session));
}

http::Response getUsers(const Context& context, http::Request& request) {
    QueryReader query(request.head.query);
    registry::UserQuery users;
    users.search = query.text("search", 100);
    std::tie(users.page, users.pageSize) = query.page();
    if (query.fault()) return malformed(request, query);
    if (request.caller.users.empty()) return answerOf(context.registry.users(users), request);
    return answerOf(usersOf(context.registry, request.caller, users), request);
}

http::Response getUser(const Context& context, http::Request& request, UserId id) {
    if (!request.caller.mayActFor(id)) return answerOf({ProblemCode::NotFound}, request);
    return answerOf(context.registry.user(id), request);
}

// The signature settings of the company and, with a user, of that user, with the numbers that are known.
http::Response getDefaults(const Context& context, http::Request& request) {
    QueryReader query(request.head.query);
    const UserId userId = query.integer("userId", 0, 1, kLargestUserId);
    if (query.fault()) return malformed(request, query);

    Defaults defaults;
    auto company = context.registry.companySettings();
    if (!company) return answerOf(company.error(), request);
    defaults.company = std::move(company).value();
    if (userId != 0) {
        if (!request.caller.mayActFor(userId)) return answerOf({ProblemCode::NotFound}, request);
        auto user = context.registry.userSettings(userId);
        if (!user) return answerOf(user.error(), request);
        defaults.user = std::move(user).value();
        auto identities = context.registry.identitiesOf(userId);
        if (!identities) return answerOf(identities.error(), request);
        defaults.identities = std::move(identities).value();
    }
    return http::jsonResponse(200, toJson(defaults));
}

http::Response getUserImage(const Context& context, http::Request& request, UserId id) {
    if (!request.caller.mayActFor(id)) return answerOf({ProblemCode::NotFound}, request);
    return imageAnswer(context.registry.userImage(id), request);
}

http::Response getCompanyImage(const Context& context, http::Request& request) {
    return imageAnswer(context.registry.companyImage(), request);
}

}  // namespace smartca::api
