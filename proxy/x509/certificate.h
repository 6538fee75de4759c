// Reads what a certificate says of itself (RFC 5280 §4) from its DER, which may be anything: what is not
// understood is a value, never an exception.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/calendar.h"
#include "shared/certificate_details.h"

namespace smartca::x509 {

// What the list shows, read without decoding the public key (summary.cpp says why). Texts are as they are in
// the certificate.
struct Summary {
    std::string serial;      // canonical (shared/serial.h)
    std::string commonName;  // the first CN of the subject; may be empty
    std::string subject;     // RFC 4514 text, UTF-8
    std::string issuer;      // likewise
    Instant validFrom = 0;
    Instant validTo = 0;
};

// Nothing where the bytes are no certificate, hold anything after it, or have a serial number that RFC 5280
// §4.1.2.2 forbids (zero, negative, longer than 20 octets).
std::optional<Summary> readSummary(std::string_view der);

// Everything that is shown of one certificate, each text made to be shown.

// Nothing where the bytes are no certificate, more than 64 KiB, hold anything after it, or have a serial
// number that §4.1.2.2 forbids. An extension that is there and broken counts as absent: the verdict on the
// chain tells (authorities.h).
std::optional<CertificateContent> readContent(std::string_view der);

}  // namespace smartca::x509
