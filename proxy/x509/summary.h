// What the list shows of a certificate, read from its DER without decoding its key (summary.cpp says why).
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/calendar.h"

namespace smartca::x509 {

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

}  // namespace smartca::x509
