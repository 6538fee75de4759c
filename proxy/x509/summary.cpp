#include "proxy/x509/certificate.h"

#include <openssl/asn1.h>
#include <openssl/asn1t.h>
#include <openssl/x509.h>

#include <memory>

#include "proxy/x509/fields.h"

namespace smartca::x509 {
namespace {

// A certificate (RFC 5280 §4.1) with its public key left as bytes. OpenSSL's own X509 looks for a decoder
// for each key that it reads, which in OpenSSL 3.0 takes 0.1 ms a certificate, a third of all that a create
// computes; the key is shown nowhere.
struct KeyInfo {
    X509_ALGOR* algorithm;
    ASN1_BIT_STRING* key;
};
struct CertificateBody {
    ASN1_INTEGER* version;
    ASN1_INTEGER* serial;
    X509_ALGOR* signature;
    X509_NAME* issuer;
    X509_VAL* validity;
    X509_NAME* subject;
    KeyInfo* key;
    ASN1_BIT_STRING* issuerId;
    ASN1_BIT_STRING* subjectId;
    STACK_OF(X509_EXTENSION) * extensions;
};
struct SignedCertificate {
    CertificateBody* body;
    X509_ALGOR* algorithm;
    ASN1_BIT_STRING* signature;
};

// clang-format off
ASN1_SEQUENCE(KeyInfo) = {
    ASN1_SIMPLE(KeyInfo, algorithm, X509_ALGOR),
    ASN1_SIMPLE(KeyInfo, key, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(KeyInfo)

ASN1_SEQUENCE(CertificateBody) = {
    ASN1_EXP_OPT(CertificateBody, version, ASN1_INTEGER, 0),
    ASN1_SIMPLE(CertificateBody, serial, ASN1_INTEGER),
    ASN1_SIMPLE(CertificateBody, signature, X509_ALGOR),
    ASN1_SIMPLE(CertificateBody, issuer, X509_NAME),
    ASN1_SIMPLE(CertificateBody, validity, X509_VAL),
    ASN1_SIMPLE(CertificateBody, subject, X509_NAME),
    ASN1_SIMPLE(CertificateBody, key, KeyInfo),
    ASN1_IMP_OPT(CertificateBody, issuerId, ASN1_BIT_STRING, 1),
    ASN1_IMP_OPT(CertificateBody, subjectId, ASN1_BIT_STRING, 2),
    ASN1_EXP_SEQUENCE_OF_OPT(CertificateBody, extensions, X509_EXTENSION, 3),
} static_ASN1_SEQUENCE_END(CertificateBody)

ASN1_SEQUENCE(SignedCertificate) = {
    ASN1_SIMPLE(SignedCertificate, body, CertificateBody),
    ASN1_SIMPLE(SignedCertificate, algorithm, X509_ALGOR),
    ASN1_SIMPLE(SignedCertificate, signature, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(SignedCertificate)
    // clang-format on

    struct FreeCertificate {
    void operator()(SignedCertificate* certificate) const {
        ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(certificate), ASN1_ITEM_rptr(SignedCertificate));
    }
};
using Certificate = std::unique_ptr<SignedCertificate, FreeCertificate>;

std::optional<Summary> summaryOf(const CertificateBody& certificate) {
    const auto serial = serialOf(certificate.serial);
    const auto validFrom = instantOf(certificate.validity->notBefore);
    const auto validTo = instantOf(certificate.validity->notAfter);
    if (!serial || !validFrom || !validTo) return std::nullopt;
    const ASN1_STRING* commonName = attributeOf(certificate.subject, NID_commonName);
    return Summary{*serial,
                   commonName != nullptr ? utf8Of(commonName).value_or("") : "",
                   textOf(certificate.subject),
                   textOf(certificate.issuer),
                   *validFrom,
                   *validTo};
}

}  // namespace

std::optional<Summary> readSummary(std::string_view der) {
    const ErrorsCleared cleared;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* end = bytes;
    const Certificate certificate(reinterpret_cast<SignedCertificate*>(
        ASN1_item_d2i(nullptr, &end, static_cast<long>(der.size()), ASN1_ITEM_rptr(SignedCertificate))));
    if (!certificate || end != bytes + der.size()) return std::nullopt;
    return summaryOf(*certificate->body);
}

}  // namespace smartca::x509
