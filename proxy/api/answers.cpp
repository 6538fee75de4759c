#include "proxy/api/answers.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/base/text.h"
#include "shared/json_guard.h"

namespace smartca::api {
namespace {

ProblemCode codeOf(registry::RegistryError error) {
    switch (error) {
        case registry::RegistryError::NotFound:
            return ProblemCode::NotFound;
        case registry::RegistryError::Conflict:  // something changed meanwhile: the next try sees it
        case registry::RegistryError::Unavailable:
            return ProblemCode::Unavailable;
        case registry::RegistryError::Refused:
            return ProblemCode::PortalRefused;
        case registry::RegistryError::CredentialsRefused:
            return ProblemCode::PortalCredentials;
        case registry::RegistryError::Untrusted:
            return ProblemCode::PortalUntrusted;
        case registry::RegistryError::Nonsense:
            return ProblemCode::PortalNonsense;
        case registry::RegistryError::Pending:
            return ProblemCode::UserPending;
        case registry::RegistryError::Unknown:
            return ProblemCode::OutcomeUnknown;
        case registry::RegistryError::Corrupt:
            break;
    }
    return ProblemCode::Internal;
}

ProblemCode codeOf(upstream::SmartCaFault fault) {
    switch (fault) {
        case upstream::SmartCaFault::Unreachable:
            return ProblemCode::UpstreamUnreachable;
        case upstream::SmartCaFault::Untrusted:
            return ProblemCode::UpstreamUntrusted;
        case upstream::SmartCaFault::Timeout:
            return ProblemCode::UpstreamTimeout;
        case upstream::SmartCaFault::Nonsense:
            return ProblemCode::UpstreamNonsense;
        case upstream::SmartCaFault::CredentialsRefused:
            return ProblemCode::UpstreamCredentials;
        case upstream::SmartCaFault::Refused:
            break;
    }
    return ProblemCode::UpstreamRefused;
}

}  // namespace

http::Response malformed(const http::Request& request, const ShapeError& error) {
    return malformed(request, (error.pointer.empty() ? "The body" : error.pointer) + ": " + error.reason);
}

http::Response answerOf(registry::RegistryError error, const http::Request& request) {
    return answerOf(registry::RegistryTrouble{error}, request);
}

http::Response answerOf(const registry::RegistryTrouble& trouble, const http::Request& request) {
    Problem problem;
    problem.code = codeOf(trouble.error);
    problem.requestId = request.requestId;
    problem.upstreamMessage = trouble.message;
    if (problem.code == ProblemCode::Unavailable) problem.retryAfterSeconds = 2;
    if (problem.code == ProblemCode::UserPending) problem.retryAfterSeconds = 5;
    auto response = http::problemResponse(problem, request.locale);
    response.detail = trouble.detail;
    return response;
}

http::Response answerOf(const upstream::SmartCaError& error, const http::Request& request) {
    Problem problem;
    problem.code = codeOf(error.fault);
    problem.requestId = request.requestId;
    problem.upstreamMessage = error.message;
    auto response = http::problemResponse(problem, request.locale);
    response.detail = error.detail;
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
