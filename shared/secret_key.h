// The secret key of a business SmartCA account: the shared secret of its one-time codes (RFC 6238 with
// HMAC-SHA-1, 30 s, 6 digits, as in VNPT's integration samples). Those samples write it as base64 of 32
// hexadecimal characters, which themselves, as ASCII, are the key; a QR code writes base32, in an otpauth link.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca {

enum class SecretKeyError : std::uint8_t { Undecodable, TooShort, TooLong };

// What a person should know of a key that was read all the same.
enum class SecretKeyDoubt : std::uint8_t {
    None,
    // Taken as base64, but all its letters are of one case and 0, 1, 8 or 9 are among its digits: base32 that was
    // misread (O, I and B), or hexadecimal.
    LooksOtherwise,
    // The link wants codes of another kind than SmartCA's.
    OtherCodes,
};

struct SecretKey {
    // The key itself, which is what is kept and sent upstream: without label, link, quotes, blanks and hyphens
    // that group it; base64 in its standard alphabet and padded, base32 in capitals, padded rightly or not at all.
    std::string text;
    std::string bytes;  // the HMAC key, 10 to 64 octets
    SecretKeyDoubt doubt = SecretKeyDoubt::None;
    bool fromLink = false;  // it was read from an otpauth link
    std::string issuer;     // of the link, for a person to read: whose key it is; empty where it does not say
};

// Reads a key in the forms that it is copied in: bare, grouped by blanks, hyphens or line breaks, between
// quotes, after a label ("Khóa bí mật: …", "TOTP …", "secret=…"), in an otpauth link, base64 without its padding
// and in the alphabet of URLs. Base64 wins over base32 when it decodes to 32 hexadecimal characters; otherwise a
// text of the base32 alphabet (RFC 4648 §6, either case, padded or not, wrongly only where it is long and of one
// case) is base32, any other valid base64 is base64. A short word beside what is a key by itself, and is no label in
// front, makes it unreadable: it would be another key. Invisible characters are ignored.
Result<SecretKey, SecretKeyError> readSecretKey(std::string_view typed);

// Its bytes alone.
Result<std::string, SecretKeyError> decodeSecretKey(std::string_view typed);

// Its text alone; what cannot be read stays as it is.
std::string secretKeyText(std::string_view typed);

}  // namespace smartca
