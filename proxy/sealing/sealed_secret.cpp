#include "proxy/sealing/sealed_secret.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cassert>

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::sealing {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kKeyIdSize = 4;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kHeaderSize = 1 + kKeyIdSize + kNonceSize;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytesOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// What is authenticated but not stored. Unambiguous: the kind is one byte, the user has a fixed width, the
// serial ends it.
std::string associatedData(const SecretPlace& place) {
    std::string data = "smartca-secret-1";
    data += static_cast<char>(place.kind);
    for (int shift = 56; shift >= 0; shift -= 8) {
        data += static_cast<char>((static_cast<std::uint64_t>(place.userId) >> shift) & 0xff);
    }
    return data + place.serial;
}

// Feeds the key, the nonce and the associated data; `encrypt` is EVP's own flag.
bool start(EVP_CIPHER_CTX* context, const unsigned char* key, std::string_view nonce, std::string_view place,
           int encrypt) {
    int length = 0;
    return EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nullptr, key, bytesOf(nonce), encrypt) == 1 &&
           EVP_CipherUpdate(context, nullptr, &length, bytesOf(place), static_cast<int>(place.size())) == 1;
}

// 32 raw bytes are taken as they are, even if the last of them looks like a line break.
bool decodeKey(std::string_view content, std::string& key) {
    if (content.size() == SealingKey::kSize) {
        key = content;
        return true;
    }
    std::string_view text = content;
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (decodeHexadecimal(text, key) && key.size() == SealingKey::kSize) return true;
    return decodeBase64(text, key) && key.size() == SealingKey::kSize;
}

}  // namespace

struct SealingKey::Material {
    std::array<unsigned char, kSize> key{};
    std::string id;  // the first bytes of a hash of the key

    Material() = default;
    Material(const Material&) = delete;
    Material& operator=(const Material&) = delete;
    ~Material() { OPENSSL_cleanse(key.data(), key.size()); }
};

SealingKey SealingKey::ofBytes(std::string_view bytes) {
    assert(bytes.size() == kSize);
    auto material = std::make_shared<Material>();
    std::copy_n(bytesOf(bytes), kSize, material->key.begin());
    std::string labelled = "smartca-key-id-1";
    labelled.append(bytes);
    material->id = base::sha256(labelled).substr(0, kKeyIdSize);
    base::wipe(labelled);
    return SealingKey(std::move(material));
}

Result<std::string, SealError> SealingKey::seal(std::string_view secret, const SecretPlace& place) const {
    std::string nonce(kNonceSize, '\0');
    const Context context(EVP_CIPHER_CTX_new());
    if (!context || RAND_bytes(bytesOf(nonce), static_cast<int>(nonce.size())) != 1)
        return SealError::CryptoFault;
    if (!start(context.get(), material_->key.data(), nonce, associatedData(place), 1))
        return SealError::CryptoFault;

    std::string sealed(1, kVersion);
    sealed += material_->id;
    sealed += nonce;
    sealed.resize(kHeaderSize + secret.size() + kTagSize);
    unsigned char* ciphertext = bytesOf(sealed) + kHeaderSize;
    unsigned char* tag = ciphertext + secret.size();
    int length = 0;
    if (EVP_EncryptUpdate(context.get(), ciphertext, &length, bytesOf(secret),
                          static_cast<int>(secret.size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), tag, &length) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagSize), tag) != 1) {
        return SealError::CryptoFault;
    }
    return sealed;
}

Result<std::string, SealError> SealingKey::open(std::string_view sealed, const SecretPlace& place) const {
    if (sealed.size() < kHeaderSize + kTagSize || sealed.front() != kVersion) return SealError::Tampered;
    if (sealed.substr(1, kKeyIdSize) != material_->id) return SealError::WrongKey;
    const std::string_view nonce = sealed.substr(1 + kKeyIdSize, kNonceSize);
    const std::string_view ciphertext = sealed.substr(kHeaderSize, sealed.size() - kHeaderSize - kTagSize);
    std::string tag(sealed.substr(sealed.size() - kTagSize));

    const Context context(EVP_CIPHER_CTX_new());
    if (!context || !start(context.get(), material_->key.data(), nonce, associatedData(place), 0)) {
        return SealError::CryptoFault;
    }
    std::string secret(ciphertext.size(), '\0');
    std::array<unsigned char, EVP_MAX_BLOCK_LENGTH> rest{};
    int length = 0;
    if (EVP_DecryptUpdate(context.get(), bytesOf(secret), &length, bytesOf(ciphertext),
                          static_cast<int>(ciphertext.size())) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagSize), tag.data()) !=
            1 ||
        EVP_DecryptFinal_ex(context.get(), rest.data(), &length) != 1) {
        base::wipe(secret);
        return SealError::Tampered;
    }
    return secret;
}

std::optional<SealingKey> sealingKeyOf(std::string_view content) {
    std::string bytes;
    const bool isKey = decodeKey(content, bytes);
    const base::WipedString key(std::move(bytes));
    if (!isKey) return std::nullopt;
    return SealingKey::ofBytes(key.value());
}

}  // namespace smartca::sealing
