#include "proxy/http/authenticate.h"

#include <utility>

#include "proxy/base/crypto.h"

namespace smartca::http {
Authenticator allowAnyone() {
    return [](const RequestHead&) { return Caller{"anyone"}; };
}

Authenticator requireBearer(std::function<std::vector<std::string>()> tokens) {
    return [tokens = std::move(tokens)](const RequestHead& head) -> std::optional<Caller> {
        constexpr std::string_view kScheme = "Bearer ";
        const auto header = head.header("authorization");
        const bool hasScheme = header.size() > kScheme.size() && header.substr(0, kScheme.size()) == kScheme;
        // Digests are compared, so that the time tells neither how long a token is nor how much of it fits.
        const auto given = base::sha256(hasScheme ? header.substr(kScheme.size()) : std::string_view{});
        bool known = false;
        for (const auto& token : tokens())
            known |=
                !token.empty() && !given.empty() && base::equalInConstantTime(given, base::sha256(token));
        if (!known || !hasScheme) return std::nullopt;
        // Not the token's digest: during a rotation both tokens are the same caller.
        return Caller{"bearer"};
    };
}

}  // namespace smartca::http
