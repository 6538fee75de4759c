// The authorities that an upstream's certificate is verified with, parsed once and shared by all connections:
// reading the system's bundle takes tens of milliseconds.
//
// Threads: immutable once loaded; any.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "shared/result.h"

namespace smartca::upstream {

class TrustStore {
  public:
    // A PEM bundle, or the system's where the path is empty. The error names the file.
    static Result<TrustStore, std::string> load(const std::string& caFile);

    // Makes the handshake itself fail unless the other side proves to be `host` (a name or an address), with
    // TLS 1.2 or newer. False when OpenSSL refuses the settings: the context must not be used then.
    bool applyTo(SSL_CTX* context, const std::string& host) const;

  private:
    explicit TrustStore(std::shared_ptr<X509_STORE> store) : store_(std::move(store)) {}
    std::shared_ptr<X509_STORE> store_;
};

}  // namespace smartca::upstream
