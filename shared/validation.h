// The rules of the form: the very same code tells a person while they type and refuses a request at the
// proxy.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api.h"
#include "shared/certificate_status.h"
#include "shared/defaults.h"
#include "shared/draft.h"
#include "shared/finding.h"

namespace smartca {

struct Limits {
    std::size_t imageBytes = 1024 * 1024;
    int imagePixels = 4'000'000;
};

// What SmartCA said of the draft's identity, as far as the rules look at it. Serials are canonical; two
// certificates may have the same, of two issuers.
struct RegisteredSerial {
    std::string serial{};
    CertificateStatus status = CertificateStatus::Active;
    bool isShared = false;  // by markShared()
};
struct Registered {
    std::vector<RegisteredSerial> certificates{};
    std::vector<std::string> unreadable{};  // their serials; empty where none is known
    bool personUnknown = false;
};
Registered registeredOf(const LookupAnswer& answer);
// Finds those whose serial number another one has, too: once for an answer, not for each key that is typed.
void markShared(std::vector<RegisteredSerial>& certificates);

// The serials that the draft picks, canonical, each once; empty: all. What is no serial is left out.
std::vector<std::string> pickedSerials(const Draft& draft);

// What is known beyond the draft. Unknown things produce no finding.
struct ValidationContext {
    Limits limits;
    // Once a look-up told. Until then no certificate is missed; a business account without a serial gets a
    // warning instead of an error.
    std::shared_ptr<const Registered> registered{};
    // The signature that would result (resolveSignature of this draft), once the settings are known.
    std::optional<ResolvedSignature> signature{};
};

// Findings in the field table's order; errors of a field before its warnings. Deterministic, and linear in
// the draft. Where the business account is off, what may still stand in its password and secret key is not
// looked at: it is not sent.
Findings validate(const Draft& draft, const ValidationContext& context);

// PNG and JPEG by their first bytes, with the dimensions their headers give. Nothing is decoded.
struct ImageHeader {
    const char* mediaType;
    int width;
    int height;
};
std::optional<ImageHeader> readImageHeader(std::string_view bytes);

// ---- the name that a certificate has on the list: a nickname, or none, and then its own common name is
// shown

inline constexpr std::size_t kLongestCertificateName = 200;  // code points

// What a typed name comes to: without blanks around it; empty, which takes the nickname away, where it shows
// nothing but blanks.
std::string certificateNameOf(std::string_view typed);

// TooLong or InvalidText (not UTF-8, or a control or invisible character), or nothing. Of what
// certificateNameOf() gives; the field is Form.
std::optional<Finding> faultOfCertificateName(std::string_view name);

}  // namespace smartca
