// The number a certificate is registered under at SmartCA: citizen card (CCCD), old identity card (CMND),
// passport or tax code (MST). VNPT takes it as free text and its own samples break every format (the sample
// of the eContract API, users/smart-ca/add, has eleven digits), so shapes are recognised and hinted at, and
// only emptiness, control characters and absurd length are errors.
//
//   Identity identity = parseIdentity(" mst: 0100686209–199 ");   // "0100686209-199", TaxCodeBranch
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smartca {

enum class IdentityKind : std::uint8_t {
    Empty,
    CitizenCard,         // CCCD, 12 digits (also 12-digit CMND and, since 2025-07-01, a person's tax number)
    OldIdentityCard,     // CMND, 9 digits
    VietnamesePassport,  // a letter and 7 or 8 digits
    ForeignPassport,  // 5 to 20 letters and digits, at least one letter; a letter first when longer than the
                      // nine characters a passport's machine-readable zone holds (ICAO 9303), since that is
                      // more likely a card number with a slip of the finger
    TaxCode,          // MST, 10 digits with a check digit
    TaxCodeBranch,    // MST of a dependent unit, 10 digits, '-', 3 digits
    Unknown,
};

struct Identity {
    std::string canonical;  // what is sent upstream: valid UTF-8, ASCII where the input was recognisable,
                            // upper case, hyphen in a branch
    IdentityKind kind = IdentityKind::Empty;
};

// Folds full-width digits and letters, drops blanks, dots and invisible characters, unifies dashes,
// upper-cases, strips a pasted "CCCD:", "CMND:", "HC:" or "MST:" (as subjects write it in UID, with or
// without "UID=") and classifies by shape. The colon may be missing where the rest can be nothing else ("MST
// 0100684378"). Never fails: what is not understood is kept.
Identity parseIdentity(std::string_view typed);

// The check digit of a tax code: weights 31 29 23 19 17 13 7 5 3, ten less the sum modulo eleven. `nine` are
// its first nine digits. Empty when `nine` is not nine digits, or no single digit exists for that prefix.
std::optional<char> taxCodeCheckDigit(std::string_view nine);

// The other spelling to try at SmartCA when the canonical one is not found: a branch code without its hyphen.
// Which of the two SmartCA wants is not documented; certificates carry the hyphen. Empty when there is none.
std::string alternativeSpelling(const Identity& identity);

}  // namespace smartca
