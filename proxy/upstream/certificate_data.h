// A certificate as gateways write it into JSON.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace smartca::upstream {

// Takes base64 and base64url, with and without padding, blanks and line breaks of any kind (and "\n" in
// letters), hexadecimal, PEM, and base64 of any of these. `der` is what comes out of it, one PEM block after the other:
// whether those are certificates, x509 tells. False where it is none of these.
bool decodeCertificateData(std::string_view text, std::string& der);

}  // namespace smartca::upstream
