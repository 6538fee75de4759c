#include "proxy/api/answers.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/base/text.h"
#include "shared/json_guard.h"

namespace smartca::api {
namespace {

// Which options an operator looks at first. For the log alone: a person at the page knows nothing of them.
std::string_view optionsBehind(ProblemCode code) {
    switch (code) {
        case ProblemCode::UpstreamUntrusted:
            return "see --smartca-url and --smartca-ca-file";
        case ProblemCode::UpstreamCredentials:
        case ProblemCode::UpstreamAccessDenied:
            return "see --smartca-id-file and --smartca-password-file";
        case ProblemCode::UpstreamBlocked:
            return "see --smartca-url or --econtract-url, and which firewalls and addresses lie on the way";
        case ProblemCode::PortalUntrusted:
            return "see --econtract-url and --econtract-ca-file";
        default:
            return {};
    }
}

}  // namespace

http::Response malformed(const http::Request& request, std::string_view reason) {
    auto response = http::problemResponse(ProblemCode::MalformedRequest, request, reason);
    response.detail = reason;
    return response;
}

http::Response malformed(const http::Request& request, const ShapeError& error) {
    auto response =
        malformed(request, (error.pointer.empty() ? "The body" : error.pointer) + ": " + error.reason);
    if (error.reason == kUnknownMember) response.detail = "a member of the body " + error.reason;
    return response;
}

http::Response malformed(const http::Request& request, const QueryReader& query) {
    auto response = malformed(request, query.fault().value_or(std::string()));
    if (query.isFaultOfUnknown()) response.detail = "a query parameter is not a known one";
    return response;
}

http::Response answerOf(const base::Fault& fault, const http::Request& request) {
    Problem problem{fault.code, request.requestId, fault.message};
    if (fault.code == ProblemCode::Unavailable || fault.code == ProblemCode::InProgress)
        problem.retryAfterSeconds = 2;
    if (fault.code == ProblemCode::UserPending) problem.retryAfterSeconds = 5;
    if (fault.retryAfterSeconds > 0) problem.retryAfterSeconds = fault.retryAfterSeconds;
    auto response = http::problemResponse(problem, request.locale);
    response.detail = fault.detail;
    if (const auto options = optionsBehind(fault.code); !options.empty())
        response.detail.append(response.detail.empty() ? "" : "; ").append(options);
    return response;
}

http::Response notTheServer(const http::Request& request) {
    const bool isNamed = request.caller.issuer == session::kServer;
    return answerOf({ProblemCode::NotAllowed,
                     {},
                     isNamed ? "the server's token, but in the name of an actor" : "not the server's token"},
                    request);
}

http::Response findingsAnswer(const Findings& findings, const http::Request& request) {
    auto response =
        http::problemResponse({ProblemCode::Findings, request.requestId, {}, findings}, request.locale);
    for (const auto& finding : findings) {
        if (!response.detail.empty()) response.detail += ", ";
        response.detail.append(ruleOf(finding.field).key).append(" ").append(nameOf(finding.code));
    }
    return response;
}

audit::Source sourceOf(const http::Request& request) {
    audit::Source source;
    source.actor = request.caller.subject;
    source.actorName = request.caller.name;
    source.issuer = request.caller.issuer;
    source.company = request.caller.company;
    source.peer = request.head.peer;
    source.requestId = request.requestId;
    const auto key = request.head.header("idempotency-key");
    if (!key.empty()) source.keyHash = audit::hashOf(key);
    return source;
}

std::optional<nlohmann::json> jsonBody(const http::Request& request, http::Response& response) {
    auto json = parseJson(request.body);
    if (json) return std::move(json).value();
    response = malformed(request, std::string("The body is refused: ") + nameOf(json.error()) + ".");
    return std::nullopt;
}

}  // namespace smartca::api
