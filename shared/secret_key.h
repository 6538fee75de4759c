// The secret key of a business SmartCA account: the shared secret of its one-time codes (RFC 6238, HMAC-SHA-1, 30 s,
// 6 digits; domain.md §2.4). VNPT's samples write it as base64 of 32 hexadecimal characters, a QR code as base32.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca {

enum class SecretKeyError : std::uint8_t { Undecodable, TooShort, TooLong };

// The HMAC key's bytes, 10 to 64 of them. Base64 wins over base32 when it decodes to 32 hexadecimal characters; otherwise a
// text of the base32 alphabet is base32, any other valid base64 is base64 (domain.md U14). Blanks and hyphens are ignored.
// What is sent upstream is always the text as typed, never this.
Result<std::string, SecretKeyError> decodeSecretKey(std::string_view typed);

}  // namespace smartca
