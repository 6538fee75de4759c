// Reads what a certificate says of itself (RFC 5280 §4) from its DER, which may be anything: bounded, and
// what is not understood is a value, never an exception.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "shared/certificate_details.h"

namespace smartca::x509 {

// Nothing where the bytes are no certificate, more than 64 KiB, hold anything after it, or have a serial
// number that §4.1.2.2 forbids. An extension that is there and broken counts as absent: the verdict on the
// chain tells (authorities.h).
std::optional<CertificateContent> readContent(std::string_view der);

}  // namespace smartca::x509
