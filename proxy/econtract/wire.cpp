#include "proxy/econtract/wire.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/certificate_status.h"
#include "proxy/upstream/plain_words.h"
#include "proxy/upstream/refusal.h"
#include "proxy/upstream/written_instant.h"
#include "shared/calendar.h"
#include "shared/json_guard.h"
#include "shared/serial.h"
#include "shared/text.h"
#include "shared/validation.h"

namespace smartca::econtract {
namespace {

constexpr JsonLimits kLimits{.depth = 12, .values = 100'000};
constexpr std::size_t kLongestMessage = 300;
constexpr std::size_t kLongestSerial = 100;
constexpr std::int64_t kNotAuthenticated = 401;

struct Envelope {
    bool success = false;
    std::int64_t code = 0;
    std::string message;
    Json data;
};

void appendWords(std::string& words, const Json& value) {
    if (!value.is_string()) return;
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty()) return;
    if (!words.empty()) words += "; ";
    words += text;
}

std::string wordsOf(const Json& envelope) {
    std::string words;
    for (const char* key : {"messages", "message"}) {
        const auto found = envelope.find(key);
        if (found == envelope.end() || !words.empty()) continue;
        appendWords(words, *found);
        if (!found->is_array()) continue;
        for (const auto& each : *found)
            appendWords(words, each);
    }
    return base::cleaned(words, kLongestMessage);
}

Result<Envelope, std::string> readEnvelope(std::string_view body) {
    auto json = parseJson(body, kLimits);
    if (!json) return std::string("the body is no JSON that we take: ") + nameOf(json.error());
    if (!json.value().is_object()) return std::string("the answer is no object");
    const auto success = json.value().find("success");
    if (success == json.value().end() || !success->is_boolean())
        return std::string("no success in the answer");
    Envelope envelope;
    envelope.success = success->get<bool>();
    if (const auto code = json.value().find("code"); code != json.value().end())
        envelope.code = numberOf(*code).value_or(0);
    envelope.message = wordsOf(json.value());
    if (const auto data = json.value().find("data"); data != json.value().end())
        envelope.data = std::move(*data);
    return envelope;
}

constexpr int kAccepted = 202, kRequestTimeout = 408, kTooManyRequests = 429;
constexpr int kInternalError = 500;

ProblemCode portalCodeOf(ProblemCode upstream) {
    if (upstream == ProblemCode::UpstreamBusy) return ProblemCode::PortalBusy;
    if (upstream == ProblemCode::UpstreamMaintenance) return ProblemCode::PortalMaintenance;
    if (upstream == ProblemCode::UpstreamFailed) return ProblemCode::PortalFailed;
    return upstream == ProblemCode::UpstreamBlocked ? upstream : ProblemCode::PortalNonsense;
}

// A refusal may come as 500, too; then its words tell.
ProblemCode codeOfRefusal(int status, const Envelope& envelope) {
    const bool tells = status == kTooManyRequests || status > kInternalError ||
                       (status == kInternalError && envelope.message.empty());
    const auto failure = upstream::failureOf(tells ? status : envelope.code, envelope.message);
    return failure ? portalCodeOf(*failure) : ProblemCode::PortalRefused;
}

// What is no envelope comes from something that stands before the portal.
ProblemCode codeOfPage(const upstream::HttpResponse& answer) {
    const bool away = answer.status == 502 || answer.status == 504;
    const auto code = portalCodeOf(upstream::faultOfPage(away ? 0 : answer.status, answer.body).code);
    return away && code == ProblemCode::PortalNonsense ? ProblemCode::PortalUnreachable : code;
}

// It goes on with the work, or has lost sight of somebody who may.
bool saysUnfinished(const Envelope& envelope) {
    if (envelope.code == kAccepted || envelope.code == kRequestTimeout) return true;
    return upstream::PlainWords(envelope.message)
        .has({"dang xu ly", "dang duoc xu ly", "dang thuc hien", "being processed", "in progress", "timeout",
              "time out", "timed out", "het thoi gian", "qua thoi gian", "task was canceled",
              "task was cancelled", "operation was canceled", "operation was cancelled",
              "request was canceled", "request was cancelled"});
}

// A server that broke down while it worked may have done the work, whatever its answer looks like. One that
// says no, or that it has too much to do, has not begun.
bool mayBeDone(int status, ProblemCode code, const Envelope& envelope) {
    const bool declined = code == ProblemCode::PortalRefused || code == ProblemCode::PortalBusy ||
                          code == ProblemCode::PortalMaintenance;
    return status >= kInternalError || !declined || saysUnfinished(envelope);
}

const Json* memberOf(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string textOf(const Json& object, const char* key) {
    const Json* value = memberOf(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

// In one line: a cell of a spreadsheet has several, and no field shows them.
std::string lineOf(const Json& object, const char* key) {
    constexpr std::size_t kLongestLine = 1'000;
    return base::cleaned(textOf(object, key), kLongestLine);
}

// 0: not told. A portal in .NET writes the first day of year 1 where it has none.
Instant timeAt(const Json& object, const char* key) {
    const Json* value = memberOf(object, key);
    const bool isNumber = value != nullptr && value->is_number_integer();
    const auto instant = upstream::writtenInstant(isNumber ? value->dump() : textOf(object, key));
    return std::max<Instant>(instant.value_or(0), 0);
}

std::int64_t numberOr(const Json& object, const char* key, std::int64_t otherwise) {
    const Json* value = memberOf(object, key);
    return value == nullptr ? otherwise : numberOf(*value).value_or(otherwise);
}

// A truth value, also one written as a text or as 0 and 1.
bool flagOr(const Json& object, const char* key, bool otherwise) {
    const Json* value = memberOf(object, key);
    if (value == nullptr) return otherwise;
    const std::string written =
        base::lowerCase(value->is_string() ? value->get_ref<const std::string&>() : value->dump());
    if (written == "true" || written == "1") return true;
    return written != "false" && written != "0" && otherwise;
}

// Enumerations come as {"value", "description"}, and in users/update as the bare number.
std::optional<std::int64_t> choiceOf(const Json& object, const char* key) {
    const Json* value = memberOf(object, key);
    if (value == nullptr) return std::nullopt;
    if (const Json* inner = memberOf(*value, "value")) return numberOf(*inner);
    return numberOf(*value);
}

// The description of such an enumeration, under the names that others have for it, or a bare text.
std::string wordsAt(const Json& object, const char* key) {
    const Json* value = memberOf(object, key);
    if (value == nullptr || !value->is_object()) return textOf(object, key);
    for (const char* inner : {"description", "name", "text", "label"})
        if (std::string words = textOf(*value, inner); !words.empty()) return words;
    return {};
}

constexpr std::array kDisplayModes = {DisplayMode::TextOnly, DisplayMode::TextAndImage,
                                      DisplayMode::ImageOnly};

std::optional<DisplayMode> displayModeOf(std::int64_t number) {
    for (const auto mode : kDisplayModes) {
        if (numberOf(mode) == number) return mode;
    }
    return std::nullopt;
}

// Canonical where it can be read, else as the portal writes it; empty where it writes none.
std::string serialIn(const Json& object) {
    const Json* value = memberOf(object, "serialNumber");
    const bool isNumber = value != nullptr && value->is_number_unsigned();
    const std::string text = isNumber ? value->dump() : textOf(object, "serialNumber");
    const auto serial = parseSerial(text);
    if (isNumber || (!serial && serial.error() == SerialError::LooksDecimal))
        return hexadecimalOfDecimal(text);
    return serial ? serial.value().hexadecimal : base::cleaned(text, kLongestSerial);
}

std::optional<PortalCertificate> readCertificate(const Json& value, std::int64_t defaultId) {
    PortalCertificate certificate;
    certificate.id = numberOr(value, "id", 0);
    if (certificate.id <= 0) return std::nullopt;
    certificate.serial = serialIn(value);
    certificate.nickname = lineOf(value, "name");
    certificate.commonName = lineOf(value, "commonName");
    certificate.identity = lineOf(value, "smartCaUsername");
    if (certificate.identity.empty()) certificate.identity = lineOf(value, "uid");
    certificate.subject = lineOf(value, "subjectDN");
    certificate.issuer = lineOf(value, "issuerDN");
    if (flagOr(value, "isBusinessSmartCaAccount", false)) certificate.type = CertificateType::Business;
    certificate.validFrom = timeAt(value, "validFrom");
    certificate.validTo = timeAt(value, "validTo");
    certificate.statusText = base::cleaned(wordsAt(value, "status"), kLongestMessage);
    // The numbers of the statuses are not published: the words count.
    certificate.said = upstream::statusOfWords({}, certificate.statusText);
    if (flagOr(value, "isRevoked", false)) {
        certificate.said = CertificateStatus::Revoked;
        certificate.statusText += certificate.statusText.empty() ? "isRevoked: true" : ", isRevoked: true";
    }
    const bool tells = certificate.validTo != 0 || !certificate.statusText.empty();
    if (certificate.said == CertificateStatus::Active && !flagOr(value, "isValid", tells))
        certificate.said = CertificateStatus::Unknown;
    certificate.isDefault = flagOr(value, "isDefaultSmartCaCert", certificate.id == defaultId);
    certificate.displayMode = displayModeOf(choiceOf(value, "signatureDisplayMode").value_or(0));
    return certificate;
}

// What users/update documents, as far as the detail has it: sent back as it is, so that changing one thing
// does not empty the others.
std::string profileOf(const Json& value) {
    Json profile = Json::object();
    profile["id"] = numberOr(value, "id", 0);
    for (const char* key :
         {"code", "name", "email", "phone", "taxcode", "address", "fax", "description", "signatureText",
          "signConfirmationEnabled", "generateSelfSignedCertEnabled", "groupIds", "departmentIds"}) {
        if (const Json* member = memberOf(value, key)) profile[key] = *member;
    }
    for (const char* key : {"status", "receiveOtpMethod", "receiveNotificationMethod", "signMethod"}) {
        if (const auto number = choiceOf(value, key)) profile[key] = *number;
    }
    if (const Json* roles = memberOf(value, "roles"); roles != nullptr && roles->is_array()) {
        Json ids = Json::array();
        for (const Json& role : *roles) {
            if (const Json* id = memberOf(role, "id")) ids.push_back(*id);
        }
        profile["roleIds"] = std::move(ids);
    }
    return writeJson(profile);
}

std::optional<User> readPerson(const Json& value) {
    User user;
    user.id = numberOr(value, "id", 0);
    if (user.id <= 0 || user.id > kLargestUserId) return std::nullopt;
    user.code = lineOf(value, "code");
    user.name = lineOf(value, "name");
    user.phone = lineOf(value, "phone");
    user.email = lineOf(value, "email");
    // Somebody without a name can be chosen and told from others all the same.
    if (user.name.empty()) user.name = user.code.empty() ? '#' + std::to_string(user.id) : user.code;
    return user;
}

// Without a last day, none has passed, and none denies that it has.
CertificateStatus statusOf(const PortalCertificate& certificate, Instant now) {
    if (certificate.validTo == 0 && certificate.said == CertificateStatus::Expired) return certificate.said;
    return statusWith(certificate.said, now, certificate.validFrom, certificate.validTo);
}

}  // namespace

int numberOf(DisplayMode mode) {
    const auto found = std::find(kDisplayModes.begin(), kDisplayModes.end(), mode);
    return static_cast<int>(found - kDisplayModes.begin()) + 1;
}

base::Fault faultOf(const upstream::HttpError& error, Purpose purpose) {
    if (error.fault == upstream::HttpFault::Untrusted)
        return {ProblemCode::PortalUntrusted, {}, error.detail};
    if (purpose == Purpose::Change)
        return {
            error.sent == upstream::Sent::No ? ProblemCode::PortalUnreachable : ProblemCode::OutcomeUnknown,
            {},
            error.detail};
    const bool nonsense = error.fault == upstream::HttpFault::Nonsense;
    return {nonsense ? ProblemCode::PortalNonsense : ProblemCode::PortalUnreachable, {}, error.detail};
}

base::Outcome<Json> readAnswer(const upstream::HttpResponse& answer, Purpose purpose, Instant now) {
    const std::string http = "HTTP " + std::to_string(answer.status);
    auto envelope = readEnvelope(answer.body);
    const bool contradicts = envelope && envelope.value().success && answer.status != 200;
    if (envelope && envelope.value().success && !contradicts) return std::move(envelope).value().data;
    base::Fault fault{ProblemCode::PortalNonsense, {}, http};
    if (contradicts) {
        fault.detail += ", yet success says true";
    } else if (envelope) {
        fault.code = codeOfRefusal(answer.status, envelope.value());
        const std::string code = "code " + std::to_string(envelope.value().code);
        fault.message = envelope.value().message;
        if (fault.code == ProblemCode::PortalRefused && fault.message.empty()) fault.message = code;
        fault.detail += ", success false, " + code;
    } else {
        fault.code = codeOfPage(answer);
        fault.detail += ": " + envelope.error();
    }
    if (purpose == Purpose::Change &&
        mayBeDone(answer.status, fault.code, envelope ? envelope.value() : Envelope{}))
        fault.code = ProblemCode::OutcomeUnknown;
    fault.retryAfterSeconds = upstream::retryAfterSeconds(answer.retryAfter, now);
    return fault;
}

bool isUnauthorized(const upstream::HttpResponse& answer) {
    if (answer.status == kNotAuthenticated) return true;
    if (answer.body.find("401") == std::string::npos) return false;  // spares most answers a second reading
    const auto envelope = readEnvelope(answer.body);
    return envelope && !envelope.value().success && envelope.value().code == kNotAuthenticated;
}

std::optional<std::int64_t> numberOf(const Json& value) {
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (!value.is_string()) return std::nullopt;
    using Limits = std::numeric_limits<std::int64_t>;
    return base::wholeNumberOf(value.get_ref<const std::string&>(), Limits::min(), Limits::max());
}

std::optional<PortalUser> readUser(const Json& value) {
    auto person = readPerson(value);
    if (!person) return std::nullopt;
    PortalUser user;
    user.user = *std::move(person);
    // A blank text says nothing: the portal has no other way to say that there is none.
    if (auto text = textOf(value, "signatureText"); !trimmed(text).empty())
        user.signatureText = std::move(text);
    user.profile = profileOf(value);
    const Json* list = memberOf(value, "userCertificates");
    user.hasList = list != nullptr && list->is_array();
    if (!user.hasList) return user;
    const Json* chosen = memberOf(value, "defaultSmartCa");
    const std::int64_t defaultId =
        chosen == nullptr ? numberOr(value, "smartCaId", 0) : numberOr(*chosen, "id", 0);
    for (const Json& item : *list) {
        if (auto certificate = readCertificate(item, defaultId)) {
            user.certificates.push_back(*std::move(certificate));
        } else {
            ++user.leftOut;
        }
    }
    user.user.certificateCount = static_cast<std::int64_t>(list->size());
    return user;
}

std::optional<PortalUserPage> readUserPage(const Json& value) {
    const Json* items = memberOf(value, "items");
    if (items == nullptr || !items->is_array()) return std::nullopt;
    PortalUserPage page;
    for (const Json& item : *items) {
        if (auto person = readPerson(item))
            page.items.push_back(*std::move(person));
        else
            ++page.leftOut;
    }
    constexpr std::int64_t kMost = 1'000'000;
    const auto count = static_cast<std::int64_t>(items->size());
    page.page = static_cast<int>(std::clamp<std::int64_t>(numberOr(value, "page", 1), 1, kMost));
    page.pageSize = static_cast<int>(std::clamp<std::int64_t>(numberOr(value, "pageSize", count), 1, kMost));
    page.totalCount = std::max<std::int64_t>(numberOr(value, "totalCount", count), 0);
    page.hasNextPage = flagOr(value, "hasNextPage", false);
    return page;
}

Certificate certificateOf(const PortalCertificate& certificate, const User& owner, Instant now) {
    Certificate shown;
    shown.id = certificate.id;
    shown.name = '#' + std::to_string(certificate.id);  // where there is nothing else
    for (const std::string& name : {certificate.serial, certificate.commonName, certificate.nickname})
        if (std::string shownName = certificateNameOf(name); !shownName.empty())
            shown.name = std::move(shownName);
    shown.userId = owner.id;
    shown.userName = owner.name;
    shown.userCode = owner.code;
    shown.identity = certificate.identity;
    shown.serial = certificate.serial;
    shown.subject = certificate.subject;
    shown.issuer = certificate.issuer;
    shown.type = certificate.type;
    shown.status = statusOf(certificate, now);
    shown.statusText = certificate.statusText;
    shown.statusAsked = certificate.statusAsked;
    shown.validFrom = certificate.validFrom;
    shown.validTo = certificate.validTo;
    shown.isDefault = certificate.isDefault;
    return shown;
}

}  // namespace smartca::econtract
