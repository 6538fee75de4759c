// A certificate's serial number, in the ways people paste it (domain.md §5.4, RFC 5280 §4.1.2.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca {

// Canonical form: lower-case hexadecimal, even length, no leading zero octets. Equality of serials is equality of these.
struct Serial {
    std::string hexadecimal;  // empty: none given
    bool operator==(const Serial&) const = default;
};

enum class SerialError : std::uint8_t { NotHexadecimal, TooLong, Zero, LooksDecimal };

// Accepts "54:01:0A", "54 01 0a", "54-01-0A", "0x54010a", full-width digits, line breaks; blank gives an empty serial.
// LooksDecimal: only decimal digits and of a length that hexadecimal serials of 20 octets cannot have been typed in by
// mistake (more than 32 digits); 32 digits are always read as hexadecimal.
Result<Serial, SerialError> parseSerial(std::string_view typed);

// The hexadecimal of a decimal number, or empty when it is not one or does not fit 20 octets.
std::string hexadecimalOfDecimal(std::string_view decimal);

// True when both are readable and the same number.
bool sameSerial(std::string_view left, std::string_view right);

// "540101014e46…c89999", for narrow columns: the first 12 and the last 6 digits.
std::string shortened(const Serial& serial);

}  // namespace smartca
