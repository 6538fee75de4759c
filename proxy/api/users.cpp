// GET users?search=&page=&pageSize= and GET users/{id}
#include <nlohmann/json.hpp>

#include "proxy/api/answers.h"
#include "proxy/api/query.h"
#include "proxy/api/routes.h"

namespace smartca::api {

http::Response getUsers(const Context& context, http::Request& request) {
    QueryReader query(request.head.query);
    registry::UserQuery users;
    users.search = query.text("search", 100);
    users.page = static_cast<int>(query.integer("page", 1, 1, 1'000'000));
    users.pageSize = static_cast<int>(query.integer("pageSize", 10, 1, 100));
    if (const auto fault = query.fault()) return malformed(request, *fault);
    const auto page = context.registry.users(users);
    return page ? http::jsonResponse(200, toJson(page.value())) : answerOf(page.error(), request);
}

http::Response getUser(const Context& context, http::Request& request) {
    const auto id = idOf(request, kLargestUserId);
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    const auto user = context.registry.user(*id);
    return user ? http::jsonResponse(200, toJson(user.value())) : answerOf(user.error(), request);
}

}  // namespace smartca::api
