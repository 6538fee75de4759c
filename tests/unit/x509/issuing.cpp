#include "issuing.h"

#include <doctest/doctest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace smartca::x509::test {
namespace {

EVP_PKEY* makeKey(Key kind) {
    switch (kind) {
        case Key::Ec256:
            return EVP_EC_gen("P-256");
        case Key::Ec384:
            return EVP_EC_gen("P-384");
        case Key::Rsa2048:
            return EVP_RSA_gen(2048);
        case Key::Rsa1024:
            return EVP_RSA_gen(1024);
        case Key::Ed25519:
            return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    }
    return nullptr;
}

void setSerial(X509* certificate, const std::string& hexadecimal) {
    BIGNUM* number = nullptr;
    REQUIRE(BN_hex2bn(&number, hexadecimal.c_str()) > 0);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
}

void setSubject(X509* certificate, const std::vector<Attribute>& attributes) {
    X509_NAME* name = X509_get_subject_name(certificate);
    for (const Attribute& attribute : attributes) {
        // Around OpenSSL's limits on lengths, which a hostile certificate does not keep to.
        ASN1_STRING* value = ASN1_STRING_type_new(attribute.encoding == MBSTRING_UTF8 ? V_ASN1_UTF8STRING
                                                                                      : attribute.encoding);
        ASN1_STRING_set(value, attribute.value.data(), static_cast<int>(attribute.value.size()));
        ASN1_OBJECT* type = OBJ_txt2obj(attribute.type.c_str(), 0);
        REQUIRE(type != nullptr);
        X509_NAME_ENTRY* entry = X509_NAME_ENTRY_create_by_OBJ(
            nullptr, type, ASN1_STRING_type(value), ASN1_STRING_get0_data(value), ASN1_STRING_length(value));
        REQUIRE(X509_NAME_add_entry(name, entry, -1, 0) == 1);
        X509_NAME_ENTRY_free(entry);
        ASN1_OBJECT_free(type);
        ASN1_STRING_free(value);
    }
}

void addExtensions(X509* certificate, X509* issuer,
                   const std::vector<std::pair<std::string, std::string>>& extensions) {
    const std::unique_ptr<CONF, void (*)(CONF*)> noSections(NCONF_new(nullptr), NCONF_free);
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509V3_set_nconf(&context, noSections.get());
    for (const auto& [name, value] : extensions) {
        X509_EXTENSION* extension = X509V3_EXT_conf(nullptr, &context, name.c_str(), value.c_str());
        REQUIRE_MESSAGE(extension != nullptr, name);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
}

template <class Write>
std::string written(Write write) {
    BIO* bio = BIO_new(BIO_s_mem());
    write(bio);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

}  // namespace

std::string Issued::der() const {
    return written([&](BIO* bio) { i2d_X509_bio(bio, certificate.get()); });
}

std::string Issued::pem() const {
    return written([&](BIO* bio) { PEM_write_bio_X509(bio, certificate.get()); });
}

Issued issue(const Spec& spec, const Issued* issuer) {
    Issued made;
    made.key.reset(makeKey(spec.key), EVP_PKEY_free);
    made.certificate.reset(X509_new(), X509_free);
    X509* certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    setSerial(certificate, spec.serial);
    ASN1_TIME_set(X509_getm_notBefore(certificate), spec.validFrom);
    ASN1_TIME_set(X509_getm_notAfter(certificate), spec.validTo);
    setSubject(certificate, spec.subject);
    X509* signer = issuer != nullptr ? issuer->certificate.get() : certificate;
    X509_set_issuer_name(certificate, X509_get_subject_name(signer));
    X509_set_pubkey(certificate, made.key.get());
    addExtensions(certificate, signer, spec.extensions);
    EVP_PKEY* key = issuer != nullptr ? issuer->key.get() : made.key.get();
    const bool ownDigest = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519;
    REQUIRE(X509_sign(certificate, key, ownDigest ? nullptr : spec.digest) > 0);
    return made;
}

Spec authoritySpec(const std::string& commonName) {
    Spec spec;
    spec.subject = {{"C", "VN"}, {"O", "VNPT"}, {"CN", commonName}};
    spec.validFrom = kNow - 10 * kYear;
    spec.validTo = kNow + 10 * kYear;
    spec.extensions = {{"basicConstraints", "critical,CA:TRUE"},
                       {"keyUsage", "critical,keyCertSign,cRLSign"},
                       {"subjectKeyIdentifier", "hash"}};
    return spec;
}

std::string utf16(const std::u16string& text) {
    std::string octets;
    for (const char16_t unit : text) {
        octets += static_cast<char>(unit >> 8);
        octets += static_cast<char>(unit & 0xFF);
    }
    return octets;
}

}  // namespace smartca::x509::test
