#include "proxy/sandbox/identities.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "shared/serial.h"

namespace smartca::sandbox {
namespace {

// Thrown inside this file only; parseIdentities() turns it into its error.
struct Unusable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class T>
struct Word {
    const char* text;
    T meaning;
};
constexpr Word<ItemShape> kShapes[] = {
    {"full", ItemShape::Full}, {"coded", ItemShape::Coded}, {"short", ItemShape::Short}};
constexpr Word<KeyKind> kKeys[] = {{"rsa", KeyKind::Rsa2048}, {"ec", KeyKind::EcP256}};
constexpr Word<CertificateStatus> kStatuses[] = {{"active", CertificateStatus::Active},
                                                 {"revoked", CertificateStatus::Revoked},
                                                 {"locked", CertificateStatus::Locked},
                                                 {"pending", CertificateStatus::Pending}};
constexpr Word<ConfirmedBy> kConfirmedBy[] = {{"code", ConfirmedBy::Code}, {"phone", ConfirmedBy::Phone}};
constexpr Word<Issuer> kIssuers[] = {{"intermediate", Issuer::Intermediate}, {"root", Issuer::Root}};

template <class T, std::size_t N>
T oneOf(const Word<T> (&words)[N], const Json& object, const char* key) {
    const std::string text = object.value(key, std::string(words[0].text));
    for (const Word<T>& word : words) {
        if (text == word.text) return word.meaning;
    }
    throw Unusable("\"" + std::string(key) + "\" cannot be \"" + text + "\"");
}

Subject subjectFrom(const Json& attributes) {
    Subject subject;
    for (const Json& attribute : attributes) {
        const auto text = attribute.get<std::string>();
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) throw Unusable("\"" + text + "\" is no subject attribute");
        subject.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return subject;
}

void appendCertificates(std::vector<CertificatePlan>& plans, const Json& object) {
    CertificatePlan plan;
    plan.service = object.at("service").get<std::string>();
    plan.package = object.at("package").get<std::string>();
    plan.subject = subjectFrom(object.at("subject"));
    plan.fromDays = object.at("from").get<int>();
    plan.toDays = object.at("to").get<int>();
    plan.status = oneOf(kStatuses, object, "status");
    plan.key = oneOf(kKeys, object, "key");
    plan.issuer = oneOf(kIssuers, object, "issuer");
    if (object.contains("serial")) {
        const auto serial = parseSerial(object.at("serial").get<std::string>());
        if (!serial) throw Unusable("\"serial\" is no serial number");
        plan.serial = serial.value().hexadecimal;
    }
    if (object.contains("wire")) plan.wire = object.at("wire");
    const int step = object.value("step", 0);
    const auto append = [&] {
        plans.push_back(plan);
        plan.fromDays += step;
        plan.toDays += step;
    };
    for (const Json& name : object.value("names", Json::array())) {
        for (auto& [type, value] : plan.subject) {
            if (type == "CN") value = name.get<std::string>();
        }
        append();
    }
    if (object.contains("names")) return;
    for (int left = object.value("repeat", 1); left > 0; --left)
        append();
}

BusinessAccount businessFrom(const Json& object) {
    auto key = fromBase64(object.at("secretKey").get<std::string>());
    if (!key) throw Unusable("\"secretKey\" is not base64");
    return {object.at("password").get<std::string>(), *std::move(key),
            oneOf(kConfirmedBy, object, "confirmedBy")};
}

// The id becomes part of a file name in the state directory.
bool usableId(const std::string& id) {
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    };
    return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), plain);
}

IdentityPlan identityFrom(const Json& object) {
    IdentityPlan plan;
    plan.id = object.at("id").get<std::string>();
    if (!usableId(plan.id)) throw Unusable("\"id\" must be 1 to 40 letters, digits and hyphens");
    plan.item = oneOf(kShapes, object, "item");
    plan.lineBreaks = object.value("wrapped", false) ? LineBreaks::CrLf : LineBreaks::None;
    plan.rootless = object.value("rootless", false);
    plan.delay = std::chrono::milliseconds(object.value("delay", 0));
    if (object.contains("business")) plan.business = businessFrom(object.at("business"));
    for (const Json& certificate : object.at("certificates"))
        appendCertificates(plan.certificates, certificate);
    return plan;
}

}  // namespace

Result<std::vector<IdentityPlan>, std::string> parseIdentities(std::string_view text) {
    const Json document = Json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("identities")) {
        return std::string("not a JSON object with \"identities\"");
    }
    std::vector<IdentityPlan> plans;
    for (const Json& object : document["identities"]) {
        const std::string where = "identity " + std::to_string(plans.size() + 1) + ": ";
        try {
            plans.push_back(identityFrom(object));
        } catch (const Unusable& error) {
            return where + error.what();
        } catch (const Json::exception& error) {  // a key is missing or of another type
            return where + error.what();
        }
        const auto same = [&](const IdentityPlan& other) { return other.id == plans.back().id; };
        if (std::count_if(plans.begin(), plans.end(), same) > 1)
            return where + plans.back().id + " stands twice";
    }
    return plans;
}

}  // namespace smartca::sandbox
