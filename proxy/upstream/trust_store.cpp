#include "proxy/upstream/trust_store.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "proxy/base/file.h"

namespace smartca::upstream {
Result<TrustStore, std::string> TrustStore::load(const std::string& caFile) {
    std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
    const bool loaded = store && (caFile.empty() ? X509_STORE_set_default_paths(store.get()) == 1
                                                 : X509_STORE_load_file(store.get(), caFile.c_str()) == 1);
    ERR_clear_error();
    if (!loaded && caFile.empty())
        return std::string(
            "the system's certificate authorities cannot be read; install them (Debian: ca-certificates)");
    if (!loaded)
        return "the CA file " + caFile +
               (base::readFile(caFile) ? " holds no PEM certificate" : " cannot be read") +
               "; name the certificate of the authority that signed the gateway's";
    return TrustStore(std::move(store));
}

bool TrustStore::applyTo(SSL_CTX* context, const std::string& host) const {
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) return false;
    SSL_CTX_set1_cert_store(context, store_.get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    X509_VERIFY_PARAM* expected = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return true;  // an address
    ERR_clear_error();
    return X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size()) == 1;
}

}  // namespace smartca::upstream
