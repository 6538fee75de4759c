// What several routes answer in the same way.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/http/message.h"
#include "proxy/http/response.h"
#include "proxy/registry/registry.h"
#include "proxy/upstream/smartca_client.h"
#include "shared/api.h"

namespace smartca::api {

inline http::Response malformed(const http::Request& request, std::string_view reason) {
    return http::problemResponse(ProblemCode::MalformedRequest, request, reason);
}
http::Response malformed(const http::Request& request, const ShapeError& error);

http::Response answerOf(const base::Fault& fault, const http::Request& request);
http::Response findingsAnswer(const Findings& findings, const http::Request& request);

// What was said under a key before, marked as said again.
http::Response replayed(const journal::StoredAnswer& answer);
// 202: the answer is not there yet. `location` is where to ask for it, relative to this request's path.
http::Response pendingAnswer(const PendingCreate& pending, std::string_view location);

// Who asks, for the audit log.
audit::Source sourceOf(const http::Request& request);

// The path's ":id" as a positive number up to `maximum`: of certificates, the largest there is.
inline constexpr std::int64_t kLargestId = std::numeric_limits<std::int64_t>::max();
std::optional<std::int64_t> idOf(const http::Request& request, std::int64_t maximum);

// The request's body as JSON. On failure `response` is the answer.
std::optional<nlohmann::json> jsonBody(const http::Request& request, http::Response& response);

}  // namespace smartca::api
