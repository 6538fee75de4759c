// UTF-8 and ASCII helpers without the C library's locale. Offsets are bytes unless a name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smartca {

bool isUtf8(std::string_view text);                    // RFC 3629: no surrogates, no overlong forms
std::size_t codePointCount(std::string_view text);     // of valid UTF-8

// Decodes the code point at `offset` and moves it on; U+FFFD and one byte for anything invalid.
char32_t nextCodePoint(std::string_view text, std::size_t& offset);
void appendCodePoint(std::string& text, char32_t codePoint);

// A control character (C0 but TAB, CR, LF where `lines` allows; C1), or one that is invisible or turns the reading
// direction (U+200B-200F, 202A-202E, 2060-2069, FEFF, 061C): they can make a text read as something it is not.
enum class LineBreaks : std::uint8_t { Forbidden, Allowed };
bool hasForbiddenCharacter(std::string_view text, LineBreaks lines);

std::string_view trimmed(std::string_view text);       // ASCII blanks and U+00A0
bool isAsciiDigit(char c);
char asciiLower(char c);
std::string base64Of(std::string_view bytes);          // RFC 4648 §4, padded
bool decodeBase64(std::string_view text, std::string& bytes);  // strict: alphabet, padding, no blanks

}  // namespace smartca
