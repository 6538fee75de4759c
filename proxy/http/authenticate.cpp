#include "proxy/http/authenticate.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <utility>

namespace smartca::http {
namespace {

using Digest = std::array<unsigned char, 32>;

// Digests are compared, so that neither the time nor the number of steps tells how long a token is or how
// much of it fits.
Digest digestOf(std::string_view text) {
    Digest digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return digest;
}

}  // namespace

Authenticator allowAnyone() {
    return [](const RequestHead&) { return Caller{"anyone"}; };
}

Authenticator requireBearer(std::function<std::vector<std::string>()> tokens) {
    return [tokens = std::move(tokens)](const RequestHead& head) -> std::optional<Caller> {
        constexpr std::string_view kScheme = "Bearer ";
        const auto header = head.header("authorization");
        const bool hasScheme = header.size() > kScheme.size() && header.substr(0, kScheme.size()) == kScheme;
        const Digest given = digestOf(hasScheme ? header.substr(kScheme.size()) : std::string_view{});
        bool known = false;
        for (const auto& token : tokens()) {
            const Digest expected = digestOf(token);
            known |= !token.empty() && CRYPTO_memcmp(given.data(), expected.data(), given.size()) == 0;
        }
        if (!known || !hasScheme) return std::nullopt;
        // Not the token's digest: during a rotation both tokens are the same caller.
        return Caller{"bearer"};
    };
}

}  // namespace smartca::http
