// Fields that whoever reads a certificate reads in the same way. For the sources of this room alone.
#pragma once

#include <openssl/asn1.h>

#include <optional>
#include <string>

#include "shared/calendar.h"

namespace smartca::x509 {

// Canonical (shared/serial.h); nothing for one that RFC 5280 §4.1.2.2 forbids: zero, negative, longer than 20
// octets.
std::optional<std::string> serialOf(const ASN1_INTEGER* number);

std::optional<Instant> instantOf(const ASN1_TIME* time);

}  // namespace smartca::x509
