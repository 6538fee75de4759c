#include "proxy/upstream/x509_details.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "shared/serial.h"

namespace smartca::upstream {
namespace {

template <class T, void (*free)(T*)>
struct Free {
    void operator()(T* object) const { free(object); }
};
struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeByOpenSsl {
    void operator()(void* memory) const { OPENSSL_free(memory); }
};
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Free<BIGNUM, BN_free>>;
using Bio = std::unique_ptr<BIO, FreeBio>;
template <class T>
using OpenSslMemory = std::unique_ptr<T, FreeByOpenSsl>;

// RFC 2253 as OpenSSL has it, except that letters beyond ASCII stay UTF-8 instead of becoming "\C3\A0".
constexpr unsigned long kNameFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);

std::optional<std::string> serialOf(const X509* certificate) {
    const BigNumber number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    if (!number || BN_is_negative(number.get()) != 0) return std::nullopt;
    const OpenSslMemory<char> hexadecimal(BN_bn2hex(number.get()));
    if (!hexadecimal) return std::nullopt;
    const auto serial = parseSerial(hexadecimal.get());
    if (!serial || serial.value().hexadecimal.empty()) return std::nullopt;
    return serial.value().hexadecimal;
}

std::string textOf(const X509_NAME* name) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, kNameFlags) < 0) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string commonNameOf(const X509_NAME* name) {
    const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (index < 0) return {};
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (size < 0) return {};
    const OpenSslMemory<unsigned char> owner(utf8);
    return {reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)};
}

std::optional<Instant> instantOf(const ASN1_TIME* time) {
    std::tm broken{};
    if (ASN1_TIME_to_tm(time, &broken) != 1) return std::nullopt;
    return ::timegm(&broken);
}

std::optional<CertificateDetails> detailsOf(const X509* certificate) {
    const auto serial = serialOf(certificate);
    const auto validFrom = instantOf(X509_get0_notBefore(certificate));
    const auto validTo = instantOf(X509_get0_notAfter(certificate));
    if (!serial || !validFrom || !validTo) return std::nullopt;
    const X509_NAME* subject = X509_get_subject_name(certificate);
    return CertificateDetails{*serial,         commonNameOf(subject),
                              textOf(subject), textOf(X509_get_issuer_name(certificate)),
                              *validFrom,      *validTo};
}

}  // namespace

std::optional<CertificateDetails> readCertificate(std::string_view der) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* end = bytes;
    const Certificate certificate(d2i_X509(nullptr, &end, static_cast<long>(der.size())));
    std::optional<CertificateDetails> details;
    if (certificate && end == bytes + der.size()) details = detailsOf(certificate.get());
    ERR_clear_error();  // a bad certificate leaves its reasons in this thread's queue, for the next TLS call
                        // to find
    return details;
}

}  // namespace smartca::upstream
