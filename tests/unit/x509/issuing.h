// Certificates made for a test: authorities, and what they issue.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "shared/calendar.h"

namespace smartca::x509::test {

inline constexpr Instant kNow = 1'795'000'000;  // 2026-11-18
inline constexpr Instant kYear = 365 * 86'400;

enum class Key : std::uint8_t { Ec256, Ec384, Rsa2048, Rsa1024, Ed25519 };

// One attribute of a name. `encoding` is OpenSSL's: MBSTRING_UTF8, or a type as V_ASN1_BMPSTRING with the
// octets of it.
struct Attribute {
    std::string type;
    std::string value;
    int encoding = MBSTRING_UTF8;
};

struct Spec {
    std::vector<Attribute> subject = {
        {"C", "VN"}, {"ST", "HÀ NỘI"}, {"CN", "Nguyễn Văn A"}, {"UID", "CCCD:001099000001"}};
    Key key = Key::Ec256;
    std::string serial = "540101014e4653549c5a6fdcb9c89999";
    Instant validFrom = kNow - kYear;
    Instant validTo = kNow + kYear;
    // By OpenSSL's short names, in the language of x509v3_config(5): {"keyUsage", "critical,keyCertSign"}.
    std::vector<std::pair<std::string, std::string>> extensions{};
    const EVP_MD* digest = EVP_sha256();
};

struct Issued {
    std::shared_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
    std::string der() const;
    std::string pem() const;
};

// Signed by `issuer`, or by itself.
Issued issue(const Spec& spec = {}, const Issued* issuer = nullptr);

// An authority: may issue certificates.
Spec authoritySpec(const std::string& commonName);

// UTF-16 as a BMPString has it, of text in the Basic Multilingual Plane.
std::string utf16(const std::u16string& text);

}  // namespace smartca::x509::test
