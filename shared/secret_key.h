// The secret key of a business SmartCA account: the shared secret of its one-time codes (RFC 6238 with
// HMAC-SHA-1, 30 s, 6 digits, as in VNPT's integration samples). Those samples write it as base64 of 32
// hexadecimal characters, which themselves, as ASCII, are the key; a QR code writes base32.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca {

enum class SecretKeyError : std::uint8_t { Undecodable, TooShort, TooLong };

// The HMAC key's bytes, 10 to 64 of them. Base64 wins over base32 when it decodes to 32 hexadecimal
// characters; otherwise a text of the base32 alphabet (RFC 4648 §6, either case, padded or not) is base32,
// any other valid base64 is base64. Blanks, hyphens and invisible characters are ignored. What is sent
// upstream is always the text as typed, never this.
Result<std::string, SecretKeyError> decodeSecretKey(std::string_view typed);

}  // namespace smartca
