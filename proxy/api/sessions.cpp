// POST sessions: a session token for a page, for a portal's server that would rather not sign one itself.
#include <nlohmann/json.hpp>

#include "proxy/api/answers.h"
#include "proxy/api/routes.h"
#include "shared/json_writer.h"

namespace smartca::api {

http::Response postSession(const Context& context, http::Request& request) {
    // A page could otherwise give itself another name, or rights that it has not.
    if (!request.caller.isServer()) return notTheServer(request);
    http::Response response;
    const auto json = jsonBody(request, response);
    if (!json) return response;
    const auto issued = context.issuer.issue(*json, request.caller.company, context.now());
    if (!issued) return malformed(request, issued.error());
    nlohmann::json answer(nlohmann::json::value_t::object);
    setText(answer, "token", issued.value().token);
    setInstant(answer, "expires", issued.value().expires);
    return http::jsonResponse(201, answer, "issued");
}

}  // namespace smartca::api
