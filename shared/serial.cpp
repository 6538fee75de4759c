#include "shared/serial.h"

#include <algorithm>
#include <array>

#include "shared/text.h"

namespace smartca {
namespace {

constexpr std::size_t kOctets = 20;
constexpr std::size_t kAlwaysHexadecimal = 32;  // digits: the length of VNPT's own serials
constexpr std::size_t kDecimalDigits = 49;      // of 2^160 - 1
constexpr std::string_view kAround = " \"',;";

bool isDigitSeparator(char c) {
    return c == ' ' || c == ':' || c == '-';
}

// Without what is copied with a number: a label ("Số serial:"), quotes, and the mark behind one of several.
std::string bareNumber(std::string_view typed) {
    std::string text = foldedTyping(typed);
    const std::string_view label = std::string_view(text).substr(0, std::min(text.find(':'), text.size()));
    const auto isLetter = [](char c) { return hexadecimalValue(c) < 0 && kAround.find(c) == kAround.npos; };
    if (label.size() < text.size() && std::none_of(label.begin(), label.end(), isAsciiDigit) &&
        std::any_of(label.begin(), label.end(), isLetter))
        text.erase(0, label.size() + 1);
    return std::string(withoutFrame(text));
}

// Takes "0x" and the separators off; `saysHexadecimal` tells whether one of them can only stand in
// hexadecimal.
std::string digitsOf(std::string_view typed, bool& saysHexadecimal) {
    std::string digits = bareNumber(typed);
    saysHexadecimal = digits.find_first_of(":-") != std::string::npos;
    std::erase_if(digits, isDigitSeparator);
    if (digits.size() >= 2 && digits[0] == '0' && asciiLower(digits[1]) == 'x') {
        saysHexadecimal = true;
        digits.erase(0, 2);
    }
    std::transform(digits.begin(), digits.end(), digits.begin(), asciiLower);
    return digits;
}

bool looksDecimal(std::string_view digits) {
    return digits.size() > kAlwaysHexadecimal && digits.size() <= kDecimalDigits && digits.front() != '0' &&
           !hexadecimalOfDecimal(digits).empty();
}

}  // namespace

Result<Serial, SerialError> parseSerial(std::string_view typed) {
    if (foldedTyping(typed).find_first_not_of(' ') == std::string::npos) return Serial{};
    bool saysHexadecimal = false;
    std::string digits = digitsOf(typed, saysHexadecimal);
    if (digits.empty() ||
        std::any_of(digits.begin(), digits.end(), [](char c) { return hexadecimalValue(c) < 0; }))
        return SerialError::NotHexadecimal;
    if (!saysHexadecimal && looksDecimal(digits)) return SerialError::LooksDecimal;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.empty()) return SerialError::Zero;
    if (digits.size() > kOctets * 2) return SerialError::TooLong;
    if (digits.size() % 2 != 0) digits.insert(0, 1, '0');
    return Serial{std::move(digits)};
}

bool isSerialOctets(std::string_view text) {
    constexpr std::size_t kMost = 64;
    return !text.empty() && text.size() % 2 == 0 && text.size() <= 2 * kMost &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return hexadecimalValue(c) >= 0 && c == asciiLower(c); });
}

std::string hexadecimalOfDecimal(std::string_view decimal) {
    std::string digits = bareNumber(decimal);
    std::erase(digits, ' ');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.empty() || digits.size() > kDecimalDigits) return {};
    std::array<unsigned, kOctets> octets{};  // big-endian
    for (const char digit : digits) {
        if (!isAsciiDigit(digit)) return {};
        unsigned carry = static_cast<unsigned>(digit - '0');
        for (std::size_t i = kOctets; i-- > 0;) {
            const unsigned value = octets[i] * 10 + carry;
            octets[i] = value & 0xFFU;
            carry = value >> 8U;
        }
        if (carry != 0) return {};
    }
    std::string bytes;
    for (const unsigned octet : octets) {
        if (octet != 0 || !bytes.empty()) bytes += static_cast<char>(octet);
    }
    return hexadecimalOf(bytes);
}

bool sameSerial(std::string_view left, std::string_view right) {
    const auto one = parseSerial(left);
    const auto other = parseSerial(right);
    return one && other && !one.value().hexadecimal.empty() && one.value() == other.value();
}

std::string shortened(const Serial& serial) {
    constexpr std::size_t kHead = 12;
    constexpr std::size_t kTail = 6;
    const std::string& digits = serial.hexadecimal;
    if (digits.size() <= kHead + kTail + 1) return digits;
    return digits.substr(0, kHead) + "…" + digits.substr(digits.size() - kTail);
}

}  // namespace smartca
