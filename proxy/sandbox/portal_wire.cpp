#include "proxy/sandbox/portal_wire.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "shared/calendar.h"
#include "shared/text.h"

namespace smartca::sandbox {
namespace {

struct Switch {
    const char* name;
    bool PortalQuirks::* member;
};
constexpr Switch kSwitches[] = {
    {"idsAsText", &PortalQuirks::idsAsText},
    {"singleMessage", &PortalQuirks::singleMessage},
    {"successSays200", &PortalQuirks::successSays200},
    {"errorsAsHttp400", &PortalQuirks::errorsAsHttp400},
    {"unauthorizedAsHttp200", &PortalQuirks::unauthorizedAsHttp200},
    {"refuseDuplicates", &PortalQuirks::refuseDuplicates},
    {"chooseKeepsToken", &PortalQuirks::chooseKeepsToken},
    {"answersWithoutList", &PortalQuirks::answersWithoutList},
    {"passesOverSerials", &PortalQuirks::passesOverSerials},
    {"ignoresChanges", &PortalQuirks::ignoresChanges},
    {"omitsNextPage", &PortalQuirks::omitsNextPage},
};
struct Count {
    const char* name;
    int PortalQuirks::* member;
};
constexpr Count kCounts[] = {{"staleReads", &PortalQuirks::staleReads},
                             {"maximumPageSize", &PortalQuirks::maximumPageSize}};

Json envelopeOf(bool success, int code, Json data, const std::string& message, const PortalQuirks& quirks) {
    Json envelope = {{"data", std::move(data)}, {"success", success}, {"code", code}};
    if (quirks.singleMessage) {
        envelope["message"] = message;
    } else {
        envelope["messages"] = message.empty() ? Json::array() : Json::array({message});
    }
    return envelope;
}

Json idOf(std::int64_t id, const PortalQuirks& quirks) {
    return quirks.idsAsText ? Json(std::to_string(id)) : Json(id);
}

// Enumerations are objects; the descriptions are Vietnamese or English as the portal likes.
Json choice(std::int64_t value, const char* description) {
    return {{"value", value}, {"description", description}};
}

template <class T>
Json orNull(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

bool isValid(const PortalCertificate& certificate, std::int64_t now) {
    return certificate.validFrom <= now && now <= certificate.validTo;
}

Json certificateOf(const PortalUser& user, const PortalCertificate& certificate, std::int64_t now,
                   const PortalQuirks& quirks) {
    const bool valid = isValid(certificate, now);
    return {{"id", idOf(certificate.id, quirks)},
            {"name", orNull(certificate.name)},
            {"commonName", certificate.commonName},
            {"uid", certificate.identity},
            {"validFrom", isoOf(certificate.validFrom)},
            {"validTo", isoOf(certificate.validTo)},
            {"serialNumber", certificate.serial},
            {"subjectDN", certificate.subject},
            {"issuerDN", certificate.issuer},
            {"status", choice(valid ? 1 : 0, valid ? "Hiệu lực" : "Không hiệu lực")},
            {"smartCaServiceName", certificate.service},
            {"smartCaSignMethod", choice(1, "Ký số từ xa")},
            {"smartCaAccountType", choice(certificate.business ? 2 : 1, certificate.business ? "TH" : "CN")},
            {"provider", choice(1, "VNPT")},
            {"smartCaUsername", certificate.identity},
            {"isValid", valid},
            {"isBusinessSmartCaAccount", certificate.business},
            {"isDefaultSmartCaCert", certificate.id == user.defaultCertificate},
            {"isAutoSignConfig", false},
            {"signatureDisplayMode", orNull(certificate.displayMode)},
            {"ownerId", idOf(user.id, quirks)},
            {"createdByUserId", 1},
            {"createdDate", "2026-01-06T17:06:07.2893325+07:00"}};
}

}  // namespace

std::optional<std::string> changeQuirks(PortalQuirks& quirks, const Json& object) {
    if (!object.is_object()) return "the body must be a JSON object";
    for (const auto& [key, value] : object.items()) {
        const std::string& name = key;
        const auto named = [&](const auto& each) { return name == each.name; };
        const auto* flag = std::find_if(std::begin(kSwitches), std::end(kSwitches), named);
        const auto* count = std::find_if(std::begin(kCounts), std::end(kCounts), named);
        if (flag != std::end(kSwitches) && value.is_boolean()) {
            quirks.*flag->member = value.get<bool>();
        } else if (count != std::end(kCounts) && value.is_number_integer()) {
            quirks.*count->member = value.get<int>();
        } else if (name == "loginKey" && value.is_string()) {
            quirks.loginKey = value.get<std::string>();
        } else {
            return "\"" + name + "\" is unknown or has the wrong type";
        }
    }
    return std::nullopt;
}

Json jsonOf(const PortalQuirks& quirks) {
    Json object = Json::object();
    for (const Switch& each : kSwitches)
        object[each.name] = quirks.*each.member;
    for (const Count& each : kCounts)
        object[each.name] = quirks.*each.member;
    object["loginKey"] = quirks.loginKey;
    return object;
}

Reply portalSuccess(Json data, const PortalQuirks& quirks) {
    return {Api::EContract, 200,
            envelopeOf(true, quirks.successSays200 ? 200 : 0, std::move(data), "", quirks)};
}

Reply portalRefusal(const std::string& message, const PortalQuirks& quirks) {
    return {Api::EContract, quirks.errorsAsHttp400 ? 400 : 200,
            envelopeOf(false, 0, nullptr, message, quirks)};
}

Reply portalUnauthorized(const std::string& message, const PortalQuirks& quirks) {
    return {Api::EContract, quirks.unauthorizedAsHttp200 ? 200 : 401,
            envelopeOf(false, 401, nullptr, message, quirks)};
}

Json listItemOf(const PortalUser& user, const PortalQuirks& quirks) {
    return {
        {"id", idOf(user.id, quirks)},
        {"createdDate", "2021-01-06T17:06:07.2893325"},
        {"comId", user.companyId},
        {"code", user.code},
        {"name", user.name},
        {"phone", user.phone},
        {"email", user.email},
        {"validFrom", nullptr},
        {"validTo", nullptr},
        {"isValid", true},
        {"signConfirmationEnabled", user.signConfirmation},
        {"isAccountLocked", false},
        {"signMethod", choice(2, "SmartCA")},
        {"status", choice(user.status, "Hoạt động")},
        {"receiveOtpMethod", choice(1, "Email")},
        {"receiveNotificationMethod", choice(0, "Email")},
        {"personalCertificateId", nullptr},
        {"smartCaId", user.defaultCertificate == 0 ? Json(nullptr) : idOf(user.defaultCertificate, quirks)}};
}

Json detailOf(const PortalUser& user, std::int64_t now, const PortalQuirks& quirks) {
    Json detail = listItemOf(user, quirks);
    detail["username"] = user.email;
    detail["accountId"] = "3f2c8b1e-0000-4000-8000-00000000" + std::to_string(1000 + user.id % 9000);
    detail["signatureText"] = orNull(user.signatureText);
    detail["roles"] = Json::array({{{"id", "8d0f4a52-0000-4000-8000-000000000001"},
                                    {"code", "STAFF"},
                                    {"name", "Nhân viên"},
                                    {"description", ""}}});
    detail["extraValues"] = Json::array();
    detail["usedMemory"] = 0;
    detail["waitingChangeRequest"] = false;
    detail["twoFactorEnabled"] = false;
    detail["smartCaGroups"] = Json::array();
    detail["defaultSmartCa"] = nullptr;
    detail["userCertificates"] = Json::array();
    for (const PortalCertificate& certificate : user.certificates) {
        Json item = certificateOf(user, certificate, now, quirks);
        if (certificate.id == user.defaultCertificate) detail["defaultSmartCa"] = item;
        detail["userCertificates"].push_back(std::move(item));
    }
    return detail;
}

PortalBody::PortalBody(std::string_view body) : body_(Json::parse(body, nullptr, false)) {}

std::vector<PortalBody> PortalBody::elements() const {
    std::vector<PortalBody> all;
    if (body_.is_object()) all.push_back(*this);
    if (body_.is_array()) {
        for (const Json& each : body_)
            all.emplace_back(each.dump());
    }
    return all;
}

const Json* PortalBody::find(std::string_view key) const {
    if (!body_.is_object()) return nullptr;
    const auto same = [](char left, char right) { return asciiLower(left) == asciiLower(right); };
    for (const auto& [name, value] : body_.items()) {
        if (std::equal(name.begin(), name.end(), key.begin(), key.end(), same)) return &value;
    }
    return nullptr;
}

std::string PortalBody::text(std::string_view key) const {
    const Json* value = find(key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<std::int64_t> PortalBody::integer(std::string_view key) const {
    const Json* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_number_integer()) return value->get<std::int64_t>();
    const std::string digits = text(key);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::optional<bool> PortalBody::flag(std::string_view key) const {
    const Json* value = find(key);
    return value != nullptr && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

std::vector<std::string> PortalBody::keys() const {
    std::vector<std::string> names;
    if (!body_.is_object()) return names;
    for (const auto& [name, value] : body_.items())
        names.push_back(name);
    return names;
}

}  // namespace smartca::sandbox
