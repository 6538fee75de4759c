// POST certificates: attaches the certificates that SmartCA has under an identity to a user, exactly once for
// each Idempotency-Key.
//
//   rules of the form -> journal (received) -> SmartCA -> rules that need SmartCA's answer -> registry, and
//   with it the journal (answer)
//
// Until the registry is written nothing has happened, and the key may be used again. A registry that is
// another system may leave open what became of it: the answer is 202 then, and outcomes.h finds out.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/api/answers.h"
#include "proxy/api/claim.h"
#include "proxy/api/create_answer.h"
#include "proxy/api/registered.h"
#include "proxy/api/routes.h"
#include "proxy/base/crypto.h"
#include "proxy/base/unicode.h"
#include "shared/serial.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

using journal::BeginState;
using registry::Attachment;

void wipeSecrets(Draft& draft) {
    for (const FieldRule& rule : fieldTable())
        if (rule.text != nullptr && rule.secrecy == Secrecy::Secret) base::wipe(draft.*rule.text);
}

// Their secrets are overwritten on the way out of the scope.
struct WipedDraft {
    Draft draft;
    ~WipedDraft() { wipeSecrets(draft); }
};
struct WipedAttachment {
    Attachment attachment;
    ~WipedAttachment() { wipeSecrets(attachment.draft); }
};

void wipeTexts(nlohmann::json& value) {
    if (auto* text = value.get_ptr<std::string*>()) base::wipe(*text);
    if (value.is_structured()) {
        for (auto& child : value)
            wipeTexts(child);
    }
}

// Secrets stay byte for byte. What is not UTF-8 stays as it is, for validation to name.
void composeTexts(Draft& draft) {
    const auto compose = [](std::string& text) {
        if (auto normal = base::composed(text)) text = std::move(*normal);
    };
    for (const FieldRule& rule : fieldTable())
        if (rule.text != nullptr && rule.secrecy == Secrecy::Public) compose(draft.*rule.text);
    if (draft.signatureText) compose(*draft.signatureText);
    if (draft.signatureImage) compose(draft.signatureImage->name);
}

// The strict way in: JSON, shape, composed texts. On failure `response` is the answer.
bool readDraft(const http::Request& request, Draft& draft, http::Response& response) {
    auto json = jsonBody(request, response);
    if (!json) return false;
    auto parsed = parseDraft(*json);
    wipeTexts(*json);
    if (!parsed) {
        response = malformed(request, parsed.error());
        return false;
    }
    draft = std::move(parsed).value();
    composeTexts(draft);
    return true;
}

http::Response openAnswer(std::int64_t id, Instant since) {
    constexpr int kAskAgainAfterSeconds = 2;
    return pendingAnswer({id, PendingState::Unknown, since, kAskAgainAfterSeconds},
                         "creates/" + std::to_string(id));
}

// What was said under this key before, or why it cannot be used now; nothing when the create may go on.
std::optional<http::Response> earlierAnswer(const journal::Begun& begun, const http::Request& request) {
    Problem problem;
    problem.requestId = request.requestId;
    switch (begun.state) {
        case BeginState::Fresh:
        case BeginState::Interrupted:
            return std::nullopt;
        case BeginState::InProgress:
            problem.code = ProblemCode::InProgress;
            problem.retryAfterSeconds = 2;
            return http::problemResponse(problem, request.locale);
        case BeginState::Open:
            return openAnswer(begun.id, begun.since);
        case BeginState::BodyDiffers:
            problem.code = ProblemCode::KeyReused;
            return http::problemResponse(problem, request.locale);
        case BeginState::Finished:
            break;
    }
    return replayed(begun.answer);
}

// For the audit log: what the create ends with, should nothing else come of it.
http::Response told(Claim& claim, audit::Outcome outcome, http::Response response) {
    claim.entry().outcome = outcome;
    claim.entry().reason = response.outcome;
    return response;
}

http::Response refused(Claim& claim, const Findings& findings, const http::Request& request) {
    auto response = told(claim, audit::Outcome::Refused, findingsAnswer(findings, request));
    std::string codes;
    for (const auto& finding : findings) {
        if (severityOf(finding.code) == Severity::Error)
            codes.append(codes.empty() ? "" : " ").append(nameOf(finding.code));
    }
    claim.entry().reason = std::move(codes);
    return response;
}

// Why this user cannot get certificates, if so.
std::optional<http::Response> userFault(const Context& context, const Draft& draft,
                                        const http::Request& request, Claim& claim) {
    const auto user = context.registry.user(draft.userId);
    if (user) {
        claim.entry().userCode = user.value().code;
        claim.entry().userName = user.value().name;
        return std::nullopt;
    }
    if (user.error().code != ProblemCode::NotFound)
        return told(claim, audit::Outcome::Failed, answerOf(user.error(), request));
    return refused(claim, {{Field::User, FindingCode::UserUnknown, {}}}, request);
}

bool isWanted(const upstream::SmartCaCertificate& certificate, const std::string& serial) {
    return serial.empty() || certificate.serial == serial;
}

Attachment attachmentOf(const Draft& draft, const Found& found, const std::string& serial) {
    Attachment attachment;
    attachment.draft = draft;
    const bool business = draft.businessAccount == Switch::On;
    for (const auto& certificate : found.certificates) {
        if (!isWanted(certificate, serial)) continue;
        registry::NewCertificate added;
        added.serial = certificate.serial;
        added.identity = found.identity;
        added.commonName = certificate.commonName;
        added.subject = certificate.subject;
        added.issuer = certificate.issuer;
        added.serviceName = certificate.serviceName;
        added.der = certificate.der;
        added.type = business ? CertificateType::Business : CertificateType::SmartCa;
        added.validFrom = certificate.validFrom;
        added.validTo = certificate.validTo;
        attachment.certificates.push_back(std::move(added));
    }
    return attachment;
}

// The optional fields that were given and that this registry has no place for.
std::vector<Field> notSaved(const Draft& draft, const std::vector<Field>& saves) {
    std::vector<Field> fields;
    for (const FieldRule& rule : fieldTable())
        if (!isSavedEverywhere(rule.field) && isEntered(draft, rule.field) &&
            std::find(saves.begin(), saves.end(), rule.field) == saves.end())
            fields.push_back(rule.field);
    return fields;
}

AnswerMemo memoOf(const Context& context, const Draft& draft, const Found& found,
                  const http::Request& request) {
    AnswerMemo memo;
    for (const auto& certificate : found.certificates)
        memo.found.push_back(describe(certificate, context.now()));
    memo.notSaved = notSaved(draft, context.registry.saves());
    memo.locale = request.locale;
    memo.requestId = request.requestId;
    return memo;
}

// Why nothing was attached, or that it is not known yet.
http::Response faultAnswer(const Context& context, const base::Fault& fault, const http::Request& request,
                           Claim& claim) {
    claim.entry().reason = nameOf(fault.code);
    if (fault.code == ProblemCode::OutcomeUnknown) {
        claim.leaveOpen();
        if (context.leftOpen) context.leftOpen();
        auto response = openAnswer(claim.id(), claim.since());
        response.detail = fault.detail;
        return response;
    }
    auto response = answerOf(fault, request);
    if (fault.code == ProblemCode::PortalRefused)
        claim.reject({response.status, *response.body}, context.now());
    return response;
}

// Everything between the journal's first record and its answer.
http::Response attach(const Context& context, const Draft& draft, const http::Request& request,
                      Claim& claim) {
    const auto identity = parseIdentity(draft.identity);
    claim.entry().source = sourceOf(request);
    claim.entry().userId = draft.userId;

    claim.entry().identity = identity.canonical;
    if (auto fault = userFault(context, draft, request, claim)) return *fault;

    const UpstreamTimer timer;
    const auto found = findRegistered(context.smartCa, identity);
    const auto waited = timer.elapsed();
    const auto timed = [waited](http::Response response) {
        response.upstream = waited;
        return response;
    };
    if (!found) {
        const bool saidNo = found.error().code == ProblemCode::UpstreamRefused;
        return timed(told(claim, saidNo ? audit::Outcome::Rejected : audit::Outcome::Failed,
                          answerOf(found.error(), request)));
    }
    ValidationContext rules;
    rules.registeredSerials = serialsOf(found.value().certificates);
    const auto findings = validate(draft, rules);
    if (hasError(findings)) return timed(refused(claim, findings, request));

    const auto serial = parseSerial(draft.serial);
    const WipedAttachment wiped{
        attachmentOf(draft, found.value(), serial ? serial.value().hexadecimal : std::string())};
    claim.entry().identity = found.value().identity;
    for (const auto& certificate : wiped.attachment.certificates)
        claim.entry().serials.push_back(certificate.serial);
    const AnswerMemo memo = memoOf(context, draft, found.value(), request);
    http::Response response;
    const auto answer = [&](const registry::Attached& attached) {
        auto made = answerOf(memo, attached);
        response.status = made.status;
        response.contentType = "application/json";
        response.body = std::make_shared<const std::string>(made.body);
        response.outcome = attached.added.empty() ? "nothingNew" : "created";
        return made;
    };
    const registry::Settlement settlement{claim.key(), answer, [&memo] { return textOf(memo); },
                                          claim.entry()};
    const auto attached = context.registry.attach(wiped.attachment, settlement, context.now());
    if (!attached) return timed(faultAnswer(context, attached.error(), request, claim));
    claim.settled();
    return timed(std::move(response));
}

}  // namespace

http::Response postCertificate(const Context& context, http::Request& request) {
    const std::string key(request.head.header("idempotency-key"));
    if (!isIdempotencyKey(key))
        return malformed(request, "The Idempotency-Key header must hold 1 to 128 visible ASCII characters.");
    http::Response response;
    WipedDraft wiped;
    if (!readDraft(request, wiped.draft, response)) return response;
    const auto findings = validate(wiped.draft, {});
    if (hasError(findings)) return findingsAnswer(findings, request);

    Claim claim(context.journal, {request.caller.name, key});
    const auto begun =
        claim.begin(fingerprintOf(context.fingerprintKey, "POST certificates", request.body), context.now());
    if (!begun) return answerOf({ProblemCode::Unavailable}, request);
    if (auto earlier = earlierAnswer(begun.value(), request)) return *earlier;
    return attach(context, wiped.draft, request, claim);
}

}  // namespace smartca::api
