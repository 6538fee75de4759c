// Reads what a certificate says of itself (RFC 5280 §4) from its DER, which may be anything: what is not
// understood is a value, never an exception.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "shared/calendar.h"
#include "shared/certificate_details.h"

namespace smartca::x509 {

// What the list shows, read without decoding the public key (fields.h says why). Texts are those of
// the certificate, in NFC.
struct Summary {
    std::string serial;           // lower-case octets without leading zeros; "00" for zero
    bool isSerialRegular = true;  // as RFC 5280 §4.1.2.2 has it: above zero, at most 20 octets
    std::string commonName;       // the first CN of the subject that shows anything, else its O; may be empty
    std::string subject;          // RFC 4514 text, UTF-8
    std::string issuer;           // likewise
    Instant validFrom = 0;
    Instant validTo = 0;
    std::size_t size = 0;      // of the certificate; more octets may stand after it
    bool isAuthority = false;  // it says so (RFC 5280 §4.2.1.9)
};

// Nothing where the bytes do not begin with a certificate. Taken as they are, since certificates in use have
// them: serial numbers that RFC 5280 §4.1.2.2 forbids (zero, negative, longer than 20 octets), strings that
// break their type's rules, and octets after the certificate.
std::optional<Summary> readSummary(std::string_view der);

// Everything that is shown of one certificate, each text made to be shown. Likewise; an extension that is
// there and broken counts as absent: the verdict on the chain tells (authorities.h).
std::optional<CertificateContent> readContent(std::string_view der);

}  // namespace smartca::x509
