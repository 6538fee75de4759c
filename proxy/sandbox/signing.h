// The signatures and one-time codes behind /signatures/*. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proxy/sandbox/crypto.h"

namespace smartca::sandbox {

// Signs a hash of 20, 32, 48 or 64 octets (SHA-1, SHA-256, SHA-384, SHA-512): PKCS#1 v1.5 with an RSA key, a
// DER ECDSA-Sig-Value with an EC key. Empty for a hash of another length.
std::string signHash(EVP_PKEY* key, std::string_view hash);

// RFC 6238 with HMAC-SHA-1, 30 s, 6 digits.
std::string totpAt(std::string_view key, std::int64_t secondsSince1970);
// Accepts the code of now and of one step before and after (RFC 6238 §5.2).
bool totpMatches(std::string_view key, std::string_view code, std::int64_t now);

// A JWT (RFC 7519) signed with HMAC-SHA-256 under a key of this process: opaque to the SP, as SmartCA's `sad`
// is.
std::string signedToken(const std::string& claims, std::string_view key);

}  // namespace smartca::sandbox
