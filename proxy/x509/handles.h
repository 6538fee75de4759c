// OpenSSL's objects, owned. For the sources of this room alone.
#pragma once

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

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
inline X509Handle decoded(std::string_view der) {
    constexpr std::size_t kLongest = 64 * 1024;
    if (der.empty() || der.size() > kLongest) return nullptr;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* end = bytes;
    X509Handle certificate(d2i_X509(nullptr, &end, static_cast<long>(der.size())));
    return end == bytes + der.size() ? std::move(certificate) : nullptr;
}

}  // namespace smartca::x509
