#include "shared/secret_key.h"

#include <algorithm>
#include <utility>

#include "shared/text.h"

namespace smartca {
namespace {

constexpr std::size_t kShortest = 10;  // bytes: 80 bits, the shortest that authenticators are given
constexpr std::size_t kLongest = 64;   // bytes: the block of SHA-1

int base32Value(char c) {
    if (isAsciiLetter(c)) return asciiLower(c) - 'a';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

bool decodeBase32(std::string_view text, std::string& bytes) {
    bytes.clear();
    const std::size_t end = text.find('=');
    const std::string_view padding = end == std::string_view::npos ? std::string_view() : text.substr(end);
    if (padding.find_first_not_of('=') != std::string_view::npos) return false;
    if (!padding.empty() && (padding.size() > 6 || text.size() % 8 != 0)) return false;
    const std::string_view digits = text.substr(0, end);
    const std::size_t tail = digits.size() % 8;
    if (tail == 1 || tail == 3 || tail == 6) return false;  // no number of octets ends so (RFC 4648 §6)
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : digits) {
        const int value = base32Value(c);
        if (value < 0) return false;
        group = ((group << 5U) | static_cast<std::uint32_t>(value)) & 0xFFFFU;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>(static_cast<unsigned char>(group >> bits)));
        }
    }
    return true;
}

bool isHexadecimalOf32(std::string_view bytes) {
    return bytes.size() == 32 &&
           std::all_of(bytes.begin(), bytes.end(), [](char c) { return hexadecimalValue(c) >= 0; });
}

}  // namespace

Result<std::string, SecretKeyError> decodeSecretKey(std::string_view typed) {
    std::string text = foldedTyping(typed);
    std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
    std::string asBase64;
    const bool isBase64 = decodeBase64(text, asBase64);
    std::string key;
    if (isBase64 && isHexadecimalOf32(asBase64))
        key = std::move(asBase64);
    else if (!decodeBase32(text, key)) {
        if (!isBase64) return SecretKeyError::Undecodable;
        key = std::move(asBase64);
    }
    if (key.size() < kShortest) return SecretKeyError::TooShort;
    if (key.size() > kLongest) return SecretKeyError::TooLong;
    return key;
}

}  // namespace smartca
