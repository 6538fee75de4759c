// What changes the list of certificates.
//
// Attaching reads the user, adds what is missing, and tells by comparing the lists what was added: how the
// portal answers a certificate that is there already is not documented. One certificate is added by its
// serial number. Several of which none is there are added in one call with a blank serial number, which means
// "all of this identity"; where some are there already, one by one, since what a blank one would do with
// those is not documented.
#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

#include "proxy/econtract/econtract_registry.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

using registry::Attached;
using registry::Attachment;
using registry::RegistryError;
using registry::RegistryTrouble;

constexpr const char* kUpdatePath = "/api/users/smart-ca/update";
constexpr const char* kDeletePath = "/api/users/smart-ca/delete";
constexpr const char* kUserUpdatePath = "/api/users/update";

// Overwrites the texts of a body that may hold a password.
struct WipedBody {
    Json json = Json::object();
    ~WipedBody() {
        for (auto& value : json) {
            if (auto* text = value.get_ptr<std::string*>()) OPENSSL_cleanse(text->data(), text->size());
        }
    }
};

const PortalCertificate* withSerial(const PortalUser& user, const std::string& serial) {
    for (const PortalCertificate& certificate : user.certificates) {
        if (certificate.serial == serial) return &certificate;
    }
    return nullptr;
}

const PortalCertificate* withId(const PortalUser& user, std::int64_t id) {
    for (const PortalCertificate& certificate : user.certificates) {
        if (certificate.id == id) return &certificate;
    }
    return nullptr;
}

void addOnce(std::vector<Field>& fields, Field field) {
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
}

// Where the portal shows what it has kept, its word counts, not that it took the request.
void checkKept(const Attachment& attachment, const std::vector<Field>& sent, const PortalUser& user,
               const std::vector<std::int64_t>& added, Attached& attached) {
    const auto wasSent = [&](Field field) {
        return std::find(sent.begin(), sent.end(), field) != sent.end();
    };
    for (const std::int64_t id : added) {
        const PortalCertificate* certificate = withId(user, id);
        if (certificate == nullptr) continue;
        if (wasSent(Field::BusinessAccount) && certificate->type != CertificateType::Business)
            addOnce(attached.notSaved, Field::BusinessAccount);
        if (wasSent(Field::DisplayMode) && certificate->displayMode != attachment.displayMode)
            addOnce(attached.notSaved, Field::DisplayMode);
    }
}

}  // namespace

registry::Registry::Outcome<PortalUser> EContractRegistry::changed(const std::string& path, const Json& body,
                                                                   UserId id) {
    auto answer = portal_.change(path, body);
    if (!answer) return troubleOf(answer.error());
    auto& user = answer.value();
    if (user && user->hasList && user->user.id == id) {
        directory_.put(*user, std::chrono::steady_clock::now());
        return *std::move(user);
    }
    auto again = read(id);
    if (again) return again;
    // It was done; that it cannot be seen does not make it undone.
    auto trouble = again.trouble();
    trouble.error = RegistryError::Unknown;
    return trouble;
}

registry::Registry::Outcome<PortalUser> EContractRegistry::add(const Attachment& attachment,
                                                               const PortalUser& before,
                                                               const std::vector<std::string>& serials) {
    std::vector<std::string> calls = serials;
    if (serials.size() > 1 && serials.size() == attachment.certificates.size()) calls = {""};
    PortalUser user = before;
    bool begun = false;
    for (const std::string& serial : calls) {
        WipedBody body;
        body.json["userId"] = attachment.userId;
        body.json["userName"] = attachment.certificates.front().identity;
        if (!serial.empty()) body.json["serialNumber"] = serial;
        options_.fieldMap.fill(body.json, kAddPath, attachment);
        auto after = changed(kAddPath, body.json, attachment.userId);
        if (!after) {
            auto trouble = after.trouble();
            if (begun) trouble.error = RegistryError::Unknown;  // some are there, and the rest is not
            return trouble;
        }
        user = std::move(after).value();
        begun = true;
    }
    const bool seen = std::any_of(serials.begin(), serials.end(),
                                  [&](const auto& serial) { return withSerial(user, serial) != nullptr; });
    if (seen) return user;
    // The portal says that it has done it, and shows a list without it: its reads may lag behind.
    auto again = read(attachment.userId);
    return again ? again : Outcome<PortalUser>(std::move(user));
}

registry::Registry::Outcome<Attached> EContractRegistry::attach(const Attachment& attachment,
                                                                const registry::Settlement& settlement,
                                                                Instant now) {
    auto attached = attachMissing(attachment, now);
    if (!attached) return attached;
    // An answer that cannot be kept is still the answer: what was done is in the portal, which tells
    // duplicates.
    if (!journal_.finish(settlement.key, settlement.answer(attached.value()), now))
        note("the answer of a create could not be kept in the journal");
    return attached;
}

registry::Registry::Outcome<Attached> EContractRegistry::attachMissing(const Attachment& attachment,
                                                                       Instant now) {
    auto before = read(attachment.userId);
    if (!before) return before.trouble();
    Attached attached;
    std::vector<std::string> missing;
    for (const auto& certificate : attachment.certificates) {
        const bool named = std::find(missing.begin(), missing.end(), certificate.serial) != missing.end();
        if (named || withSerial(before.value(), certificate.serial) != nullptr) {
            attached.alreadyOnList.push_back(certificate.serial);
        } else {
            missing.push_back(certificate.serial);
        }
    }
    if (missing.empty()) return attached;
    auto after = add(attachment, before.value(), missing);
    if (!after) return after.trouble();
    PortalUser user = std::move(after).value();
    std::vector<std::int64_t> added;
    for (const PortalCertificate& certificate : user.certificates) {
        if (withId(before.value(), certificate.id) == nullptr) added.push_back(certificate.id);
    }
    if (!added.empty()) writeExtras(attachment, user, added, attached);
    for (const std::int64_t id : added) {
        if (const PortalCertificate* certificate = withId(user, id))
            attached.added.push_back(certificateOf(*certificate, user.user, now));
    }
    return attached;
}

void EContractRegistry::writeExtras(const Attachment& attachment, PortalUser& user,
                                    const std::vector<std::int64_t>& added, Attached& attached) {
    Json ignored = Json::object();
    std::vector<Field> sent = options_.fieldMap.fill(ignored, kAddPath, attachment);
    for (const std::string& path : options_.fieldMap.pathsAfterAdd()) {
        for (const std::int64_t id : added) {
            WipedBody body;
            body.json["id"] = id;
            body.json["userId"] = attachment.userId;
            const auto fields = options_.fieldMap.fill(body.json, path, attachment);
            if (fields.empty()) break;
            auto written = changed(path, body.json, attachment.userId);
            if (written) {
                user = std::move(written).value();
                for (const Field field : fields)
                    addOnce(sent, field);
                continue;
            }
            note(std::string("a mapped field could not be written to ") + path + ": " +
                 written.trouble().detail);
            for (const Field field : fields)
                addOnce(attached.notSaved, field);
        }
    }
    checkKept(attachment, sent, user, added, attached);
    if (options_.signatureTexts == SignatureTexts::Written && attachment.signatureText &&
        !writeSignatureText(attachment, user))
        addOnce(attached.notSaved, Field::SignatureText);
}

bool EContractRegistry::writeSignatureText(const Attachment& attachment, const PortalUser& user) {
    // The profile as it is now: the user in an answer may lack keys that a detail has.
    const auto fresh = read(attachment.userId);
    if (!fresh) return false;
    auto profile = parseJson(fresh.value().profile);
    if (!profile) return false;
    profile.value()["signatureText"] = withCrLf(*attachment.signatureText);
    const auto written = portal_.change(kUserUpdatePath, profile.value());
    if (written) return true;
    note("the signature text of user " + std::to_string(user.user.id) +
         " could not be written: " + written.error().detail);
    return false;
}

registry::Registry::Outcome<Certificate> EContractRegistry::change(std::int64_t id,
                                                                   const CertificateChange& change,
                                                                   Instant now) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.trouble();
    const PortalCertificate& current = *withId(owner.value(), id);
    // Both are sent always: what the portal makes of an absent one is not documented.
    const std::string name = change.name ? std::string(trimmed(*change.name)) : current.nickname;
    const Json body = {{"id", id},
                       {"userId", owner.value().user.id},
                       {"name", name},
                       {"isSetDefault", change.isDefault.value_or(false) || current.isDefault}};
    auto after = changed(kUpdatePath, body, owner.value().user.id);
    if (!after) return after.trouble();
    const PortalCertificate* certificate = withId(after.value(), id);
    if (certificate == nullptr) return RegistryError::NotFound;
    return certificateOf(*certificate, after.value().user, now);
}

registry::Registry::Outcome<Done> EContractRegistry::remove(std::int64_t id) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.trouble();
    auto after = changed(kDeletePath, {{"id", id}, {"userId", owner.value().user.id}}, owner.value().user.id);
    if (!after) return after.trouble();
    return Done{};
}

}  // namespace smartca::econtract
