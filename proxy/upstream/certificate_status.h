// Whether a certificate may be used, by the words, numbers and codes that SmartCA and eContract have for it.
// Neither publishes them, so that every spelling that is known to be in use is read, and no other.
//
// Pure; any thread.
#pragma once

#include <string_view>

#include "shared/certificate_status.h"

namespace smartca::upstream {

// `code` as "VALID" or "1", `words` as "Đang hoạt động": in Vietnamese with or without accents, in English, in
// the words of the CSC API, as a number, in whatever case. Where both are given, and where one says two things,
// the worse counts. Active where neither says anything: the dates decide then. Unknown is what
// is not understood, and what is said to be not active without a reason, as "0" or "INACTIVE".
CertificateStatus statusOfWords(std::string_view code, std::string_view words);

}  // namespace smartca::upstream
