// A finding: something that the rules noticed about one field. Errors block the create, warnings never do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/field.h"
#include "shared/message.h"

namespace smartca {

enum class Severity : std::uint8_t { Error, Warning };
std::string_view nameOf(Severity severity);  // "error", "warning"

// The closed set of findings. Each has a JSON name (camelCase of its own name), a severity and a message.
enum class FindingCode : std::uint8_t {
    // any field
    Required,
    TooLong,      // {count}, {maximum}
    InvalidText,  // not UTF-8, or a control or invisible formatting character
    // identity (warn, never block, on an unknown shape: identity.h)
    IdentityUnknownShape,
    IdentityCheckDigit,        // {suggestion}: the code with the corrected digit
    IdentityCheckDigitNone,    // no check digit can make this prefix a tax code
    IdentityBranchUnassigned,  // branch suffix 000
    IdentityZerosDropped,      // {suggestion}: with the zeros that are missing in front
    IdentityZerosMaybe,        // {suggestion}: the same of a number that may be right as it is
    IdentityTwoReadings,  // {suggestion}: a CCCD with its zeros; {other}: a tax code with the right digit
    IdentityShortened,    // by a spreadsheet, to "1.099E+11"
    IdentityImpossible,   // nobody's number, whatever its kind
    // serial
    SerialNotHexadecimal,
    SerialTooLong,
    SerialZero,
    SerialLooksDecimal,     // {hexadecimal}: what it would be, read as a decimal number
    SerialRequired,         // {count}: certificates of this identity
    SerialNotRegistered,    // {count}, {serial}
    SerialMaybeUnreadable,  // {count}, {serial}: of so many not even the serial number could be read
    SerialShared,           // {serial}: two certificates of this identity, of two issuers, have it
    // secret key
    SecretKeyUndecodable,
    SecretKeyTooShort,
    SecretKeyTooLong,
    SecretKeyLooksOtherwise,  // base64 by its look, but maybe misread base32, or hexadecimal
    SecretKeyOtherCodes,      // from a link that wants codes of another kind
    // signature text
    PlaceholderUnknown,  // {name}
    PlaceholderUnnamed,  // braces with nothing between them
    PlaceholderUnclosed,
    SignatureTextMissing,   // the mode shows text and there is none
    SignatureImageMissing,  // the mode shows an image and there is none
    // signature image
    ImageNotPngOrJpeg,
    ImageTooLarge,       // {maximum}: bytes
    ImageTooManyPixels,  // {maximum}: pixels
    // known only with the upstreams
    UserUnknown,
    NoCertificate,  // SmartCA has none under this identity
    AllAlreadyOnList,
    CertificateExpired,       // {serial}, {date}: as dateInVietnam writes it
    BusinessAccountNeedsOne,  // how many certificates there are is not known yet
    PersonUnknown,            // SmartCA does not know this identity
    CertificateUnusable,      // {serial}, {status}: its JSON name; until Agreement::Unusable
    NoneUsable,               // {count}: "all" would add nothing
    CertificatesUnreadable,   // {count}: "all" would leave them out; until Agreement::Unreadable
    CertificateUnreadable,    // {serial}: it is there, and what SmartCA sends of it cannot be read
    ImageUndecodable,         // broken, or something else under an image's name
    FieldLocked,              // by the portal's server (prefill.h)
    Count,
};

struct Finding {
    Field field;
    FindingCode code;
    Arguments arguments{};
    bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

Severity severityOf(FindingCode code);
std::string_view nameOf(FindingCode code);  // "identityCheckDigit"
std::optional<FindingCode> findingCodeOfName(std::string_view name);
bool hasError(const Findings& findings);

// The sentence a person reads. For FindingCode::Required it names what is missing by field. Numbers among the
// arguments are plain ("1048576") in a finding and on the wire, and are written for the locale here.
std::string describe(Locale locale, const Finding& finding);

}  // namespace smartca
