// The text of a visible signature: lines with placeholders that are filled when a document is signed.
//
//   Signed by: {{SubjectDN.CN}}
//   Signed on: {{SignTime}}
//
// Filling is a single pass: a value that contains "{{…}}" stays text. A missing value becomes empty (domain.md §1.3).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/message.h"

namespace smartca {

// The placeholders eContract documents or is seen to use (domain.md §1.3).
std::span<const std::string_view> knownPlaceholders();

// A run of the text: literal characters, or one placeholder with its name (without braces).
struct SignatureTextPart {
    enum class Kind { Literal, KnownPlaceholder, UnknownPlaceholder } kind;
    std::string_view text;  // a view into the parsed text
};

struct ParsedSignatureText {
    std::vector<SignatureTextPart> parts;
    bool unclosed = false;  // a "{{" without its "}}"; kept as literal text
};

// The views stay valid as long as the text does.
ParsedSignatureText parseSignatureText(std::string_view text);

// Fills known placeholders from the arguments (name without braces); unknown ones stay as they are written.
std::string fillSignatureText(std::string_view text, const Arguments& values);

// Stored text has CRLF line breaks (domain.md §1.3), a textarea has LF.
std::string withLineFeeds(std::string_view text);
std::string withCarriageReturns(std::string_view text);

}  // namespace smartca
