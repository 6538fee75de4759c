// OpenSSL's objects, owned, and the fields that are read from certificates in one way. For the sources of
// this room alone. Pure; any thread.
#pragma once

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/x509/names.h"
#include "shared/calendar.h"

namespace smartca::x509 {

template <class T, void (*free)(T*)>
struct Free {
    void operator()(T* object) const { free(object); }
};
struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeCertificates {
    void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};

using Bio = std::unique_ptr<BIO, FreeBio>;
struct FreeExtensions {
    void operator()(X509_EXTENSIONS* list) const { sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free); }
};

using X509Handle = std::unique_ptr<X509, Free<X509, X509_free>>;
using X509Extensions = std::unique_ptr<X509_EXTENSIONS, FreeExtensions>;
using X509Stack = std::unique_ptr<STACK_OF(X509), FreeCertificates>;
using StoreHandle = std::unique_ptr<X509_STORE, Free<X509_STORE, X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX, X509_STORE_CTX_free>>;

// A bad certificate leaves its reasons in this thread's queue, for the next TLS call to find.
struct ErrorsCleared {
    ErrorsCleared() = default;
    ErrorsCleared(const ErrorsCleared&) = delete;
    ErrorsCleared& operator=(const ErrorsCleared&) = delete;
    ~ErrorsCleared() { ERR_clear_error(); }
};

// A certificate (RFC 5280 §4.1) with what may be wrong in it left as octets: its serial number, its names, its
// extensions. So is its public key: OpenSSL's own X509 looks for a decoder for each key that it reads, which in
// OpenSSL 3.0 takes 0.1 ms a certificate, a third of all that a create computes; lists show it nowhere.
struct CertificateBody {
    ASN1_INTEGER* version;
    ASN1_OCTET_STRING* serial;
    X509_ALGOR* signature;
    ASN1_STRING* issuer;
    X509_VAL* validity;
    ASN1_STRING* subject;
    ASN1_STRING* key;
    ASN1_BIT_STRING* issuerId;
    ASN1_BIT_STRING* subjectId;
    ASN1_STRING* extensions;  // null: none
};
struct SignedCertificate {
    CertificateBody* body;
    X509_ALGOR* algorithm;
    ASN1_BIT_STRING* signature;
};
struct FreeCertificate {
    void operator()(SignedCertificate* certificate) const;
};

// What both readers begin with.
struct Facts {
    std::unique_ptr<SignedCertificate, FreeCertificate> certificate;
    std::string_view der;  // without what stands after the certificate
    std::string serial;
    Name subject;
    Name issuer;
    Instant validFrom = 0;
    Instant validTo = 0;
};
// Nothing where the bytes are no certificate, or are more than any certificate needs.
std::optional<Facts> readFacts(std::string_view der);

// The short name that OpenSSL knows, or the number: "1.2.3".
std::string objectName(const ASN1_OBJECT* object);
std::string_view octetsOf(const ASN1_STRING* value);
// Null where there are none, or they are broken.
X509Extensions extensionsOf(const ASN1_STRING* list);

}  // namespace smartca::x509
