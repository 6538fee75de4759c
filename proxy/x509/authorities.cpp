#include "proxy/x509/authorities.h"

#include <openssl/pem.h>

#include <cerrno>
#include <utility>

#include "proxy/x509/fields.h"

namespace smartca::x509 {
namespace {

// Of OpenSSL's levels (SSL_CTX_set_security_level(3)): no MD5, no SHA-1, no RSA below 1024 bits. A root's own
// signature does not count: it is trusted for being named, not for being signed.
constexpr int kSecurityLevel = 1;
constexpr int kDeepest = 8;

ChainVerdict verdictOf(int error, int depth) {
    switch (error) {
        case X509_V_OK:
            return ChainVerdict::Verified;
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return depth == 0 ? ChainVerdict::Expired : ChainVerdict::IssuerNotValid;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return depth == 0 ? ChainVerdict::NotYetValid : ChainVerdict::IssuerNotValid;
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return ChainVerdict::IssuerUnknown;
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return ChainVerdict::SelfSigned;
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
            return ChainVerdict::SignatureWrong;
        case X509_V_ERR_CA_MD_TOO_WEAK:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_EE_KEY_TOO_SMALL:
            return ChainVerdict::Weak;
        default:
            return ChainVerdict::RuleBroken;
    }
}

// Null where OpenSSL does not take it.
X509Handle decoded(std::string_view der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return X509Handle(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

std::string shortNameOf(const X509_NAME* name) {
    const unsigned char* der = nullptr;
    std::size_t size = 0;
    if (X509_NAME_get0_der(name, &der, &size) != 1) return {};
    return shortNameOf(readName({reinterpret_cast<const char*>(der), size}));
}

}  // namespace

struct Authorities::Store {
    StoreHandle trusted;
    X509Stack helping;
};

Authorities::Authorities() = default;
Authorities::~Authorities() = default;
Authorities::Authorities(Authorities&&) noexcept = default;
Authorities& Authorities::operator=(Authorities&&) noexcept = default;

Result<Authorities, std::string> Authorities::load(const std::string& file) {
    const ErrorsCleared errors;
    const Bio bio(BIO_new_file(file.c_str(), "r"));
    auto store = std::make_unique<Store>();
    store->trusted.reset(X509_STORE_new());
    store->helping.reset(sk_X509_new_null());
    if (!bio || !store->trusted || !store->helping)
        return file + " cannot be read; name a file with the authorities' certificates in PEM";
    int roots = 0;
    while (X509Handle certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (X509_self_signed(certificate.get(), 1) == 1) {
            ++roots;
            X509_STORE_add_cert(store->trusted.get(), certificate.get());
            continue;
        }
        X509* const helping = certificate.release();
        if (sk_X509_push(store->helping.get(), helping) <= 0) X509_free(helping);
    }
    const auto last = ERR_peek_last_error();
    if (last != 0 && ERR_GET_REASON(last) != PEM_R_NO_START_LINE)
        return file + " holds a certificate that cannot be read; name a file with whole certificates in PEM";
    if (roots == 0)
        return file +
               " holds no self-signed root certificate; a chain has to end in one, so add it to the file";
    Authorities authorities;
    authorities.store_ = std::move(store);
    return authorities;
}

CertificateChain Authorities::verify(std::string_view der, Instant now) const {
    const ErrorsCleared errors;
    CertificateChain chain;
    chain.verdict = ChainVerdict::NotKept;
    if (der.empty()) return chain;
    chain.verdict = ChainVerdict::NotConfigured;
    if (!store_) return chain;
    chain.verdict = ChainVerdict::NotChecked;
    const X509Handle certificate = decoded(der);
    const StoreContext context(X509_STORE_CTX_new());
    if (!certificate || !context ||
        X509_STORE_CTX_init(context.get(), store_->trusted.get(), certificate.get(), store_->helping.get()) !=
            1)
        return chain;
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, now);
    X509_VERIFY_PARAM_set_depth(rules, kDeepest);
    X509_VERIFY_PARAM_set_auth_level(rules, kSecurityLevel);
    const bool verified = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    if (!verified && error == X509_V_OK) return chain;  // it could not be done, for want of memory say
    chain.verdict = verdictOf(error, X509_STORE_CTX_get_error_depth(context.get()));
    STACK_OF(X509)* path = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(path); ++i)
        chain.path.push_back(shortNameOf(X509_get_subject_name(sk_X509_value(path, i))));
    if (chain.verdict == ChainVerdict::IssuerUnknown && sk_X509_num(path) > 0)
        chain.missingIssuer = shortNameOf(X509_get_issuer_name(sk_X509_value(path, sk_X509_num(path) - 1)));
    return chain;
}

}  // namespace smartca::x509
