#include "issuing.h"

#include <doctest/doctest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace smartca::upstream {
namespace {

template <class T, void (*free)(T*)>
struct Free {
    void operator()(T* object) const { free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;
using Name = std::unique_ptr<X509_NAME, Free<X509_NAME, X509_NAME_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO, BIO_free_all>>;

std::string contentOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

void setSerial(X509* certificate, const std::string& hexadecimal) {
    BIGNUM* number = nullptr;
    REQUIRE(BN_hex2bn(&number, hexadecimal.c_str()) > 0);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
}

Name nameOf(const CertificateSpec& spec) {
    Name name(X509_NAME_new());
    for (const auto& [type, value] : spec.subject) {
        REQUIRE(X509_NAME_add_entry_by_txt(name.get(), type.c_str(), MBSTRING_UTF8,
                                           reinterpret_cast<const unsigned char*>(value.data()),
                                           static_cast<int>(value.size()), -1, 0) == 1);
    }
    return name;
}

void addExtension(X509* certificate, int nid, const std::string& text) {
    if (text.empty()) return;
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, text.c_str());
    REQUIRE(extension != nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

IssuedCertificate issue(const CertificateSpec& spec) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    setSerial(certificate.get(), spec.serial);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), spec.validFrom);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), spec.validTo);
    const Name name = nameOf(spec);
    X509_set_subject_name(certificate.get(), name.get());
    X509_set_issuer_name(certificate.get(), name.get());
    X509_set_pubkey(certificate.get(), key.get());
    addExtension(certificate.get(), NID_subject_alt_name, spec.alternativeName);
    addExtension(certificate.get(), NID_basic_constraints, spec.basicConstraints);
    REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

    IssuedCertificate issued;
    const Bio der(BIO_new(BIO_s_mem()));
    const Bio pem(BIO_new(BIO_s_mem()));
    const Bio keyPem(BIO_new(BIO_s_mem()));
    i2d_X509_bio(der.get(), certificate.get());
    PEM_write_bio_X509(pem.get(), certificate.get());
    PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    issued.der = contentOf(der.get());
    issued.pem = contentOf(pem.get());
    issued.keyPem = contentOf(keyPem.get());
    return issued;
}

}  // namespace smartca::upstream
