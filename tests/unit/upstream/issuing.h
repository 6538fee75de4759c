// Certificates made for a test, with an EC key of their own.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "shared/calendar.h"

namespace smartca::upstream {

constexpr Instant kValidFrom = 1'700'000'000;
constexpr Instant kValidTo = 1'800'000'000;

struct CertificateSpec {
    std::vector<std::pair<std::string, std::string>> subject = {
        {"C", "VN"}, {"ST", "HÀ NỘI"}, {"CN", "Nguyễn Văn A"}, {"UID", "CCCD:001099000001"}};
    std::string serial = "540101014e4653549c5a6fdcb9c89999";
    Instant validFrom = kValidFrom;
    Instant validTo = kValidTo;
    std::string alternativeName{};   // "DNS:localhost,IP:127.0.0.1"
    std::string basicConstraints{};  // "CA:TRUE"
};

struct IssuedCertificate {
    std::string der;
    std::string pem;
    std::string keyPem;
};

// Self-signed.
IssuedCertificate issue(const CertificateSpec& spec = {});

}  // namespace smartca::upstream
