// OpenSSL's objects, owned, and the fields that are read from certificates in one way. For the sources of
// this room alone. Pure; any thread.
#pragma once

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/calendar.h"
#include "shared/certificate_details.h"

namespace smartca::x509 {

template <class T, void (*free)(T*)>
struct Free {
    void operator()(T* object) const { free(object); }
};
struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeMemory {
    void operator()(void* memory) const { OPENSSL_free(memory); }
};
struct FreeCertificates {
    void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};

using Bio = std::unique_ptr<BIO, FreeBio>;
using BigNumber = std::unique_ptr<BIGNUM, Free<BIGNUM, BN_free>>;
using X509Handle = std::unique_ptr<X509, Free<X509, X509_free>>;
using X509Stack = std::unique_ptr<STACK_OF(X509), FreeCertificates>;
using StoreHandle = std::unique_ptr<X509_STORE, Free<X509_STORE, X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX, X509_STORE_CTX_free>>;
template <class T>
using OpenSslMemory = std::unique_ptr<T, FreeMemory>;

// A bad certificate leaves its reasons in this thread's queue, for the next TLS call to find.
struct ErrorsCleared {
    ErrorsCleared() = default;
    ErrorsCleared(const ErrorsCleared&) = delete;
    ErrorsCleared& operator=(const ErrorsCleared&) = delete;
    ~ErrorsCleared() { ERR_clear_error(); }
};

// Null where the bytes are no certificate, hold anything after it, or are more than any certificate needs.
X509Handle decoded(std::string_view der);

// Canonical (shared/serial.h); nothing for one that RFC 5280 §4.1.2.2 forbids: zero, negative, longer than 20
// octets.
std::optional<std::string> serialOf(const ASN1_INTEGER* number);
std::optional<Instant> instantOf(const ASN1_TIME* time);
// The short name that OpenSSL knows, or the number: "1.2.3".
std::string objectName(const ASN1_OBJECT* object);

// As UTF-8, whatever the encoding was. Nothing where it has no text.
std::optional<std::string> utf8Of(const ASN1_STRING* value);
// The value of the first attribute of that type, or null.
const ASN1_STRING* attributeOf(const X509_NAME* name, int nid);
// RFC 4514 text in UTF-8, as it is in the certificate.
std::string textOf(const X509_NAME* name);

// As a person may be shown it: NFC, at most that many code points ("…" after them where something was cut),
// and U+FFFD in place of each control or invisible character and of bytes that are not UTF-8.
std::string shownText(std::string_view text, std::size_t maximumCodePoints);
// The whole name and its parts, each made to be shown.
CertificateName nameOf(const X509_NAME* name);
// The first common name, else the organisation, else the whole name, made to be shown.
std::string shortNameOf(const X509_NAME* name);

}  // namespace smartca::x509
