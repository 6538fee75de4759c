// GET defaults?userId=: the signature settings of the company and, with a user, of that user.
#include <nlohmann/json.hpp>

#include "proxy/api/answers.h"
#include "proxy/api/query.h"
#include "proxy/api/routes.h"

namespace smartca::api {

http::Response getDefaults(const Context& context, http::Request& request) {
    QueryReader query(request.head.query);
    const UserId userId = query.integer("userId", 0, 1, kLargestUserId);
    if (const auto fault = query.fault()) return malformed(request, *fault);

    Defaults defaults;
    auto company = context.registry.companySettings();
    if (!company) return answerOf(company.error(), request);
    defaults.company = std::move(company).value();
    if (userId != 0) {
        auto user = context.registry.userSettings(userId);
        if (!user) return answerOf(user.error(), request);
        defaults.user = std::move(user).value();
    }
    return http::jsonResponse(200, toJson(defaults));
}

}  // namespace smartca::api
