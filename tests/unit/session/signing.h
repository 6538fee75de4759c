// Makes keys, key files and tokens, as a portal's server would, and as one that means harm would.
#pragma once

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::session::test {

using nlohmann::json;

inline std::string base64Url(std::string_view bytes) {
    std::string text = base64Of(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    while (text.ends_with('='))
        text.pop_back();
    return text;
}

// What a key may assert, beside its material.
inline json jwkOf(const std::string& kind, const std::string& algorithm, json material) {
    material.update({{"kid", algorithm},
                     {"kty", kind},
                     {"alg", algorithm},
                     {"iss", "https://portal.example.vn"},
                     {"companies", {"main", "second"}},
                     {"may", {"lookup", "create", "list", "details", "rename", "default"}}});
    return material;
}

struct Signer {
    std::string algorithm;
    std::shared_ptr<EVP_PKEY> key;
    std::string secret;

    static Signer make(const std::string& algorithm, unsigned bits = 2048) {
        if (algorithm == "HS256") return {algorithm, nullptr, base::randomBytes(32)};
        EVP_PKEY* key = nullptr;
        if (algorithm == "EdDSA") key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        if (algorithm == "ES256") key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
        if (algorithm == "RS256")
            key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits));
        return {algorithm, {key, EVP_PKEY_free}, {}};
    }

    json jwk() const {
        if (algorithm == "HS256") return jwkOf("oct", algorithm, {{"k", base64Url(secret)}});
        if (algorithm == "RS256")
            return jwkOf("RSA", algorithm, {{"n", base64Url(number("n"))}, {"e", base64Url(number("e"))}});
        std::string point(133, '\0');
        std::size_t size = 0;
        EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                        reinterpret_cast<unsigned char*>(point.data()), point.size(), &size);
        point.resize(size);
        if (algorithm == "EdDSA")
            return jwkOf("OKP", algorithm, {{"crv", "Ed25519"}, {"x", base64Url(point)}});
        return jwkOf(
            "EC", algorithm,
            {{"crv", "P-256"}, {"x", base64Url(point.substr(1, 32))}, {"y", base64Url(point.substr(33))}});
    }

    std::string signatureOf(const std::string& bytes) const {
        if (algorithm == "HS256") return base::hmacSha256(secret, bytes);
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        const auto* octets = reinterpret_cast<const unsigned char*>(bytes.data());
        EVP_DigestSignInit(context.get(), nullptr, algorithm == "EdDSA" ? nullptr : EVP_sha256(), nullptr,
                           key.get());
        std::string signature(1024, '\0');
        std::size_t size = signature.size();
        auto* out = reinterpret_cast<unsigned char*>(signature.data());
        EVP_DigestSign(context.get(), out, &size, octets, bytes.size());
        signature.resize(size);
        return algorithm == "ES256" ? sideBySide(signature) : signature;
    }

    // header and claims as they are given, however wrong.
    std::string sign(const std::string& header, const std::string& claims) const {
        const std::string bytes = base64Url(header) + "." + base64Url(claims);
        return bytes + "." + base64Url(signatureOf(bytes));
    }
    std::string sign(const json& claims) const {
        return sign(json{{"alg", algorithm}, {"kid", algorithm}, {"typ", "JWT"}}.dump(), claims.dump());
    }

  private:
    std::string number(const char* name) const {
        BIGNUM* found = nullptr;
        EVP_PKEY_get_bn_param(key.get(), name, &found);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(found)), '\0');
        BN_bn2bin(found, reinterpret_cast<unsigned char*>(bytes.data()));
        BN_free(found);
        return bytes;
    }
    static std::string sideBySide(const std::string& der) {
        const auto* at = reinterpret_cast<const unsigned char*>(der.data());
        ECDSA_SIG* const both = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
        std::string bytes(64, '\0');
        auto* out = reinterpret_cast<unsigned char*>(bytes.data());
        BN_bn2binpad(ECDSA_SIG_get0_r(both), out, 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(both), out + 32, 32);
        ECDSA_SIG_free(both);
        return bytes;
    }
};

inline std::string setOf(const std::vector<json>& keys) {
    return json{{"keys", keys}}.dump();
}

}  // namespace smartca::session::test
