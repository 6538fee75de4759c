// What several routes answer in the same way.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/api/query.h"
#include "proxy/http/message.h"
#include "proxy/http/response.h"
#include "proxy/registry/registry.h"
#include "shared/api.h"

namespace smartca::api {

// The log has the reason too, but for names that the client has made up.
http::Response malformed(const http::Request& request, std::string_view reason);
http::Response malformed(const http::Request& request, const ShapeError& error);
http::Response malformed(const http::Request& request, const QueryReader& query);

http::Response answerOf(const base::Fault& fault, const http::Request& request);
template <class T>
http::Response answerOf(const base::Outcome<T>& found, const http::Request& request,
                        std::string_view outcome = "ok") {
    return found ? http::jsonResponse(200, toJson(found.value()), outcome) : answerOf(found.error(), request);
}
// To whoever asks for what is the portal's server's alone.
http::Response notTheServer(const http::Request& request);
http::Response findingsAnswer(const Findings& findings, const http::Request& request);

// The caller, for the audit log.
audit::Source sourceOf(const http::Request& request);

// The request's body as JSON. On failure `response` is the answer.
std::optional<nlohmann::json> jsonBody(const http::Request& request, http::Response& response);

}  // namespace smartca::api
