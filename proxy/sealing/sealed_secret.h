// Secrets at rest: AES-256-GCM with a key from a file that lies outside the database. A sealed secret opens
// only with the same key and in the same place: which secret it is, whose it is and for which certificate are
// authenticated with it, so that bytes copied to another row or column do not open there.
//
// Layout: version (1 byte, 0x01), key id (4), nonce (12, random), ciphertext, tag (16).
// Threads: a SealingKey is immutable; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/draft.h"
#include "shared/result.h"

namespace smartca::sealing {

enum class SecretKind : std::uint8_t {
    Password,
    SecretKey,
    KeyCheck,  // no secret: key_check.h
};

// Where a secret belongs.
struct SecretPlace {
    SecretKind kind = SecretKind::Password;
    UserId userId = 0;
    std::string serial;  // canonical
};

enum class SealError : std::uint8_t {
    WrongKey,    // sealed with another key
    Tampered,    // not what was sealed for this place, or damaged
    CryptoFault  // OpenSSL failed
};

class SealingKey {
  public:
    static constexpr std::size_t kSize = 32;

    // Precondition: `bytes` has kSize bytes. The copy inside is wiped when the last owner goes.
    static SealingKey ofBytes(std::string_view bytes);

    Result<std::string, SealError> seal(std::string_view secret, const SecretPlace& place) const;
    // The caller wipes the result (base::WipedString).
    Result<std::string, SealError> open(std::string_view sealed, const SecretPlace& place) const;

  private:
    struct Material;
    explicit SealingKey(std::shared_ptr<const Material> material) : material_(std::move(material)) {}
    std::shared_ptr<const Material> material_;
};

// What a key file holds: 32 raw bytes, 64 hexadecimal digits, or base64; one line break at the end is
// allowed. Nothing for anything else.
std::optional<SealingKey> sealingKeyOf(std::string_view content);

}  // namespace smartca::sealing
