// Whether a certificate may be used, by the words, numbers and codes that SmartCA and eContract have for it.
// Neither publishes them. The phrases that are known to be in use are read; a known word beside one that denies it,
// asks for it or puts it into another time says nothing certain, and is unknown. So is "active" beside a word that is not
// known: whatever else may be meant, a certificate is not to pass for one that can be used.
//
// Pure; any thread.
#pragma once

#include <string_view>

#include "shared/certificate_status.h"

namespace smartca::upstream {

// `code` as "VALID" or "1", `words` as "Đang hoạt động": in Vietnamese with or without accents, in English, in
// the words of the CSC API, as a number, in whatever case. Where both are given, the worse counts; a code that is not
// known, as -1, leaves it to the words. Active where neither says anything: the dates decide then. Unknown is what is not understood, what contradicts itself, as
// "active (revoked)", what is still to come, as "revocation requested", and what is said to be not active without
// a reason, as "0" or "INACTIVE".
CertificateStatus statusOfWords(std::string_view code, std::string_view words);

// Of two that are said of one certificate.
CertificateStatus worse(CertificateStatus one, CertificateStatus other);

}  // namespace smartca::upstream
