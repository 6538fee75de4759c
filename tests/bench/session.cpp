// How long it takes to check a session token, for each algorithm: "EdDSA 131.2" in microseconds.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "../unit/session/signing.h"
#include "proxy/session/token.h"

namespace {

using namespace smartca;
using namespace smartca::session;

// As a portal would send it: with a name, some rights, a few users and an origin.
nlohmann::json claims(Instant now) {
    return {{"iss", "https://portal.example.vn"},
            {"aud", "smartca-proxy"},
            {"sub", "0f3a5c77-1b1e-4f0e-9a53-2a1c9e6d7b10"},
            {"name", "Nguyễn Thị Ánh Tuyết"},
            {"company", "main"},
            {"iat", now},
            {"exp", now + 600},
            {"jti", "5d1f0c7be2a94d3c"},
            {"may", {"lookup", "create", "list", "details"}},
            {"users", {7, 9, 11}},
            {"origin", "https://portal.example.vn"}};
}

double microsecondsEach(const std::string& token, const KeySet& keys, const Expected& expected) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    const std::clock_t processor = std::clock();
    int checks = 0;
    for (; Clock::now() - begin < std::chrono::seconds(2); ++checks)
        if (!callerOf(token, keys, expected)) std::abort();
    // Of this processor's time, as openssl speed counts it.
    return static_cast<double>(std::clock() - processor) * 1e6 / CLOCKS_PER_SEC / checks;
}

}  // namespace

int main() {
    constexpr Instant kNow = 1'790'000'000;
    for (const char* algorithm : {"EdDSA", "ES256", "RS256", "HS256"}) {
        const auto signer = test::Signer::make(algorithm);
        const auto keys = KeySet::parse(test::setOf({signer.jwk()}));
        const Serves main = [](std::string_view company) { return company == "main"; };
        const Expected expected{.audience = "smartca-proxy", .serves = main, .now = kNow};
        std::printf("%s %.1f\n", algorithm,
                    microsecondsEach(signer.sign(claims(kNow)), keys.value(), expected));
    }
    return 0;
}
