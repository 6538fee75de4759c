// UTF-8 and ASCII helpers without the C library's locale. Offsets are bytes unless a name says otherwise.
// Every function takes any bytes at all and is linear in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smartca {

bool isUtf8(std::string_view text);                 // RFC 3629: no surrogates, no overlong forms
std::size_t codePointCount(std::string_view text);  // of valid UTF-8

// Decodes the code point at `offset` and moves it on; U+FFFD and one byte for anything invalid.
// Precondition: offset < text.size().
char32_t nextCodePoint(std::string_view text, std::size_t& offset);
void appendCodePoint(std::string& text, char32_t codePoint);

// The same text with U+FFFD for each byte that is not part of valid UTF-8.
std::string validUtf8(std::string_view text);

// The first `count` code points, with "…" after them when something was cut.
std::string shortenedTo(std::string_view text, std::size_t count);
// The same of a name, with "…" in place of its middle: those that begin alike are told apart by their end, and by the
// code behind " · ", which stays whole.
std::string withoutMiddle(std::string_view name, std::size_t count);
inline constexpr std::size_t kReadable = 40;  // as many of what may be long, in a sentence

// A control character (C0 but TAB, CR, LF where `lines` allows; C1), or one that shows nothing or turns the
// reading direction (Unicode's Default_Ignorable_Code_Point without the variation selectors; the soft hyphen
// is among them): they can make a text read as something it is not.
enum class LineBreaks : std::uint8_t { Forbidden, Allowed };
bool hasForbiddenCharacter(std::string_view text, LineBreaks lines);

// What people paste for an identifier, brought to ASCII where it has an ASCII look-alike: full-width forms
// (U+FF01-FF5E) become what they stand for, every kind of blank and line break becomes ' ', every kind of
// dash '-', and invisible characters (the list above) go away. The rest stays, invalid
// bytes as U+FFFD.
std::string foldedTyping(std::string_view typed);

std::string_view trimmed(std::string_view text);       // ASCII blanks and U+00A0
std::string_view withoutFrame(std::string_view text);  // quotes, brackets and marks around what is copied
bool isAsciiDigit(char c);
bool isAsciiLetter(char c);
char asciiLower(char c);
char asciiUpper(char c);

// Bytes as text (RFC 4648 §8 and §4, RFC 3986 §2.1), and strictly back: false for a character outside the
// alphabet, blanks, odd lengths, wrong padding and stray bits.
int hexadecimalValue(char c);                       // 0 to 15, or -1
std::string hexadecimalOf(std::string_view bytes);  // lower case
bool decodeHexadecimal(std::string_view text, std::string& bytes);
std::string base64Of(std::string_view bytes);  // padded
bool decodeBase64(std::string_view text, std::string& bytes);
std::string percentEncoded(std::string_view text);  // all but unreserved characters

}  // namespace smartca
