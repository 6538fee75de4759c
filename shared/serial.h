// A certificate's serial number, in the ways people paste it (RFC 5280 §4.1.2.2: a positive integer of at
// most 20 octets).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca {

// Canonical form: lower-case hexadecimal, even length, no leading zero octets. Equality of serials is
// equality of these.
struct Serial {
    std::string hexadecimal;  // empty: none given
    bool operator==(const Serial&) const = default;
};

enum class SerialError : std::uint8_t { NotHexadecimal, TooLong, Zero, LooksDecimal };

// Accepts "54:01:0A", "54 01 0a", "54-01-0A", "0x54010a", full-width digits, line breaks, a label with a colon,
// quotes, and the invisible marks that Windows puts before a copied serial; blank gives an empty serial. LooksDecimal: more than 32
// digits, all of them decimal, not beginning with zero and without ':', '-' or "0x", any of which make it
// hexadecimal; 32 digits or fewer are always read as hexadecimal.
Result<Serial, SerialError> parseSerial(std::string_view typed);

// Octets in canonical hexadecimal, at most 64. Certificates in use have zero ("00") and longer ones than
// RFC 5280 allows, which are no typing mistakes when they come from one.
bool isSerialOctets(std::string_view text);

// The canonical form of a decimal number, or empty when it is not one, is zero or does not fit 20 octets.
std::string hexadecimalOfDecimal(std::string_view decimal);

// True when both are readable, given, and the same number.
bool sameSerial(std::string_view left, std::string_view right);

// "540101014e46…c89999", for narrow columns: the first 12 and the last 6 digits.
std::string shortened(const Serial& serial);

}  // namespace smartca
