#include "shared/text.h"

#include <algorithm>
#include <iterator>

namespace smartca {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Length of the valid UTF-8 sequence at `offset` (RFC 3629 §4), or 0.
std::size_t sequenceLength(std::string_view text, std::size_t offset) {
    const auto byteAt = [&](std::size_t index) -> unsigned {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto continues = [&](std::size_t index) { return (byteAt(index) & 0xC0U) == 0x80U; };
    const unsigned first = byteAt(offset);
    const unsigned second = byteAt(offset + 1);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return continues(offset + 1) ? 2 : 0;
    if (first < 0xF0) {
        if (first == 0xE0 && second < 0xA0) return 0;  // overlong
        if (first == 0xED && second > 0x9F) return 0;  // surrogates
        return continues(offset + 1) && continues(offset + 2) ? 3 : 0;
    }
    if (first == 0xF0 && second < 0x90) return 0;  // overlong
    if (first == 0xF4 && second > 0x8F) return 0;  // beyond U+10FFFF
    return continues(offset + 1) && continues(offset + 2) && continues(offset + 3) ? 4 : 0;
}

// Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) but for the variation selectors, which
// belong to a visible character; and the interlinear annotations, which show nothing either.
bool isInvisible(char32_t c) {
    struct Range {
        char32_t first;
        char32_t last;
    };
    static constexpr Range kRanges[] = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},   {0x115F, 0x1160},
        {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},
        {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}};
    if (c < kRanges[0].first) return false;
    return std::any_of(std::begin(kRanges), std::end(kRanges),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool isBlank(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

bool isDash(char32_t c) {
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0x2043;
}

constexpr char kBase64Alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64Value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (isAsciiDigit(c)) return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

}  // namespace

bool isUtf8(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        // ASCII, mostly: certificates in base64 are long.
        const std::size_t length =
            static_cast<unsigned char>(text[offset]) < 0x80 ? 1 : sequenceLength(text, offset);
        if (length == 0) return false;
        offset += length;
    }
    return true;
}

std::size_t codePointCount(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

char32_t nextCodePoint(std::string_view text, std::size_t& offset) {
    const std::size_t length = sequenceLength(text, offset);
    if (length == 0) {
        ++offset;
        return kReplacement;
    }
    constexpr unsigned kLeadBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t codePoint = static_cast<unsigned char>(text[offset]) & kLeadBits[length];
    for (std::size_t i = 1; i < length; ++i)
        codePoint = (codePoint << 6U) | (static_cast<unsigned char>(text[offset + i]) & 0x3FU);
    offset += length;
    return codePoint;
}

void appendCodePoint(std::string& text, char32_t codePoint) {
    const auto put = [&](char32_t byte) {
        text.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) codePoint = kReplacement;
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0 | (codePoint >> 6U));
        put(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        put(0xE0 | (codePoint >> 12U));
        put(0x80 | ((codePoint >> 6U) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    } else {
        put(0xF0 | (codePoint >> 18U));
        put(0x80 | ((codePoint >> 12U) & 0x3F));
        put(0x80 | ((codePoint >> 6U) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    }
}

std::string validUtf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();)
        appendCodePoint(valid, nextCodePoint(text, offset));
    return valid;
}

std::string shortenedTo(std::string_view text, std::size_t count) {
    std::string shortened;
    std::size_t offset = 0;
    for (; offset < text.size() && count > 0; --count)
        appendCodePoint(shortened, nextCodePoint(text, offset));
    if (offset < text.size()) shortened += "…";
    return shortened;
}

std::string withoutMiddle(std::string_view name, std::size_t count) {
    std::string text = validUtf8(name);
    if (codePointCount(text) <= count) return text;
    std::size_t end = std::min(text.rfind(" · "), text.size());
    const std::size_t code = codePointCount(std::string_view(text).substr(end));
    if (code < count)
        count -= code;
    else
        end = text.size();
    const auto offsetOf = [&text](std::size_t codePoints) {
        std::size_t offset = 0;
        for (; codePoints > 0; --codePoints)
            nextCodePoint(text, offset);
        return offset;
    };
    const std::size_t kept = count * 2 / 5;  // of the end; as whole words, if it has some
    std::size_t head = offsetOf(count - kept),
                tail = offsetOf(codePointCount(std::string_view(text).substr(0, end)) - kept);
    if (const std::size_t blank = text.find(' ', tail); blank < end) tail = blank;
    while (head > 0 && text[head - 1] == ' ')
        --head;
    return text.replace(head, tail - head, "…");
}

bool hasForbiddenCharacter(std::string_view text, LineBreaks lines) {
    for (std::size_t offset = 0; offset < text.size();) {
        const char32_t c = nextCodePoint(text, offset);
        if (lines == LineBreaks::Allowed && (c == '\t' || c == '\r' || c == '\n')) continue;
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || isInvisible(c)) return true;
    }
    return false;
}

std::string foldedTyping(std::string_view typed) {
    std::string folded;
    folded.reserve(typed.size());
    for (std::size_t offset = 0; offset < typed.size();) {
        char32_t c = nextCodePoint(typed, offset);
        if (isInvisible(c)) continue;
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (isBlank(c)) c = ' ';
        if (isDash(c)) c = '-';
        appendCodePoint(folded, c);
    }
    return folded;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kNoBreakSpace = "\u00A0";
    const auto isAsciiBlank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    for (;;) {
        if (text.empty()) return text;
        if (isAsciiBlank(text.front())) {
            text.remove_prefix(1);
        } else if (isAsciiBlank(text.back())) {
            text.remove_suffix(1);
        } else if (text.starts_with(kNoBreakSpace)) {
            text.remove_prefix(kNoBreakSpace.size());
        } else if (text.ends_with(kNoBreakSpace)) {
            text.remove_suffix(kNoBreakSpace.size());
        } else {
            return text;
        }
    }
}

std::string_view withoutFrame(std::string_view text) {
    constexpr std::string_view kFrame[] = {" ", "'", "\"", "`", "<", ">", "(", ")", "[", "]",
                                           "#", ",", ";",  ".", "“", "”", "‘", "’", "«", "»"};
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view piece : kFrame) {
            if (text.starts_with(piece)) text.remove_prefix(piece.size()), again = true;
            if (text.ends_with(piece)) text.remove_suffix(piece.size()), again = true;
        }
    }
    return text;
}

bool isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char asciiLower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char asciiUpper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

int hexadecimalValue(char c) {
    if (isAsciiDigit(c)) return c - '0';
    const char lower = asciiLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string hexadecimalOf(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
    return text;
}

bool decodeHexadecimal(std::string_view text, std::string& bytes) {
    bytes.clear();
    if (text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexadecimalValue(text[i]);
        const int low = hexadecimalValue(text[i + 1]);
        if (high < 0 || low < 0) return false;
        bytes += static_cast<char>(high * 16 + low);
    }
    return true;
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view kUnreservedSigns = "-._~";  // RFC 3986 §2.3
    std::string encoded;
    for (const char& c : text) {
        if (isAsciiLetter(c) || isAsciiDigit(c) || kUnreservedSigns.find(c) != std::string_view::npos) {
            encoded += c;
            continue;
        }
        encoded += '%';
        for (const char digit : hexadecimalOf({&c, 1}))
            encoded += asciiUpper(digit);
    }
    return encoded;
}

std::string base64Of(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = bytes.size() - i < 3 ? bytes.size() - i : 3;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8U) | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text.push_back(k <= have ? kBase64Alphabet[(group >> (18 - 6 * k)) & 0x3FU] : '=');
    }
    return text;
}

bool decodeBase64(std::string_view text, std::string& bytes) {
    bytes.clear();
    if (text.size() % 4 != 0) return false;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int value = base64Value(c);
        if (value < 0) return false;
        group = ((group << 6U) | static_cast<std::uint32_t>(value)) & 0xFFFFU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>(static_cast<unsigned char>(group >> bits)));
        }
    }
    return (group & ((1U << bits) - 1)) == 0;
}

}  // namespace smartca
