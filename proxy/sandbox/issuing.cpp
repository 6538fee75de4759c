#include "proxy/sandbox/issuing.h"

#include <openssl/bn.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <array>
#include <optional>

namespace smartca::sandbox {
namespace {

struct Extension {
    int nid;
    const char* value;  // in the language of x509v3_config(5)
};

// 2.999 is the arc for examples (ITU-T X.660), .invalid a name that never resolves (RFC 6761): nothing here
// points at a real CA's policy or server.
constexpr const char* kPolicy = "2.999.769.1";
constexpr const char* kCrl = "URI:http://crl.sandbox.invalid/smartca-sandbox.crl";
constexpr const char* kCaIssuers = "caIssuers;URI:http://ca.sandbox.invalid/smartca-sandbox.cer";

std::vector<Extension> extensionsOf(Profile profile) {
    switch (profile) {
        case Profile::Root:
            return {{NID_basic_constraints, "critical,CA:TRUE"},
                    {NID_key_usage, "critical,keyCertSign,cRLSign"},
                    {NID_subject_key_identifier, "hash"}};
        case Profile::Intermediate:
            return {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                    {NID_key_usage, "critical,keyCertSign,cRLSign"},
                    {NID_subject_key_identifier, "hash"},
                    {NID_authority_key_identifier, "keyid:always"},
                    {NID_certificate_policies, kPolicy},
                    {NID_crl_distribution_points, kCrl}};
        case Profile::Subscriber:
            return {{NID_basic_constraints, "critical,CA:FALSE"},
                    {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
                    {NID_ext_key_usage, "clientAuth,emailProtection"},
                    {NID_subject_key_identifier, "hash"},
                    {NID_authority_key_identifier, "keyid:always"},
                    {NID_certificate_policies, kPolicy},
                    {NID_crl_distribution_points, kCrl},
                    {NID_info_access, kCaIssuers}};
        case Profile::TlsServer:
            return {{NID_basic_constraints, "critical,CA:FALSE"},
                    {NID_key_usage, "critical,digitalSignature,keyEncipherment"},
                    {NID_ext_key_usage, "serverAuth"},
                    {NID_subject_key_identifier, "hash"},
                    {NID_authority_key_identifier, "keyid:always"},
                    {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"}};
    }
    return {};
}

std::string failure(const std::string& step) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    return step + ": " + reason.data();
}

using Number = std::unique_ptr<BIGNUM, OpenSslFree>;

Number serialFrom(const std::string& stem) {
    constexpr std::size_t kOwnOctets = 13;
    const std::string own = stem.empty() ? randomOctets(kOwnOctets) : sha256Of(stem).substr(0, kOwnOctets);
    const std::string serial = std::string("\x54\x01\x01", 3) + own;
    if (serial.size() != 16) return nullptr;
    return Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(serial.data()),
                            static_cast<int>(serial.size()), nullptr));
}

bool setSerial(X509* certificate, const CertificateRequest& request) {
    Number number;
    if (request.serial.empty()) {
        number = serialFrom(request.serialStem);
    } else {
        BIGNUM* given = nullptr;
        BN_hex2bn(&given, request.serial.c_str());
        number.reset(given);
    }
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

int attributeNid(const std::string& type) {
    if (type == "T") return NID_title;
    if (type == "UID") return NID_userId;
    return OBJ_sn2nid(type.c_str());
}

bool setSubject(X509* certificate, const Subject& subject) {
    X509_NAME* name = X509_get_subject_name(certificate);
    for (const auto& [type, value] : subject) {
        // MBSTRING_UTF8 leaves the choice to OpenSSL's table of attributes: C becomes PrintableString, the
        // rest UTF8String.
        if (X509_NAME_add_entry_by_NID(name, attributeNid(type), MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(value.data()),
                                       static_cast<int>(value.size()), -1, 0) != 1) {
            return false;
        }
    }
    return true;
}

bool addExtensions(X509* certificate, X509* issuer, Profile profile) {
    // Extensions that may name sections of a configuration (policies, alternative names) insist on one, even
    // an empty one.
    const std::unique_ptr<CONF, void (*)(CONF*)> noSections(NCONF_new(nullptr), NCONF_free);
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509V3_set_nconf(&context, noSections.get());
    for (const Extension& wanted : extensionsOf(profile)) {
        const std::unique_ptr<X509_EXTENSION, OpenSslFree> extension(
            X509V3_EXT_conf_nid(nullptr, &context, wanted.nid, wanted.value));
        if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) return false;
    }
    return true;
}

}  // namespace

Result<Credential, std::string> issue(const CertificateRequest& request, const Credential* issuer) {
    Credential made;
    made.key = request.readyKey != nullptr ? sameKey(request.readyKey) : makeKey(request.key);
    made.certificate.reset(X509_new());
    X509* certificate = made.certificate.get();
    if (!made.key || certificate == nullptr) return failure("making a key");
    if (X509_set_version(certificate, X509_VERSION_3) != 1 || !setSerial(certificate, request))
        return failure("serial number");
    if (!setSubject(certificate, request.subject)) return failure("subject");
    if (ASN1_TIME_set(X509_getm_notBefore(certificate), request.validFrom) == nullptr ||
        ASN1_TIME_set(X509_getm_notAfter(certificate), request.validTo) == nullptr) {
        return failure("validity");
    }
    X509* signedBy = issuer != nullptr ? issuer->certificate.get() : certificate;
    if (X509_set_issuer_name(certificate, X509_get_subject_name(signedBy)) != 1 ||
        X509_set_pubkey(certificate, made.key.get()) != 1) {
        return failure("issuer and key");
    }
    if (!addExtensions(certificate, signedBy, request.profile)) return failure("extensions");
    EVP_PKEY* signingKey = issuer != nullptr ? issuer->key.get() : made.key.get();
    if (X509_sign(certificate, signingKey, EVP_sha256()) == 0) return failure("signature");
    return made;
}

}  // namespace smartca::sandbox
