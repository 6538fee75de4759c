// The JSON of problems (RFC 9457) and the findings in them.
#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "shared/api.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"
#include "shared/table.h"

namespace smartca {
namespace {

using nlohmann::json;

struct ProblemRule {
    ProblemCode code;
    int status;
    std::string_view name;
    Message title;
    Message advice;
};

// An upstream that cannot be reached and one that does not answer in time are the same to a person.
constexpr ProblemRule kProblems[] = {
    {ProblemCode::MalformedRequest, 400, "malformedRequest", Message::ProblemMalformedRequestTitle,
     Message::ProblemMalformedRequestAdvice},
    {ProblemCode::Unauthorized, 401, "unauthorized", Message::ProblemUnauthorizedTitle,
     Message::ProblemUnauthorizedAdvice},
    // Of the page's address, and nobody's right: the log says which.
    {ProblemCode::Forbidden, 403, "forbidden", Message::ProblemMethodNotAllowedTitle,
     Message::ProblemMethodNotAllowedAdvice},
    {ProblemCode::PathUnknown, 404, "pathUnknown", Message::ProblemPathUnknownTitle,
     Message::ProblemPathUnknownAdvice},
    {ProblemCode::NotFound, 404, "notFound", Message::ProblemNotFoundTitle, Message::ProblemNotFoundAdvice},
    {ProblemCode::MethodNotAllowed, 405, "methodNotAllowed", Message::ProblemMethodNotAllowedTitle,
     Message::ProblemMethodNotAllowedAdvice},
    {ProblemCode::InProgress, 409, "inProgress", Message::ProblemInProgressTitle,
     Message::ProblemInProgressAdvice},
    {ProblemCode::TooLarge, 413, "tooLarge", Message::ProblemTooLargeTitle, Message::ProblemTooLargeAdvice},
    {ProblemCode::UnsupportedMediaType, 415, "unsupportedMediaType",
     Message::ProblemUnsupportedMediaTypeTitle, Message::ProblemUnsupportedMediaTypeAdvice},
    {ProblemCode::KeyReused, 422, "keyReused", Message::ProblemKeyReusedTitle,
     Message::ProblemKeyReusedAdvice},
    {ProblemCode::Findings, 422, "findings", Message::ProblemFindingsTitle, Message::ProblemFindingsAdvice},
    {ProblemCode::TooManyRequests, 429, "tooManyRequests", Message::ProblemTooManyRequestsTitle,
     Message::ProblemTooManyRequestsAdvice},
    {ProblemCode::Internal, 500, "internal", Message::ProblemInternalTitle, Message::ProblemInternalAdvice},
    {ProblemCode::UpstreamCredentials, 502, "upstreamCredentials", Message::ProblemUpstreamCredentialsTitle,
     Message::ProblemUpstreamCredentialsAdvice},
    {ProblemCode::UpstreamNonsense, 502, "upstreamNonsense", Message::ProblemUpstreamNonsenseTitle,
     Message::ProblemUpstreamNonsenseAdvice},
    {ProblemCode::UpstreamRefused, 502, "upstreamRefused", Message::ProblemUpstreamRefusedTitle,
     Message::ProblemUpstreamRefusedAdvice},
    {ProblemCode::Unavailable, 503, "unavailable", Message::ProblemUnavailableTitle,
     Message::ProblemUnavailableAdvice},
    {ProblemCode::UpstreamUnreachable, 504, "upstreamUnreachable", Message::ProblemUpstreamSilentTitle,
     Message::ProblemUpstreamSilentAdvice},
    {ProblemCode::UpstreamTimeout, 504, "upstreamTimeout", Message::ProblemUpstreamSilentTitle,
     Message::ProblemUpstreamSilentAdvice},
    {ProblemCode::PortalCredentials, 502, "portalCredentials", Message::ProblemPortalCredentialsTitle,
     Message::ProblemPortalCredentialsAdvice},
    {ProblemCode::PortalNonsense, 502, "portalNonsense", Message::ProblemPortalNonsenseTitle,
     Message::ProblemPortalNonsenseAdvice},
    {ProblemCode::PortalRefused, 502, "portalRefused", Message::ProblemPortalRefusedTitle,
     Message::ProblemPortalRefusedAdvice},
    {ProblemCode::UserPending, 409, "userPending", Message::ProblemUserPendingTitle,
     Message::ProblemUserPendingAdvice},
    {ProblemCode::OutcomeUnknown, 504, "outcomeUnknown", Message::ProblemOutcomeUnknownTitle,
     Message::ProblemOutcomeUnknownAdvice},
    {ProblemCode::NotCreated, 502, "notCreated", Message::ProblemNotCreatedTitle,
     Message::ProblemNotCreatedAdvice},
    {ProblemCode::UpstreamUntrusted, 502, "upstreamUntrusted", Message::ProblemUpstreamUntrustedTitle,
     Message::ProblemUpstreamUntrustedAdvice},
    {ProblemCode::PortalUntrusted, 502, "portalUntrusted", Message::ProblemPortalUntrustedTitle,
     Message::ProblemPortalUntrustedAdvice},
    {ProblemCode::UpstreamAccessDenied, 502, "upstreamAccessDenied",
     Message::ProblemUpstreamAccessDeniedTitle, Message::ProblemUpstreamAccessDeniedAdvice},
    {ProblemCode::UpstreamBusy, 503, "upstreamBusy", Message::ProblemUpstreamBusyTitle,
     Message::ProblemUpstreamBusyAdvice},
    {ProblemCode::UpstreamMaintenance, 503, "upstreamMaintenance", Message::ProblemUpstreamMaintenanceTitle,
     Message::ProblemUpstreamMaintenanceAdvice},
    {ProblemCode::UpstreamFailed, 502, "upstreamFailed", Message::ProblemUpstreamFailedTitle,
     Message::ProblemUpstreamFailedAdvice},
    {ProblemCode::CertificateGone, 404, "certificateGone", Message::ProblemCertificateGoneTitle,
     Message::ProblemCertificateGoneAdvice},
    {ProblemCode::UpstreamBlocked, 502, "upstreamBlocked", Message::ProblemUpstreamBlockedTitle,
     Message::ProblemUpstreamBlockedAdvice},
    {ProblemCode::PortalUnreachable, 504, "portalUnreachable", Message::ProblemPortalSilentTitle,
     Message::ProblemUnavailableAdvice},
    {ProblemCode::PortalBusy, 503, "portalBusy", Message::ProblemPortalBusyTitle,
     Message::ProblemUpstreamBusyAdvice},
    {ProblemCode::PortalMaintenance, 503, "portalMaintenance", Message::ProblemPortalMaintenanceTitle,
     Message::ProblemUpstreamMaintenanceAdvice},
    {ProblemCode::PortalFailed, 502, "portalFailed", Message::ProblemPortalFailedTitle,
     Message::ProblemUpstreamFailedAdvice},
    {ProblemCode::NotAllowed, 403, "notAllowed", Message::ProblemForbiddenTitle,
     Message::ProblemForbiddenAdvice},
    // Read by programs alone.
    {ProblemCode::CursorGone, 410, "cursorGone", Message::ProblemNotFoundTitle,
     Message::ProblemKeyReusedAdvice},
    {ProblemCode::HeadTooLarge, 431, "headTooLarge", Message::ProblemHeadTooLargeTitle,
     Message::ProblemHeadTooLargeAdvice},
};

static_assert(isIndexedBy(kProblems, &ProblemRule::code, ProblemCode::Count));

const ProblemRule& problemRuleOf(ProblemCode code) {
    return kProblems[std::min(static_cast<std::size_t>(code), std::size(kProblems) - 1)];
}

json jsonOf(const Finding& finding) {
    json object(json::value_t::object);
    setText(object, "field", ruleOf(finding.field).key);
    setText(object, "severity", nameOf(severityOf(finding.code)));
    setText(object, "code", nameOf(finding.code));
    json arguments(json::value_t::object);
    for (const Argument& argument : finding.arguments)
        setText(arguments, argument.name, argument.value);
    setValue(object, "arguments", std::move(arguments));
    return object;
}

// The severity is not read: the code fixes it.
Finding readFinding(ObjectReader& reader) {
    Finding finding{fieldOfKey(reader.text("field")), FindingCode::Required, {}};
    const std::optional<FindingCode> code = findingCodeOfName(reader.text("code"));
    if (!code) reader.fail("code", "is not one of the known values");
    finding.code = code.value_or(FindingCode::Required);
    const json* arguments = reader.value("arguments");
    if (arguments == nullptr) return finding;
    if (!arguments->is_object()) {
        reader.fail("arguments", "an object is expected");
        return finding;
    }
    for (const auto& [name, value] : arguments->get_ref<const json::object_t&>()) {
        if (const auto* text = value.get_ptr<const std::string*>())
            finding.arguments.push_back({name, *text});
        else
            reader.fail("arguments", "texts are expected");
    }
    return finding;
}

}  // namespace

std::string_view nameOf(ProblemCode code) {
    return problemRuleOf(code).name;
}
int statusOf(ProblemCode code) {
    return problemRuleOf(code).status;
}
Message titleOf(ProblemCode code) {
    return problemRuleOf(code).title;
}
Message adviceOf(ProblemCode code) {
    return problemRuleOf(code).advice;
}

// Below two minutes the advice's own "in a moment" is right, but for who has asked too often: ten seconds and a
// minute are not the same to them.
std::string adviceOf(Locale locale, ProblemCode code, int seconds) {
    constexpr int kMoment = 5, kMinute = 60, kHour = 3600;
    if (code == ProblemCode::OutcomeUnknown)
        seconds = 0;  // what may be done already is looked for, not tried again
    if (seconds < 2 * kMinute && (code != ProblemCode::TooManyRequests || seconds < kMoment))
        return std::string(text(locale, adviceOf(code)));
    if (seconds < 2 * kMinute)
        return format(locale, Message::RetryInSeconds, {{"count", countText(locale, seconds)}});
    const bool hours = seconds >= 2 * kHour;
    const int unit = hours ? kHour : kMinute;
    return format(locale, hours ? Message::RetryInHours : Message::RetryInMinutes,
                  {{"count", countText(locale, (seconds + unit - 1) / unit)}});
}

json toJson(const Problem& problem, Locale locale) {
    json object(json::value_t::object);
    setText(object, "type", "about:blank");
    setText(object, "title", text(locale, titleOf(problem.code)));
    setInteger(object, "status", statusOf(problem.code));
    setText(object, "code", nameOf(problem.code));
    setText(object, "detail", adviceOf(locale, problem.code, problem.retryAfterSeconds));
    setText(object, "requestId", problem.requestId);
    if (!problem.upstreamMessage.empty()) setText(object, "upstreamMessage", problem.upstreamMessage);
    if (problem.retryAfterSeconds > 0) setInteger(object, "retryAfterSeconds", problem.retryAfterSeconds);
    json findings(json::value_t::array);
    for (const Finding& finding : problem.findings)
        findings.push_back(jsonOf(finding));
    setValue(object, "findings", std::move(findings));
    return object;
}

Parsed<Problem> parseProblem(const json& value) {
    ObjectReader reader(value);
    Problem problem;
    const std::string name = reader.text("code");
    const auto* rule = std::find_if(std::begin(kProblems), std::end(kProblems),
                                    [&](const ProblemRule& candidate) { return candidate.name == name; });
    if (rule == std::end(kProblems))
        reader.fail("code", "is not one of the known values");
    else
        problem.code = rule->code;
    problem.requestId = reader.optionalText("requestId");
    problem.upstreamMessage = reader.optionalText("upstreamMessage");
    problem.retryAfterSeconds =
        static_cast<int>(reader.optionalInteger("retryAfterSeconds", 0, std::numeric_limits<int>::max()));
    if (reader.has("findings"))
        reader.eachObject("findings",
                          [&](ObjectReader& item) { problem.findings.push_back(readFinding(item)); });
    return reader.finish(std::move(problem), UnknownKeys::Ignored);
}

}  // namespace smartca
