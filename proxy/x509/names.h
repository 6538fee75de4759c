// Distinguished names and other texts of a certificate, as a person may be shown them: UTF-8 whatever the
// encoding was, NFC, bounded, and with nothing in them that shows nothing or turns the reading direction.
//
// Pure; any thread.
#pragma once

#include <openssl/asn1.h>
#include <openssl/x509.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/certificate_details.h"

namespace smartca::x509 {

// NFC, at most that many code points ("…" after them where something was cut), and U+FFFD in place of each
// control or invisible character and of bytes that are not UTF-8.
std::string shownText(std::string_view text, std::size_t maximumCodePoints);

CertificateName nameOf(const X509_NAME* name);
// The first common name, else the organisation, else the whole name.
std::string shortNameOf(const X509_NAME* name);

// The short name that OpenSSL knows, or the number: "1.2.3".
std::string objectName(const ASN1_OBJECT* object);

}  // namespace smartca::x509
