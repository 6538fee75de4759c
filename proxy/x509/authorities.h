// The authorities that the operator trusts to issue subscribers' certificates, and what building a chain to
// them comes to (RFC 5280 §6). Revocation is not looked up.
//
//   auto authorities = Authorities::load("ca.pem");
//   CertificateChain chain = authorities.value().verify(der, now);
//
// Threads: immutable once loaded; any.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "shared/calendar.h"
#include "shared/certificate_details.h"
#include "shared/result.h"

namespace smartca::x509 {

class Authorities {
  public:
    // Trusts no authority: every verdict is NotConfigured.
    Authorities();
    // PEM certificates. Self-signed ones (roots) are trusted; the others (intermediates) only help to build
    // chains to them. The error names the file and what to do.
    static Result<Authorities, std::string> load(const std::string& file);

    ~Authorities();
    Authorities(Authorities&&) noexcept;
    Authorities& operator=(Authorities&&) noexcept;

    // At that time. NotKept for no certificate at all; NotChecked for what OpenSSL does not take as one.
    CertificateChain verify(std::string_view der, Instant now) const;

  private:
    struct Store;
    std::unique_ptr<const Store> store_;  // null: none is trusted
};

// Those that count now: the operator may replace the file while certificates are verified.
//
// Threads: any.
class AuthorityShelf {
  public:
    std::shared_ptr<const Authorities> now() const {
        const std::lock_guard lock(mutex_);
        return current_;
    }
    void put(Authorities authorities) {
        auto next = std::make_shared<const Authorities>(std::move(authorities));
        const std::lock_guard lock(mutex_);
        current_ = std::move(next);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Authorities> current_ = std::make_shared<const Authorities>();
};

}  // namespace smartca::x509
