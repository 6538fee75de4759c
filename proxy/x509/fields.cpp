#include "proxy/x509/fields.h"

#include <openssl/asn1t.h>

#include <array>
#include <ctime>

#include "shared/text.h"

namespace smartca::x509 {
namespace {

// A time without a zone, which RFC 5280 forbids and some certificates have, is UTC.
std::optional<Instant> instantOf(ASN1_TIME* time) {
    std::tm broken{};
    if (ASN1_TIME_to_tm(time, &broken) != 1) {
        const std::string zoned = std::string(octetsOf(time)) + 'Z';
        if (ASN1_STRING_set(time, zoned.data(), static_cast<int>(zoned.size())) != 1 ||
            ASN1_TIME_to_tm(time, &broken) != 1)
            return std::nullopt;
    }
    return ::timegm(&broken);
}

// Canonical (shared/serial.h), but for the numbers that RFC 5280 §4.1.2.2 forbids and asks to be handled
// gracefully: zero is "00", a negative one its octets, and a longer one as long as it is.
std::string serialOf(std::string_view octets) {
    octets.remove_prefix(std::min(octets.find_first_not_of('\0'), octets.size()));
    return octets.empty() ? "00" : hexadecimalOf(octets);
}

// clang-format off
ASN1_SEQUENCE(CertificateBody) = {
    ASN1_EXP_OPT(CertificateBody, version, ASN1_INTEGER, 0),
    // An INTEGER's octets as they are, whatever number they make.
    ASN1_EX_TYPE(ASN1_TFLG_IMPTAG | ASN1_TFLG_UNIVERSAL, V_ASN1_INTEGER, CertificateBody, serial,
                 ASN1_OCTET_STRING),
    ASN1_SIMPLE(CertificateBody, signature, X509_ALGOR),
    ASN1_SIMPLE(CertificateBody, issuer, ASN1_SEQUENCE),
    ASN1_SIMPLE(CertificateBody, validity, X509_VAL),
    ASN1_SIMPLE(CertificateBody, subject, ASN1_SEQUENCE),
    ASN1_SIMPLE(CertificateBody, key, ASN1_SEQUENCE),
    ASN1_IMP_OPT(CertificateBody, issuerId, ASN1_BIT_STRING, 1),
    ASN1_IMP_OPT(CertificateBody, subjectId, ASN1_BIT_STRING, 2),
    ASN1_EXP_OPT(CertificateBody, extensions, ASN1_SEQUENCE, 3),
} static_ASN1_SEQUENCE_END(CertificateBody)

ASN1_SEQUENCE(SignedCertificate) = {
    ASN1_SIMPLE(SignedCertificate, body, CertificateBody),
    ASN1_SIMPLE(SignedCertificate, algorithm, X509_ALGOR),
    ASN1_SIMPLE(SignedCertificate, signature, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(SignedCertificate)
// clang-format on

}  // namespace

void FreeCertificate::operator()(SignedCertificate* certificate) const {
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(certificate), ASN1_ITEM_rptr(SignedCertificate));
}

std::optional<Facts> readFacts(std::string_view der) {
    constexpr std::size_t kLongest = 256 * 1024;
    if (der.empty() || der.size() > kLongest) return std::nullopt;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* end = bytes;
    Facts facts;
    facts.certificate.reset(reinterpret_cast<SignedCertificate*>(
        ASN1_item_d2i(nullptr, &end, static_cast<long>(der.size()), ASN1_ITEM_rptr(SignedCertificate))));
    if (!facts.certificate) return std::nullopt;
    const CertificateBody& body = *facts.certificate->body;
    const auto validFrom = instantOf(body.validity->notBefore);
    const auto validTo = instantOf(body.validity->notAfter);
    if (!validFrom || !validTo) return std::nullopt;
    facts.der = der.substr(0, static_cast<std::size_t>(end - bytes));
    facts.serial = serialOf(octetsOf(body.serial));
    facts.subject = readName(octetsOf(body.subject));
    facts.issuer = readName(octetsOf(body.issuer));
    facts.validFrom = *validFrom;
    facts.validTo = *validTo;
    return facts;
}

std::string objectName(const ASN1_OBJECT* object) {
    const int nid = OBJ_obj2nid(object);
    if (nid != NID_undef) return OBJ_nid2sn(nid);
    std::array<char, 80> number{};
    OBJ_obj2txt(number.data(), static_cast<int>(number.size()), object, 1);
    return number.data();
}

std::string_view octetsOf(const ASN1_STRING* value) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
            static_cast<std::size_t>(ASN1_STRING_length(value))};
}

X509Extensions extensionsOf(const ASN1_STRING* list) {
    if (list == nullptr) return nullptr;
    const std::string_view der = octetsOf(list);
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return X509Extensions(d2i_X509_EXTENSIONS(nullptr, &at, static_cast<long>(der.size())));
}

}  // namespace smartca::x509
