#include "proxy/secrets.h"

#include <filesystem>
#include <utility>

#include "proxy/base/crypto.h"

namespace smartca {

upstream::AccountSource accountOf(const ops::Secret& name, const ops::Secret& password) {
    return [&] { return upstream::Account{name.value(), password.value()}; };
}

Result<Keys, std::string> readKeys(const std::string& path) {
    const std::string makeOne = " Make one with: (umask 077; openssl rand -hex 32 > " + path + ")";
    auto read = ops::readSecretFile(path, ops::SecretLines::Binary);
    std::error_code unknown;
    if (!read) return read.error().sentence + (std::filesystem::exists(path, unknown) ? "" : makeOne);
    const base::WipedString bytes(std::move(read).value());
    auto sealing = sealing::sealingKeyOf(bytes.value());
    if (!sealing)
        return path + " holds no key: 32 raw bytes, 64 hexadecimal digits or their base64." + makeOne;
    return Keys{std::move(*sealing),
                base::hmacSha256(bytes.value(), "smartca-proxy idempotency fingerprints")};
}

}  // namespace smartca
