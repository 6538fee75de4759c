// The JSON of look-ups, certificates and the answer to a create.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/api.h"
#include "shared/api_page.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"

namespace smartca {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 8> kNotes{"serialDiffers",  "datesDiffer",     "subjectDiffers",
                                                 "trailingOctets", "serialIrregular", "textDamaged",
                                                 "numberDiffers",  "serialShared"};
static_assert(kNotes.size() == static_cast<std::size_t>(CertificateNote::Count));
constexpr std::array<std::string_view, 2> kTypes{"smartCa", "business"};
constexpr std::array<std::string_view, 2> kPendingStates{"inProgress", "unknown"};

void setTexts(json& object, std::string_view key, const std::vector<std::string>& texts) {
    json array(json::value_t::array);
    for (const std::string& text : texts)
        array.push_back(json(text));
    setValue(object, key, std::move(array));
}

// 0 is not known, and left out.
void setKnown(json& object, std::string_view key, Instant instant) {
    if (instant != 0) setInstant(object, key, instant);
}
Instant known(ObjectReader& reader, std::string_view key) {
    return reader.has(key) ? reader.instant(key) : 0;
}

json jsonOf(const RegisteredCertificate& certificate) {
    json object(json::value_t::object);
    setText(object, "serial", certificate.serial);
    setText(object, "commonName", certificate.commonName);
    setText(object, "subject", certificate.subject);
    setText(object, "serviceName", certificate.serviceName);
    setText(object, "statusText", certificate.statusText);
    setText(object, "status", nameOf(certificate.status));
    setKnown(object, "validFrom", certificate.validFrom);
    setKnown(object, "validTo", certificate.validTo);
    setFlag(object, "onList", certificate.onList);
    if (!certificate.heldBy.empty()) setTexts(object, "heldBy", certificate.heldBy);
    std::vector<std::string> notes;
    notes.reserve(certificate.notes.size());
    for (const CertificateNote note : certificate.notes)
        notes.emplace_back(nameOf(note));
    if (!notes.empty()) setTexts(object, "notes", notes);
    return object;
}

void readTexts(ObjectReader& reader, std::string_view key, std::vector<std::string>& texts) {
    if (!reader.has(key)) return;
    reader.eachText(key, [&](std::string_view text) { texts.emplace_back(text); });
}

json jsonOf(const UnreadableCertificate& certificate) {
    json object(json::value_t::object);
    setText(object, "serial", certificate.serial);
    setText(object, "commonName", certificate.commonName);
    setText(object, "serviceName", certificate.serviceName);
    return object;
}

void readUnreadable(ObjectReader& reader, std::vector<UnreadableCertificate>& list) {
    if (!reader.has("unreadable")) return;
    reader.eachObject("unreadable", [&](ObjectReader& item) {
        list.push_back({item.text("serial"), item.text("commonName"), item.text("serviceName")});
    });
}

RegisteredCertificate readRegistered(ObjectReader& reader) {
    RegisteredCertificate certificate;
    certificate.serial = reader.text("serial");
    certificate.commonName = reader.text("commonName");
    certificate.subject = reader.text("subject");
    certificate.serviceName = reader.text("serviceName");
    certificate.statusText = reader.text("statusText");
    certificate.status = static_cast<CertificateStatus>(reader.choice("status", kCertificateStatuses));
    certificate.validFrom = known(reader, "validFrom");
    certificate.validTo = known(reader, "validTo");
    certificate.onList = reader.flag("onList");
    readTexts(reader, "heldBy", certificate.heldBy);
    if (!reader.has("notes")) return certificate;
    reader.eachText("notes", [&](std::string_view name) {
        const auto known = std::find(kNotes.begin(), kNotes.end(), name);
        if (known != kNotes.end())
            certificate.notes.push_back(static_cast<CertificateNote>(known - kNotes.begin()));
    });
    return certificate;
}

Certificate readCertificate(ObjectReader& reader) {
    Certificate certificate;
    certificate.id = reader.integer("id", 1);
    certificate.name = reader.text("name");
    certificate.userId = reader.integer("userId", 1, kLargestUserId);
    certificate.userName = reader.text("userName");
    certificate.userCode = reader.optionalText("userCode");
    certificate.identity = reader.text("identity");
    certificate.serial = reader.text("serial");
    certificate.subject = reader.text("subject");
    certificate.issuer = reader.text("issuer");
    certificate.type = static_cast<CertificateType>(reader.choice("type", kTypes));
    certificate.status = static_cast<CertificateStatus>(reader.choice("status", kCertificateStatuses));
    certificate.validFrom = known(reader, "validFrom");
    certificate.validTo = known(reader, "validTo");
    certificate.isDefault = reader.flag("isDefault");
    certificate.statusText = reader.optionalText("statusText");
    certificate.statusAsked = known(reader, "statusAsked");
    return certificate;
}

json jsonOf(const Certificate& certificate) {
    return toJson(certificate);
}

template <class T>
void setList(json& object, std::string_view key, const std::vector<T>& items) {
    json array(json::value_t::array);
    for (const T& item : items)
        array.push_back(jsonOf(item));
    setValue(object, key, std::move(array));
}

void readRegisteredList(ObjectReader& reader, std::string_view key,
                        std::vector<RegisteredCertificate>& list) {
    reader.eachObject(key, [&](ObjectReader& item) { list.push_back(readRegistered(item)); });
}

}  // namespace

std::string_view nameOf(CertificateNote note) {
    return kNotes[static_cast<std::size_t>(note)];
}

std::string_view nameOf(CertificateType type) {
    return kTypes[static_cast<std::size_t>(type)];
}

std::optional<CertificateType> certificateTypeOfName(std::string_view name) {
    for (std::size_t i = 0; i < kTypes.size(); ++i)
        if (kTypes[i] == name) return static_cast<CertificateType>(i);
    return std::nullopt;
}

json toJson(const LookupRequest& request) {
    json object(json::value_t::object);
    setText(object, "identity", request.identity);
    if (request.userId != 0) setInteger(object, "userId", request.userId);
    return object;
}

Parsed<LookupRequest> parseLookupRequest(const json& value) {
    ObjectReader reader(value);
    LookupRequest request;
    request.identity = reader.text("identity");
    request.userId = reader.optionalInteger("userId", 0, kLargestUserId);
    return reader.finish(std::move(request), UnknownKeys::Refused);
}

json toJson(const LookupAnswer& answer) {
    json object(json::value_t::object);
    setText(object, "identity", answer.identity);
    setList(object, "certificates", answer.certificates);
    if (!answer.unreadable.empty()) setList(object, "unreadable", answer.unreadable);
    if (answer.personUnknown) setFlag(object, "personUnknown", true);
    return object;
}

Parsed<LookupAnswer> parseLookupAnswer(const json& value) {
    ObjectReader reader(value);
    LookupAnswer answer;
    answer.identity = reader.text("identity");
    readRegisteredList(reader, "certificates", answer.certificates);
    readUnreadable(reader, answer.unreadable);
    if (reader.has("personUnknown")) answer.personUnknown = reader.flag("personUnknown");
    return reader.finish(std::move(answer), UnknownKeys::Ignored);
}

json toJson(const Certificate& certificate) {
    json object(json::value_t::object);
    setInteger(object, "id", certificate.id);
    setText(object, "name", certificate.name);
    setInteger(object, "userId", certificate.userId);
    setText(object, "userName", certificate.userName);
    if (!certificate.userCode.empty()) setText(object, "userCode", certificate.userCode);
    setText(object, "identity", certificate.identity);
    setText(object, "serial", certificate.serial);
    setText(object, "subject", certificate.subject);
    setText(object, "issuer", certificate.issuer);
    setText(object, "type", nameOf(certificate.type));
    setText(object, "status", nameOf(certificate.status));
    setKnown(object, "validFrom", certificate.validFrom);
    setKnown(object, "validTo", certificate.validTo);
    setFlag(object, "isDefault", certificate.isDefault);
    if (!certificate.statusText.empty()) setText(object, "statusText", certificate.statusText);
    setKnown(object, "statusAsked", certificate.statusAsked);
    return object;
}

Parsed<Certificate> parseCertificate(const json& value) {
    ObjectReader reader(value);
    return reader.finish(readCertificate(reader), UnknownKeys::Ignored);
}

json toJson(const CertificatePage& page) {
    json object(json::value_t::object);
    setPage(object, page);
    setInteger(object, "userCount", page.userCount);
    if (!page.complete) setFlag(object, "complete", false);
    return object;
}

Parsed<CertificatePage> parseCertificates(const json& value) {
    ObjectReader reader(value);
    CertificatePage page;
    readPage(reader, page, readCertificate);
    page.userCount = reader.integer("userCount", 0);
    if (reader.has("complete")) page.complete = reader.flag("complete");
    return reader.finish(std::move(page), UnknownKeys::Ignored);
}

json toJson(const CreateAnswer& answer) {
    json object(json::value_t::object);
    setList(object, "added", answer.added);
    setList(object, "alreadyOnList", answer.alreadyOnList);
    setList(object, "expired", answer.expired);
    json notSaved(json::value_t::array);
    for (const Field field : answer.notSaved)
        notSaved.push_back(json(std::string(ruleOf(field).key)));
    setValue(object, "notSaved", std::move(notSaved));
    if (!answer.missing.empty()) setList(object, "missing", answer.missing);
    if (!answer.leftOut.empty()) setList(object, "leftOut", answer.leftOut);
    if (!answer.unreadable.empty()) setList(object, "unreadable", answer.unreadable);
    if (!answer.upstreamMessage.empty()) setText(object, "upstreamMessage", answer.upstreamMessage);
    return object;
}

Parsed<CreateAnswer> parseCreateAnswer(const json& value) {
    ObjectReader reader(value);
    CreateAnswer answer;
    reader.eachObject("added", [&](ObjectReader& item) { answer.added.push_back(readCertificate(item)); });
    readRegisteredList(reader, "alreadyOnList", answer.alreadyOnList);
    readRegisteredList(reader, "expired", answer.expired);
    reader.eachText("notSaved", [&](std::string_view key) {
        const Field field = fieldOfKey(key);
        if (field != Field::Form) answer.notSaved.push_back(field);
    });
    if (reader.has("missing")) readRegisteredList(reader, "missing", answer.missing);
    if (reader.has("leftOut")) readRegisteredList(reader, "leftOut", answer.leftOut);
    readUnreadable(reader, answer.unreadable);
    answer.upstreamMessage = reader.optionalText("upstreamMessage");
    return reader.finish(std::move(answer), UnknownKeys::Ignored);
}

json toJson(const PendingCreate& pending) {
    json object(json::value_t::object);
    setInteger(object, "id", pending.id);
    setText(object, "state", kPendingStates[static_cast<std::size_t>(pending.state)]);
    setInstant(object, "since", pending.since);
    if (pending.retryAfterSeconds > 0) setInteger(object, "retryAfterSeconds", pending.retryAfterSeconds);
    return object;
}

Parsed<PendingCreate> parsePendingCreate(const json& value) {
    constexpr std::int64_t kLongestPause = 24 * 3600;
    ObjectReader reader(value);
    PendingCreate pending;
    pending.id = reader.integer("id", 1);
    pending.state = static_cast<PendingState>(reader.choice("state", kPendingStates));
    pending.since = reader.instant("since");
    pending.retryAfterSeconds =
        static_cast<int>(reader.optionalInteger("retryAfterSeconds", 0, kLongestPause));
    return reader.finish(pending, UnknownKeys::Ignored);
}

json toJson(const CertificateChange& change) {
    json object(json::value_t::object);
    if (change.name) setText(object, "name", *change.name);
    if (change.isDefault) setFlag(object, "isDefault", *change.isDefault);
    return object;
}

Parsed<CertificateChange> parseCertificateChange(const json& value) {
    ObjectReader reader(value);
    CertificateChange change;
    if (reader.has("name")) change.name = reader.text("name");
    if (reader.has("isDefault")) change.isDefault = reader.flag("isDefault");
    return reader.finish(std::move(change), UnknownKeys::Refused);
}

}  // namespace smartca
