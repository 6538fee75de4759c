#include "proxy/sandbox/signing.h"

#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <array>
#include <cstdio>

namespace smartca::sandbox {
namespace {

const EVP_MD* digestOfLength(std::size_t octets) {
    switch (octets) {
        case 20:
            return EVP_sha1();
        case 32:
            return EVP_sha256();
        case 48:
            return EVP_sha384();
        case 64:
            return EVP_sha512();
        default:
            return nullptr;
    }
}

std::string hmac(const EVP_MD* digest, std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned int size = 0;
    HMAC(digest, key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(message.data()), message.size(), code.data(), &size);
    return {reinterpret_cast<const char*>(code.data()), size};
}

std::string base64UrlOf(std::string_view octets) {
    std::string text = base64Of(octets);
    for (char& character : text) {
        if (character == '+') character = '-';
        if (character == '/') character = '_';
    }
    text.resize(text.find_last_not_of('=') + 1);
    return text;
}

}  // namespace

std::string signHash(EVP_PKEY* key, std::string_view hash) {
    const EVP_MD* digest = digestOfLength(hash.size());
    const std::unique_ptr<EVP_PKEY_CTX, OpenSslFree> context(EVP_PKEY_CTX_new(key, nullptr));
    if (digest == nullptr || !context || EVP_PKEY_sign_init(context.get()) != 1) return {};
    if (EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1)
        return {};
    if (EVP_PKEY_CTX_set_signature_md(context.get(), digest) != 1) return {};
    const auto* input = reinterpret_cast<const unsigned char*>(hash.data());
    std::size_t size = 0;
    if (EVP_PKEY_sign(context.get(), nullptr, &size, input, hash.size()) != 1) return {};
    std::string signature(size, '\0');
    auto* output = reinterpret_cast<unsigned char*>(signature.data());
    if (EVP_PKEY_sign(context.get(), output, &size, input, hash.size()) != 1) return {};
    signature.resize(size);
    return signature;
}

std::string totpAt(std::string_view key, std::int64_t secondsSince1970) {
    std::string counter(8, '\0');
    auto step = static_cast<std::uint64_t>(secondsSince1970 / 30);
    for (std::size_t at = 8; at-- > 0; step >>= 8U)
        counter[at] = static_cast<char>(step & 0xffU);
    const std::string code = hmac(EVP_sha1(), key, counter);
    const auto octet = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(code[at]));
    };
    const std::size_t offset = octet(19) & 15U;  // RFC 4226 §5.3
    const std::uint32_t number = (octet(offset) & 0x7fU) << 24U | octet(offset + 1) << 16U |
                                 octet(offset + 2) << 8U | octet(offset + 3);
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), "%06u", number % 1'000'000U);
    return digits.data();
}

bool totpMatches(std::string_view key, std::string_view code, std::int64_t now) {
    bool matches = false;
    for (const std::int64_t shift : {-30, 0, 30})
        matches = sameSecret(totpAt(key, now + shift), code) || matches;
    return matches;
}

std::string signedToken(const std::string& claims, std::string_view key) {
    const std::string signedPart = base64UrlOf(R"({"alg":"HS256","typ":"JWT"})") + '.' + base64UrlOf(claims);
    return signedPart + '.' + base64UrlOf(hmac(EVP_sha256(), key, signedPart));
}

}  // namespace smartca::sandbox
