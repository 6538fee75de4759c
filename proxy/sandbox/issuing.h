// Issues certificates the way a Vietnamese public CA does: UTF-8 subjects with UID=CCCD:/CMND:/MST: (OID
// 0.9.2342.19200300.100.1.1), serials of 16 octets beginning 54 01 01 as VNPT's do, key usage and identifiers
// by profile.
//
// Threads: no state; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "proxy/sandbox/crypto.h"
#include "shared/result.h"

namespace smartca::sandbox {

inline constexpr std::int64_t kDay = 86'400;  // seconds

// Attributes in the order of the encoding: {"C","VN"}, {"CN","Nguyễn Văn A"}, {"UID","CCCD:001099000001"}. A
// type may stand more than once. Known types: C ST L O OU T CN UID.
using Subject = std::vector<std::pair<std::string, std::string>>;

enum class Profile : std::uint8_t {
    Root,
    Intermediate,
    Subscriber,  // digitalSignature + nonRepudiation: signs documents
    TlsServer,   // for localhost, 127.0.0.1 and ::1
};

struct CertificateRequest {
    Profile profile = Profile::Subscriber;
    KeyKind key = KeyKind::Rsa2048;
    EVP_PKEY* readyKey = nullptr;  // used instead of a new one
    Subject subject;
    std::int64_t validFrom = 0;  // seconds since 1970-01-01T00:00:00Z
    std::int64_t validTo = 0;
    // What the serial number is derived from, so that a sandbox made anew shows the same serials; empty:
    // random.
    std::string serialStem;
    std::string serial;  // in hexadecimal; wins over the stem
};

// Makes a key and a certificate for it, signed by `issuer` with SHA-256; a null issuer makes a self-signed
// one. The error says in English what OpenSSL refused.
Result<Credential, std::string> issue(const CertificateRequest& request, const Credential* issuer);

}  // namespace smartca::sandbox
