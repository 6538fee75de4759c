// The number a certificate is registered under at SmartCA: citizen card (CCCD), old identity card (CMND), passport or tax
// code (MST). VNPT takes it as free text and its own samples break every format (domain.md §5.1), so shapes are
// recognised and hinted at, and only emptiness, control characters and absurd length are errors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smartca {

enum class IdentityKind : std::uint8_t {
    Empty,
    CitizenCard,        // CCCD, 12 digits (also 12-digit CMND and, since 2025-07-01, a person's tax number)
    OldIdentityCard,    // CMND, 9 digits
    VietnamesePassport, // a letter and 7 or 8 digits
    ForeignPassport,    // 5 to 20 letters and digits
    TaxCode,            // MST, 10 digits with a check digit
    TaxCodeBranch,      // MST of a dependent unit, 10 digits, '-', 3 digits
    Unknown,
};

struct Identity {
    std::string canonical;  // what is sent upstream: ASCII where the input was recognisable, upper case, hyphen in a branch
    IdentityKind kind = IdentityKind::Empty;
};

// Folds full-width digits and letters, drops blanks, dots and invisible characters, unifies dashes, upper-cases, strips a
// pasted "CCCD:", "CMND:", "HC:" or "MST:" and classifies by shape. Never fails: what is not understood is kept.
Identity parseIdentity(std::string_view typed);

// The check digit of a tax code (decree 69/2024 and before; domain.md §5.3). `nine` are its first nine digits.
// Empty when no digit exists for that prefix.
std::optional<char> taxCodeCheckDigit(std::string_view nine);

// Which spellings to try at SmartCA, best first: a branch code with its hyphen, then without (domain.md U7).
std::string alternativeSpelling(const Identity& identity);  // empty when there is none

}  // namespace smartca
