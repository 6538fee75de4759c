// The text of a visible signature: lines with placeholders that are filled when a document is signed.
//
//   Signed by: {{SubjectDN.CN}}
//   Signed on: {{SignTime}}
//
// Filling is a single pass: a value that contains "{{…}}" stays text. A missing value becomes empty, as in
// eContract's own " /  / " (its documentation does not say; its samples show it).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/message.h"

namespace smartca {

// The placeholders that eContract's API documents (users/smart-ca/add: SubjectDN.*, SignTime) and that its
// clients use (Name, SubjectDN, Reason), spelled exactly so.
std::span<const std::string_view> knownPlaceholders();

// A run of the text: literal characters, or one placeholder with its name (without braces).
struct SignatureTextPart {
    enum class Kind : std::uint8_t { Literal, KnownPlaceholder, UnknownPlaceholder } kind;
    std::string_view text;  // a view into the parsed text
};

struct ParsedSignatureText {
    std::vector<SignatureTextPart> parts;
    bool unclosed = false;  // a "{{" without its "}}"; kept as literal text
};

// A placeholder is the innermost "{{…}}", so "{{{SignTime}}}" is the placeholder between two literal braces.
// The views stay valid as long as the text does.
ParsedSignatureText parseSignatureText(std::string_view text);

// Fills known placeholders from the arguments (name without braces); unknown ones stay as they are written.
std::string fillSignatureText(std::string_view text, const Arguments& values);

// eContract stores CRLF line breaks, a text area has LF. A lone CR is a line break too.
std::string withLineFeeds(std::string_view text);
std::string withCarriageReturns(std::string_view text);

}  // namespace smartca
