// POST certificates, GET creates/{id} for its outcome, and DELETE creates to withdraw it. The POST attaches the
// certificates that SmartCA has under an identity to a user, exactly once for each Idempotency-Key.
//
//   rules of the form -> journal (received) -> SmartCA -> rules that need SmartCA's answer -> registry, and
//   with it the journal (answer)
//
// Until the registry is written nothing has happened, and the key may be used again. A registry that is
// another system may leave the outcome open: the answer is 202 then, and outcomes.h finds out.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/api/answers.h"
#include "proxy/api/idempotency.h"
#include "proxy/api/lookups.h"
#include "proxy/api/routes.h"
#include "proxy/base/crypto.h"
#include "proxy/base/unicode.h"
#include "proxy/image/fault.h"
#include "proxy/registry/create_answer.h"
#include "shared/json_guard.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

using Json = nlohmann::json;
using journal::BeginState;
using journal::CreateState;
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

void wipeTexts(Json& value) {
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

// The form's rules, and the one that the page cannot know: whether the image decodes.
Findings findingsOf(const Draft& draft) {
    Findings findings = validate(draft, {});
    if (hasError(findings)) return findings;
    if (auto fault = image::faultOf(draft.signatureImage, {})) findings.push_back(std::move(*fault));
    return findings;
}

// 202: the answer is not there yet. `location` is where to ask for it, relative to this request's path.
http::Response pendingAnswer(std::int64_t id, PendingState state, Instant since,
                             const std::string& location) {
    constexpr int kRetryAfterSeconds = 2;
    auto response =
        http::jsonResponse(202, toJson(PendingCreate{id, state, since, kRetryAfterSeconds}), "pending");
    response.headers = {{"Location", location}, {"Retry-After", std::to_string(kRetryAfterSeconds)}};
    return response;
}

http::Response openAnswer(std::int64_t id, Instant since) {
    return pendingAnswer(id, PendingState::Unknown, since, "creates/" + std::to_string(id));
}

http::Response createdAnswer(std::string body, bool added) {
    http::Response response;
    response.status = added ? 201 : 200;
    response.contentType = "application/json";
    response.body = std::make_shared<const std::string>(std::move(body));
    response.outcome = added ? "created" : "nothingNew";
    return response;
}

// The stored answer, byte for byte; its status follows from what it says.
http::Response replayed(const journal::StoredAnswer& stored, const http::Request& request) {
    const auto json = parseJson(stored.body);
    if (!json) return answerOf({ProblemCode::Internal, {}, "a stored answer cannot be read"}, request);
    auto response = createdAnswer(stored.body, !json.value().value("added", Json::array()).empty());
    if (stored.state == CreateState::Rejected) {
        const auto problem = parseProblem(json.value());
        response.status = statusOf(problem ? problem.value().code : ProblemCode::Internal);
        response.contentType = "application/problem+json";
    }
    response.headers.emplace_back("Idempotency-Replayed", "true");
    response.outcome = "replayed";
    return response;
}

// The answer that was given under this key before, or why the key cannot be used now; nothing when the create
// may go on.
std::optional<http::Response> earlierAnswer(const journal::Begun& begun, const http::Request& request) {
    switch (begun.state) {
        case BeginState::Fresh:
        case BeginState::Interrupted:
            return std::nullopt;
        case BeginState::InProgress:
            return answerOf({ProblemCode::InProgress}, request);
        case BeginState::Open:
            return openAnswer(begun.id, begun.since);
        case BeginState::BodyDiffers:
            return answerOf({ProblemCode::KeyReused}, request);
        case BeginState::Finished:
            break;
    }
    return replayed(begun.answer, request);
}

// Notes for the audit log what the create ends with, should nothing else come of it.
http::Response audited(KeyReservation& reservation, audit::Outcome outcome, http::Response response) {
    reservation.entry().outcome = outcome;
    reservation.entry().reason = response.outcome;
    return response;
}

http::Response refused(KeyReservation& reservation, const Findings& findings, const http::Request& request) {
    auto response = audited(reservation, audit::Outcome::Refused, findingsAnswer(findings, request));
    std::string codes;
    for (const auto& finding : findings) {
        if (severityOf(finding.code) == Severity::Error)
            codes.append(codes.empty() ? "" : " ").append(nameOf(finding.code));
    }
    reservation.entry().reason = std::move(codes);
    return response;
}

// Here, where the key is known to be new: whoever asks again what became of a create learns it, however often.
std::optional<http::Response> limitFault(const Context& context, const http::Request& request,
                                         KeyReservation& reservation) {
    if (!context.limiter) return std::nullopt;
    const auto refused = context.limiter->take(request.caller, http::Cost::Create);
    if (!refused) return std::nullopt;
    Problem problem{ProblemCode::TooManyRequests, request.requestId};
    problem.retryAfterSeconds = static_cast<int>(refused->wait.count());
    auto response = http::problemResponse(problem, request.locale, {.reason = http::kAskedTooOften});
    response.detail = refused->limit;
    return audited(reservation, audit::Outcome::Refused, std::move(response));
}

// Why this user cannot get certificates, if so.
std::optional<http::Response> userFault(const Context& context, const Draft& draft,
                                        const http::Request& request, KeyReservation& reservation) {
    const auto user = request.caller.mayActFor(draft.userId) ? context.registry.user(draft.userId)
                                                             : base::Fault{ProblemCode::NotFound};
    if (user) {
        reservation.entry().userCode = user.value().code;
        reservation.entry().userName = user.value().name;
        return std::nullopt;
    }
    if (user.error().code != ProblemCode::NotFound)
        return audited(reservation, audit::Outcome::Failed, answerOf(user.error(), request));
    return refused(reservation, {{Field::User, FindingCode::UserUnknown, {}}}, request);
}

// What of the certificates that SmartCA has: those that are picked, else all but those that have to be named.
bool isWanted(const RegisteredCertificate& certificate, const std::vector<std::string>& picked) {
    if (picked.empty()) return joinsAll(certificate.status);
    return std::find(picked.begin(), picked.end(), certificate.serial) != picked.end();
}

registry::NewCertificate newCertificate(const upstream::SmartCaCertificate& certificate,
                                        const std::string& identity, Instant now) {
    registry::NewCertificate added;
    added.serial = certificate.serial;
    added.identity = identity;
    added.commonName = certificate.commonName;
    added.subject = certificate.subject;
    added.issuer = certificate.issuer;
    added.serviceName = certificate.serviceName;
    added.der = certificate.der;
    added.validFrom = certificate.validFrom;
    added.validTo = certificate.validTo;
    added.told = {certificate.status, certificate.statusText, now};
    return added;
}

// `told`: what was found, in the same order.
Attachment attachmentOf(const Draft& draft, const Found& found, const LookupAnswer& told, Instant now) {
    Attachment attachment;
    attachment.draft = draft;
    const auto picked = pickedSerials(draft);
    for (std::size_t i = 0; i < found.certificates.size(); ++i) {
        if (!isWanted(told.certificates[i], picked)) continue;
        auto added = newCertificate(found.certificates[i], found.identity, now);
        if (draft.businessAccount == Switch::On) added.type = CertificateType::Business;
        attachment.certificates.push_back(std::move(added));
    }
    if (picked.empty() && told.unreadable.empty() &&
        attachment.certificates.size() == told.certificates.size())
        attachment.extent = registry::Extent::All;
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

base::Outcome<registry::AnswerMemo> memoOf(const Context& context, const Draft& draft,
                                           const LookupAnswer& told, const http::Request& request) {
    registry::AnswerMemo memo{told.certificates, notSaved(draft, context.registry.saves()), request.locale,
                              request.requestId};
    if (!pickedSerials(draft).empty()) return memo;
    memo.unreadable = told.unreadable;
    std::vector<std::string> serials;
    for (const auto& certificate : told.certificates) {
        if (isWanted(certificate, {})) continue;
        memo.leftOut.push_back(certificate);
        serials.push_back(certificate.serial);
    }
    if (serials.empty()) return memo;
    const auto onList = context.registry.serialsOnList(draft.userId, serials);
    if (!onList) return onList.error();
    for (auto& certificate : memo.leftOut)
        certificate.onList = std::find(onList.value().begin(), onList.value().end(), certificate.serial) !=
                             onList.value().end();
    return memo;
}

// Why nothing was attached, or that it is not known yet.
http::Response faultAnswer(const Context& context, const base::Fault& fault, const http::Request& request,
                           KeyReservation& reservation) {
    reservation.entry().reason = nameOf(fault.code);
    if (fault.code == ProblemCode::OutcomeUnknown) {
        reservation.leaveOpen();
        if (context.leftOpen) context.leftOpen();
        auto response = openAnswer(reservation.id(), reservation.since());
        response.detail = fault.detail;
        return response;
    }
    auto response = answerOf(fault, request);
    if (fault.code == ProblemCode::PortalRefused)
        reservation.reject(*response.body, context.now(), audit::Outcome::Rejected);
    return response;
}

// Everything between the journal's first record and its answer.
http::Response attach(const Context& context, const Draft& draft, const http::Request& request,
                      KeyReservation& reservation) {
    const auto identity = parseIdentity(draft.identity);
    reservation.entry().source = sourceOf(request);
    reservation.entry().userId = draft.userId;

    reservation.entry().identity = identity.canonical;
    if (auto fault = limitFault(context, request, reservation)) return *fault;
    // Here, so that an attempt is in the audit log, and a repeated create gets its first answer whatever is locked now.
    if (const auto locked = lockFindings(draft, request.caller.prefill); !locked.empty())
        return refused(reservation, locked, request);
    if (auto fault = userFault(context, draft, request, reservation)) return *fault;

    const UpstreamTimer timer;
    const auto found = findRegistered(context.smartCa, identity);
    const auto waited = timer.elapsed();
    const auto timed = [waited](http::Response response) {
        response.upstream = waited;
        return response;
    };
    if (!found) {
        const bool saidNo = found.error().code == ProblemCode::UpstreamRefused;
        return timed(audited(reservation, saidNo ? audit::Outcome::Rejected : audit::Outcome::Failed,
                             answerOf(found.error(), request)));
    }
    const Instant now = context.now();
    const LookupAnswer told = lookupAnswerOf(found.value(), now);
    ValidationContext rules;
    rules.registered = std::make_shared<const Registered>(registeredOf(told));
    const auto findings = validate(draft, rules);
    if (hasError(findings)) return timed(refused(reservation, findings, request));

    const WipedAttachment wiped{attachmentOf(draft, found.value(), told, now)};
    reservation.entry().identity = found.value().identity;
    for (const auto& certificate : wiped.attachment.certificates)
        reservation.entry().serials.push_back(certificate.serial);
    auto memo = memoOf(context, draft, told, request);
    if (!memo) return timed(faultAnswer(context, memo.error(), request, reservation));
    const registry::Settlement settlement{reservation.key(), std::move(memo).value(), reservation.entry()};
    const auto attached = context.registry.attach(wiped.attachment, settlement, now);
    if (!attached) return timed(faultAnswer(context, attached.error(), request, reservation));
    reservation.keep();
    return timed(createdAnswer(registry::createBody(settlement.memo, attached.value()),
                               !attached.value().added.empty()));
}

// The request's key, or the answer that it has none.
std::optional<http::Response> keyFault(const http::Request& request, std::string& key) {
    key = request.head.header("idempotency-key");
    if (isIdempotencyKey(key)) return std::nullopt;
    return malformed(request, "The Idempotency-Key header must hold 1 to 128 visible ASCII characters.");
}

}  // namespace

http::Response postCertificate(const Context& context, http::Request& request) {
    std::string key;
    if (auto fault = keyFault(request, key)) return *fault;
    http::Response response;
    WipedDraft wiped;
    if (!readDraft(request, wiped.draft, response)) return response;
    const auto findings = findingsOf(wiped.draft);
    if (hasError(findings)) return findingsAnswer(findings, request);

    KeyReservation reservation(context.journal, {request.caller.key(), key});
    const auto begun = reservation.begin(
        fingerprintOf(context.fingerprintKey, "POST certificates", request.body), context.now());
    if (!begun) return answerOf(begun.error(), request);
    if (auto earlier = earlierAnswer(begun.value(), request)) return *earlier;
    return attach(context, wiped.draft, request, reservation);
}

// DELETE creates: nothing is done under the key from now on, however late its POST comes; 204. Where something
// has come of that, its answer.
http::Response withdrawCreate(const Context& context, http::Request& request) {
    std::string key;
    if (auto fault = keyFault(request, key)) return *fault;
    KeyReservation reservation(context.journal, {request.caller.key(), key});
    const auto begun = reservation.begin({}, context.now());
    if (!begun) return answerOf(begun.error(), request);
    if (auto earlier = earlierAnswer(begun.value(), request)) return *earlier;
    reservation.entry().source = sourceOf(request);
    reservation.entry().reason = "withdrawn";
    // Whoever sits there now need not be who sent it: that nothing came of it would not be true.
    const auto isOfAnother = context.journal.isOfAnother(reservation.key());
    if (!isOfAnother) return answerOf(isOfAnother.error(), request);
    if (isOfAnother.value()) return answerOf({ProblemCode::OutcomeUnknown}, request);
    const auto problem = answerOf({ProblemCode::NotCreated}, request);
    if (!reservation.reject(*problem.body, context.now(), audit::Outcome::Refused))
        return answerOf({ProblemCode::Unavailable}, request);
    http::Response response;
    response.status = 204;
    response.outcome = "withdrawn";
    return response;
}

// GET creates/{id}: what became of a create that was answered 202.
http::Response getCreate(const Context& context, http::Request& request, std::int64_t id) {
    const auto found = context.journal.find(request.caller.key(), id);
    if (!found) return answerOf(found.error(), request);
    if (!found.value()) return answerOf({ProblemCode::NotFound}, request);
    const journal::CreateRecord& record = *found.value();
    if (journal::isSettled(record.state)) return replayed(record.answer, request);
    if (record.isDead) return answerOf({ProblemCode::NotCreated}, request);
    const auto state =
        record.state == CreateState::Unknown ? PendingState::Unknown : PendingState::InProgress;
    return pendingAnswer(id, state, record.since, std::to_string(id));
}

}  // namespace smartca::api
