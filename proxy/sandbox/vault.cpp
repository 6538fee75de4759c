#include "proxy/sandbox/vault.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <system_error>

#include "proxy/sandbox/files.h"

namespace smartca::sandbox {
namespace {

// An RSA key takes some 100 ms to make, and there are hundreds of certificates: a few keys serve them all.
class SharedKeys {
  public:
    EVP_PKEY* next() {
        constexpr std::size_t kMost = 4;
        const std::size_t turn = given_++ % kMost;
        if (turn >= keys_.size()) keys_.push_back(makeKey(KeyKind::Rsa2048));
        return keys_[turn].get();
    }

  private:
    std::vector<Key> keys_;
    std::size_t given_ = 0;
};

struct Slot {
    std::filesystem::path path;
    CertificateRequest request;
    const Credential* issuer = nullptr;  // null: self-signed
    std::int64_t mustOutlive = 0;        // one that runs out earlier is made anew
    SharedKeys* keys = nullptr;          // null: a key of its own
};

// A certificate whose issuer has been made anew since is of no use any more.
bool stillGood(const Credential& kept, const Slot& slot) {
    EVP_PKEY* issuerKey = slot.issuer != nullptr ? slot.issuer->key.get() : kept.key.get();
    return validToOf(*kept.certificate) > slot.mustOutlive &&
           X509_verify(kept.certificate.get(), issuerKey) == 1;
}

Result<Credential, std::string> readOrIssue(Slot slot) {
    if (const auto pem = readFile(slot.path)) {
        auto kept = credentialFromPem(*pem);
        if (!kept)
            return slot.path.string() + " holds no certificate with its key; delete it to have it made anew";
        if (stillGood(*kept, slot)) return *std::move(kept);
    }
    if (slot.keys != nullptr) slot.request.readyKey = slot.keys->next();
    auto made = issue(slot.request, slot.issuer);
    if (!made) return made.error();
    const auto written = writeFile(slot.path, pemOf(made.value()), Readers::OwnerOnly);
    if (!written) return written.error();
    return made;
}

std::string uuidOf(const X509& certificate) {
    std::string octets = sha256Of(derOf(certificate)).substr(0, 16);
    octets[6] = static_cast<char>((octets[6] & 0x0f) | 0x80);  // version 8
    octets[8] = static_cast<char>((octets[8] & 0x3f) | 0x80);  // variant 10
    return dashed(hexOf(octets));
}

std::string fingerprintOf(const CertificatePlan& plan, KeyKind key) {
    std::string all = std::to_string(plan.fromDays) + '/' + std::to_string(plan.toDays) + '/' +
                      std::to_string(static_cast<int>(key));
    for (const auto& [type, value] : plan.subject)
        all += '/' + type + '=' + value;
    if (!plan.serial.empty()) all += '/' + plan.serial;
    if (plan.issuer == Issuer::Root) all += "/root";
    return hexOf(sha256Of(all)).substr(0, 8);
}

class Opening {
  public:
    Opening(std::filesystem::path directory, std::int64_t now)
        : directory_(std::move(directory)), now_(now) {}

    // The first error, or empty.
    const std::string& error() const { return error_; }

    Credential authority(const char* file, Profile profile, const char* commonName,
                         const Credential* issuer) {
        CertificateRequest request;
        request.profile = profile;
        request.key = KeyKind::Rsa2048;
        request.subject = {
            {"C", "VN"}, {"O", "SmartCA sandbox, not a real certification authority"}, {"CN", commonName}};
        request.validFrom = now_ - 10 * 365 * kDay;  // older than any certificate below it
        request.validTo = now_ + 20 * 365 * kDay;
        return take({.path = directory_ / file, .request = request, .issuer = issuer});
    }

    Credential server(const Credential& issuer) {
        CertificateRequest request;
        request.profile = Profile::TlsServer;
        request.key = KeyKind::EcP256;  // cheap handshakes
        request.subject = {{"C", "VN"}, {"CN", "localhost"}};
        request.validFrom = now_ - kDay;
        request.validTo = now_ + 397 * kDay;
        return take({.path = directory_ / "server.pem",
                     .request = request,
                     .issuer = &issuer,
                     .mustOutlive = now_ + kDay});
    }

    RegisteredIdentity identity(IdentityPlan plan, const Vault& vault) {
        RegisteredIdentity registered;
        for (const CertificatePlan& certificate : plan.certificates) {
            CertificateRequest request;
            request.key = certificate.key;
            request.subject = certificate.subject;
            request.validFrom = now_ + certificate.fromDays * kDay;
            request.validTo = now_ + certificate.toDays * kDay;
            const auto fileFor = [&](KeyKind key) {
                return "leaf-" + plan.id + '-' + std::to_string(registered.certificates.size() + 1) + '-' +
                       fingerprintOf(certificate, key) + ".pem";
            };
            const std::string file = fileFor(certificate.key);
            // The same for either kind of key, so that a certificate keeps its serial when that is changed.
            request.serialStem = fileFor(KeyKind::EcP256);
            request.serial = certificate.serial;
            const Credential& issuer = certificate.issuer == Issuer::Root ? vault.root : vault.intermediate;
            SharedKeys* keys = certificate.key == KeyKind::Rsa2048 ? &keys_ : nullptr;
            Credential credential =
                take({.path = directory_ / file, .request = request, .issuer = &issuer, .keys = keys});
            if (!error_.empty()) break;
            std::string serial = serialOf(*credential.certificate);
            std::string id = uuidOf(*credential.certificate);
            registered.certificates.push_back(
                {certificate, std::move(credential), std::move(serial), std::move(id)});
        }
        registered.plan = std::move(plan);
        return registered;
    }

    void publish(const char* file, const std::string& pem) {
        if (!error_.empty()) return;
        const auto written = writeFile(directory_ / file, pem, Readers::Everybody);
        if (!written) error_ = written.error();
    }

  private:
    // After the first failure nothing more is tried.
    Credential take(Slot slot) {
        if (!error_.empty()) return {};
        auto result = readOrIssue(std::move(slot));
        if (result) return std::move(result).value();
        error_ = result.error();
        return {};
    }

    std::filesystem::path directory_;
    std::int64_t now_;
    std::string error_;
    SharedKeys keys_;
};

}  // namespace

const RegisteredCertificate* RegisteredIdentity::find(std::string_view serial) const {
    for (const RegisteredCertificate& certificate : certificates) {
        const std::string& own = certificate.serial;
        const bool same = own.size() == serial.size() &&
                          std::equal(own.begin(), own.end(), serial.begin(), [](char left, char right) {
                              return OPENSSL_hexchar2int(static_cast<unsigned char>(left)) ==
                                     OPENSSL_hexchar2int(static_cast<unsigned char>(right));
                          });
        if (same) return &certificate;
    }
    return nullptr;
}

Result<Vault, std::string> openVault(const std::filesystem::path& directory, std::vector<IdentityPlan> plans,
                                     std::int64_t now) {
    std::error_code failed;
    if (std::filesystem::create_directories(directory, failed)) {
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failed);
    }
    if (failed) return directory.string() + ": " + failed.message();
    const DirectoryLock lock(directory);
    Opening opening(directory, now);
    Vault vault;
    vault.root = opening.authority("root.pem", Profile::Root, "SmartCA Sandbox Root CA", nullptr);
    vault.intermediate =
        opening.authority("intermediate.pem", Profile::Intermediate, "SmartCA Sandbox RS", &vault.root);
    vault.server = opening.server(vault.root);
    for (IdentityPlan& plan : plans) {
        std::string id = plan.id;
        vault.identities.emplace(std::move(id), opening.identity(std::move(plan), vault));
    }
    if (!opening.error().empty()) return opening.error();  // and there may be no root to publish
    const std::string root = pemOf(*vault.root.certificate);
    opening.publish("ca.pem", root);
    opening.publish("subscriber-ca.pem", root + pemOf(*vault.intermediate.certificate));
    if (!opening.error().empty()) return opening.error();
    return vault;
}

}  // namespace smartca::sandbox
