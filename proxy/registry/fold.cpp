#include "proxy/registry/fold.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "shared/text.h"

namespace smartca::registry {
namespace {

// "đ" has no decomposition in Unicode: the bar is part of the letter. People type "d".
constexpr std::string_view kDWithStroke = "\xC4\x91";

struct Free {
    void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

bool isSeparator(char c) {
    return c == ' ' || c == '-' || c == '.' || c == ':' || c == '+' || c == '(' || c == ')';
}

bool isHexadecimal(char c) {
    return isAsciiDigit(c) || (c >= 'a' && c <= 'f');
}

std::string withoutSeparators(std::string text) {
    std::erase_if(text, isSeparator);
    return text;
}

// "54:01:0a" and "0919.000.111" are numbers, "be-da" and "an" are not: at least one decimal digit must be
// there.
bool isNumber(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return isHexadecimal(c) || isSeparator(c); }) &&
           std::ranges::any_of(word, isAsciiDigit);
}

std::string validUtf8(std::string_view text) {
    std::string valid;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const char32_t codePoint = nextCodePoint(text, offset);
        const bool invalid = codePoint == 0xFFFD && offset - start == 1;
        if (!invalid && codePoint != 0) valid.append(text.substr(start, offset - start));
    }
    return valid;
}

void replaceStrokedD(std::string& text) {
    for (auto at = text.find(kDWithStroke); at != std::string::npos; at = text.find(kDWithStroke, at)) {
        text.replace(at, kDWithStroke.size(), "d");
    }
}

std::string withSingleBlanks(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (!blank) {
            result += c;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

}  // namespace

std::string folded(std::string_view text) {
    const std::string valid = validUtf8(text);
    constexpr auto kOptions = static_cast<utf8proc_option_t>(
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                                   static_cast<utf8proc_ssize_t>(valid.size()), &mapped, kOptions);
    if (size < 0) return withSingleBlanks(valid);  // out of memory only: the input is valid
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(mapped);
    std::string result(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
    replaceStrokedD(result);
    return withSingleBlanks(result);
}

std::string foldedNumber(std::string_view text) {
    return withoutSeparators(folded(text));
}

std::string searchKey(std::initializer_list<std::string_view> folded) {
    std::string key;
    for (const auto text : folded) {
        if (text.empty()) continue;
        key += ' ';
        key += text;
    }
    return key;
}

// Each one is looked for in each row; no name has more words that would narrow a search down.
constexpr std::size_t kMostNeedles = 8;

std::vector<std::string> searchNeedles(std::string_view search) {
    std::vector<std::string> needles;
    const std::string text = folded(search);
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        std::string word = text.substr(start, end - start);
        std::string needle = isNumber(word) ? withoutSeparators(std::move(word)) : ' ' + word;
        if (std::find(needles.begin(), needles.end(), needle) == needles.end())
            needles.push_back(std::move(needle));
        if (needles.size() == kMostNeedles) break;
        start = end + 1;
    }
    return needles;
}

}  // namespace smartca::registry
