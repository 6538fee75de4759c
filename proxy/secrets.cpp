#include "proxy/secrets.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "proxy/base/crypto.h"

namespace smartca {

Result<const ops::Secret*, std::string> Secrets::open(const ops::SecretSource& source) {
    auto secret = ops::Secret::open(source);
    if (!secret) return secret.error().sentence;
    secrets_.push_back(std::move(secret).value());
    return secrets_.back().get();
}

namespace {

bool isGiven(const ops::SecretSource& source) {
    return !source.file.empty() || std::getenv(source.variable.c_str()) != nullptr;
}

}  // namespace

Result<upstream::AccountSource, std::string> Secrets::openAccount(const ops::SecretSource& name,
                                                                  const ops::SecretSource& password,
                                                                  Need need) {
    if (need == Need::Optional && !isGiven(name) && !isGiven(password)) return upstream::AccountSource();
    const auto first = open(name);
    if (!first) return first.error();
    const auto second = open(password);
    if (!second) return second.error();
    return upstream::AccountSource([name = first.value(), password = second.value()] {
        return upstream::Account{name->value(), password->value()};
    });
}

void Secrets::refresh(const std::function<void(const ops::Secret&, ops::Secret::Refresh)>& report) {
    for (const auto& secret : secrets_) {
        const auto refreshed = secret->refresh();
        if (refreshed != ops::Secret::Refresh::Unchanged) report(*secret, refreshed);
    }
}

Result<std::function<std::string()>, std::string> Secrets::openDatabasePassword(const std::string& file) {
    const ops::SecretSource source{"the database's password", "--database-password-file", file,
                                   "SMARTCA_DATABASE_PASSWORD"};
    std::function<std::string()> ask;
    if (!isGiven(source)) return ask;
    const auto secret = open(source);
    if (!secret) return secret.error();
    ask = [password = secret.value()] { return password->value(); };
    return ask;
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
                base::hmacSha256(bytes.value(), "smartca-proxy idempotency fingerprints"),
                base::hmacSha256(bytes.value(), "smartca-proxy session tokens")};
}

}  // namespace smartca
