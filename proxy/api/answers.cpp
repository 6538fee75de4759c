#include "proxy/api/answers.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/base/text.h"
#include "shared/json_guard.h"

namespace smartca::api {
http::Response malformed(const http::Request& request, const ShapeError& error) {
    return malformed(request, (error.pointer.empty() ? "The body" : error.pointer) + ": " + error.reason);
}

http::Response answerOf(const base::Fault& fault, const http::Request& request) {
    Problem problem{fault.code, request.requestId, fault.message};
    if (fault.code == ProblemCode::Unavailable) problem.retryAfterSeconds = 2;
    if (fault.code == ProblemCode::UserPending) problem.retryAfterSeconds = 5;
    auto response = http::problemResponse(problem, request.locale);
    response.detail = fault.detail;
    return response;
}

http::Response findingsAnswer(const Findings& findings, const http::Request& request) {
    Problem problem;
    problem.code = ProblemCode::Findings;
    problem.requestId = request.requestId;
    problem.findings = findings;
    return http::problemResponse(problem, request.locale);
}

http::Response replayed(const journal::StoredAnswer& answer) {
    constexpr int kFirstRefusal = 400;
    http::Response response;
    response.status = answer.status;
    response.contentType = answer.status < kFirstRefusal ? "application/json" : "application/problem+json";
    response.body = std::make_shared<const std::string>(answer.body);
    response.headers.emplace_back("Idempotency-Replayed", "true");
    response.outcome = "replayed";
    return response;
}

http::Response pendingAnswer(const PendingCreate& pending, std::string_view location) {
    auto response = http::jsonResponse(202, toJson(pending), "pending");
    response.headers.emplace_back("Location", location);
    if (pending.retryAfterSeconds > 0)
        response.headers.emplace_back("Retry-After", std::to_string(pending.retryAfterSeconds));
    return response;
}

audit::Source sourceOf(const http::Request& request) {
    audit::Source source;
    source.actor = request.caller.name;
    source.peer = request.head.peer;
    source.requestId = request.requestId;
    const auto key = request.head.header("idempotency-key");
    if (!key.empty()) source.keyHash = audit::hashOf(key);
    return source;
}

std::optional<std::int64_t> idOf(const http::Request& request, std::int64_t maximum) {
    const auto found = request.parameters.find("id");
    if (found == request.parameters.end()) return std::nullopt;
    const auto& text = found->second;
    return text.starts_with('0') ? std::nullopt : base::wholeNumberOf(text, 1, maximum);
}

std::optional<nlohmann::json> jsonBody(const http::Request& request, http::Response& response) {
    auto json = parseJson(request.body);
    if (json) return std::move(json).value();
    response = malformed(request, std::string("The body is refused: ") + nameOf(json.error()) + ".");
    return std::nullopt;
}

}  // namespace smartca::api
