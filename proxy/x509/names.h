// The names in certificates (RFC 5280 §4.1.2.4), read octet by octet: OpenSSL's own reader refuses a whole
// certificate for one string that is not what it says. For the sources of this room alone. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/certificate_details.h"

namespace smartca::x509 {

struct Attribute {
    std::string type;            // the short name that OpenSSL knows, or the number: "CN", "1.2.3"
    std::string value;           // NFC; U+FFFD for what is no text in the encoding that it claims
    std::string written;         // the same as RFC 4514 has it
    bool joinsPrevious = false;  // both are one relative name
};
using Name = std::vector<Attribute>;  // as they stand in the certificate

// Of the DER of a whole Name; what cannot be read of it is left out.
Name readName(std::string_view der);

// The value of the first attribute of that type that shows anything, or empty.
std::string firstOf(const Name& name, std::string_view type);
// RFC 4514 text in UTF-8, as it is in the certificate.
std::string textOf(const Name& name);
// The whole name and its parts, each made to be shown.
CertificateName shownName(const Name& name);
// The first common name, else the organisation, else the whole name, made to be shown.
std::string shortNameOf(const Name& name);

// As a person may be shown it: NFC, at most that many code points ("…" after them where something was cut),
// and U+FFFD in place of each control or invisible character and of bytes that are not UTF-8.
std::string shownText(std::string_view text, std::size_t maximumCodePoints);

}  // namespace smartca::x509
