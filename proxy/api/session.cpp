// GET session: what the dialog must know before it can draw itself.
#include <nlohmann/json.hpp>

#include "proxy/api/routes.h"
#include "proxy/http/response.h"
#include "shared/validation.h"

namespace smartca::api {

http::Response getSession(const Context& context, http::Request& request) {
    Session session;
    session.locale = request.locale;
    session.imageBytes = static_cast<std::int64_t>(Limits{}.imageBytes);
    session.saves = context.registry.saves();
    session.now = context.now();
    return http::jsonResponse(200, toJson(session));
}

}  // namespace smartca::api
