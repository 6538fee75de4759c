#include "proxy/base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

namespace smartca::base {
namespace {

constexpr std::size_t kSha256Size = 32;

unsigned char* octetsOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string sha256(std::string_view bytes) {
    std::string digest(kSha256Size, '\0');
    const bool done =
        EVP_Digest(bytes.data(), bytes.size(), octetsOf(digest), nullptr, EVP_sha256(), nullptr) == 1;
    return done ? digest : std::string();
}

std::string hmacSha256(std::string_view key, std::string_view bytes) {
    std::string code(kSha256Size, '\0');
    const auto* octets = reinterpret_cast<const unsigned char*>(bytes.data());
    const bool done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets, bytes.size(),
                           octetsOf(code), nullptr) != nullptr;
    return done ? code : std::string();
}

std::string randomBytes(std::size_t count) {
    std::string bytes(count, '\0');
    return ::getentropy(bytes.data(), count) == 0 ? bytes : std::string();
}

bool equalInConstantTime(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

}  // namespace smartca::base
