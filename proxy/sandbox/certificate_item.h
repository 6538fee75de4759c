// One item of user_certificates[], in the shape its identity asks for.
#pragma once

#include <cstdint>
#include <string>

#include "proxy/sandbox/vault.h"
#include "proxy/sandbox/wire.h"

namespace smartca::sandbox {

// The plan's status, or Expired for an active one whose time is over at `now`.
CertificateStatus statusOf(const RegisteredCertificate& certificate, std::int64_t now);

// cert_status in Vietnamese, and cert_status_code.
struct StatusWords {
    const char* text;
    const char* code;
};
StatusWords wordsOf(CertificateStatus status);

Json certificateItem(const Vault& vault, const RegisteredIdentity& identity,
                     const RegisteredCertificate& certificate, const std::string& transactionId,
                     std::int64_t now);

}  // namespace smartca::sandbox
