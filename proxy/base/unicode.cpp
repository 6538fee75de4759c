#include "proxy/base/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "shared/text.h"

namespace smartca::base {
namespace {

std::optional<std::string> mapped(std::string_view text, int options) {
    if (text.empty()) return std::string();
    utf8proc_uint8_t* buffer = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &buffer,
                                   static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(buffer, std::free);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(size));
}

std::string withoutAccents(std::string_view text, int options) {
    // Have no decomposition, since the bar is part of the letter: đ, and what older fonts and converters have in its
    // place, which looks the same as a capital letter.
    constexpr std::string_view kDWithStroke[] = {"\u0111", "\u00F0", "\u0256"};
    auto result = mapped(text, options | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK)
                      .value_or(std::string());
    for (const std::string_view letter : kDWithStroke)
        for (auto at = result.find(letter); at != std::string::npos; at = result.find(letter, at))
            result.replace(at, letter.size(), "d");
    return result;
}

}  // namespace

std::optional<std::string> composed(std::string_view text) {
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::ranges::all_of(text, isAscii)) return std::string(text);  // composed already
    return mapped(text, UTF8PROC_COMPOSE);
}

std::string comparable(std::string_view text) {
    return mapped(text, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD).value_or(std::string());
}

std::string comparableWithoutAccents(std::string_view text) {
    return withoutAccents(text, 0);
}

std::string searchable(std::string_view text) {
    return withoutAccents(text, UTF8PROC_COMPAT | UTF8PROC_IGNORE);
}

std::string capitalized(std::string_view text) {
    const std::string normal = composed(text).value_or(std::string());
    std::string result;
    bool begins = true;
    for (std::size_t offset = 0; offset < normal.size();) {
        const auto letter = static_cast<utf8proc_int32_t>(nextCodePoint(normal, offset));
        const auto written = begins ? utf8proc_toupper(letter) : utf8proc_tolower(letter);
        appendCodePoint(result, static_cast<char32_t>(written));
        begins = letter == ' ';
    }
    return result;
}

std::string cleaned(std::string_view text, std::size_t maximumCodePoints) {
    std::string result;
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < text.size() && count < maximumCodePoints;) {
        const std::size_t start = offset;
        const char32_t codePoint = nextCodePoint(text, offset);
        const bool forbidden =
            hasForbiddenCharacter(text.substr(start, offset - start), LineBreaks::Forbidden);
        // With those of web pages and word processors, which look like a space.
        const bool blank = codePoint == U' ' || codePoint == U'\t' || codePoint == U'\r' ||
                           codePoint == U'\n' || codePoint == U'\u00a0' ||
                           (codePoint >= U'\u2000' && codePoint <= U'\u200a') || codePoint == U'\u202f' ||
                           codePoint == U'\u3000';
        if (blank && !result.empty() && result.back() != ' ') {
            result += ' ';
            ++count;
        } else if (!blank && !forbidden) {
            appendCodePoint(result, codePoint);
            ++count;
        }
    }
    return std::string(trimmed(result));
}

}  // namespace smartca::base
