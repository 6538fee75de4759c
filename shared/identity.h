// The number a certificate is registered under at SmartCA: citizen card (CCCD), old identity card (CMND),
// passport or tax code (MST). VNPT takes it as free text and its own samples break every format (the sample
// of the eContract API, users/smart-ca/add, has eleven digits), so shapes are recognised and hinted at, and
// only emptiness, control characters, absurd length and what isImpossibleNumber() tells are errors.
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

// Folds full-width digits and letters, drops blanks, dots, quotes, brackets and commas around it and invisible
// characters, unifies dashes, upper-cases, strips what people write before a number ("Số CCCD: …", "Mã số thuế …",
// "Passport No. …", and "CCCD:", "UID=MST:" or "VATVN-" as subjects have it) and classifies by shape. Without a colon a
// label goes only where the rest can be nothing but its number ("MST 0100684378"). Of what the code on a citizen card
// says ("001099000001|…|Nguyễn Văn A|…"), and of a number with a name behind it, the number is kept. Never fails: what
// is not understood is kept.
Identity parseIdentity(std::string_view typed);

// What is nobody's number, so that nobody need be asked about it: shorter than any that is known, the digits of two or
// more, without a digit, or with something else than ASCII.
bool isImpossibleNumber(std::string_view canonical);

// A number that a spreadsheet has shortened, "1.099E+11": the digits that it does not show are gone.
bool isShortenedNumber(std::string_view canonical);

// The number with the zeros back in front that a spreadsheet drops, where such a number is plausible: an old identity
// card, a tax code (or one with a suffix) whose check digit fits, or a CCCD of a known province and of somebody who
// may be alive. Empty where there is none, and where what was typed is the likelier by far.
//
//   withDroppedZeros(parseIdentity("1099000001"))   // "001099000001"
//   withDroppedZeros(parseIdentity("100684378"))    // "0100684378", unless it is an old identity card
std::string withDroppedZeros(const Identity& identity);

// Whether the first ten digits are a tax code as its check digit wants it.
bool hasRightCheckDigit(std::string_view code);

// Whether a tax office may have given a code that begins so: their series do not go far beyond the first of each
// province.
bool isTaxCodeSeries(std::string_view code);

// The check digit of a tax code: weights 31 29 23 19 17 13 7 5 3, ten less the sum modulo eleven. `nine` are
// its first nine digits. Empty when `nine` is not nine digits, or no single digit exists for that prefix.
std::optional<char> taxCodeCheckDigit(std::string_view nine);

// The other spelling to try at SmartCA when the canonical one is not found: a branch code without its hyphen.
// Which of the two SmartCA wants is not documented; certificates carry the hyphen. Empty when there is none.
std::string alternativeSpelling(const Identity& identity);

}  // namespace smartca
