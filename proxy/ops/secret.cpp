#include "proxy/ops/secret.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "proxy/base/crypto.h"
#include "proxy/base/file.h"
#include "proxy/base/unique_descriptor.h"

namespace smartca::ops {
namespace {

constexpr std::size_t kMaximumSecret = 4096;
constexpr std::size_t kMaximumDocument = 64 * 1024;

// As the file has it, byte for byte.
bool isVerbatim(SecretLines lines) {
    return lines == SecretLines::Binary || lines == SecretLines::Document;
}

bool isRefusedCharacter(char c, SecretLines lines) {
    if (isVerbatim(lines)) return false;
    if (lines == SecretLines::Several && (c == '\n' || c == '\r')) return false;
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

Result<std::string, SecretFault> readSecretFile(const std::string& path, SecretLines lines) {
    if (lines == SecretLines::Public) {
        auto text = base::readFile(path);
        if (!text) return SecretFault{path + " cannot be read."};
        return std::move(*text);
    }
    const base::UniqueDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd) return SecretFault{"Cannot read " + path + ": " + std::strerror(errno) + "."};
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return SecretFault{path + " is not a regular file; name the file that holds the secret."};
    if (!isPrivate(status.st_mode, status.st_uid, ::geteuid()))
        return SecretFault{"Others on this machine can use " + path +
                           ", which holds a secret; run: chmod 600 " + path};
    std::array<char, kMaximumDocument + 1> bytes;
    const std::size_t maximum = lines == SecretLines::Document ? kMaximumDocument : kMaximumSecret;
    std::size_t size = 0;
    for (ssize_t got;
         size < bytes.size() && (got = ::read(fd.get(), bytes.data() + size, bytes.size() - size)) > 0;)
        size += static_cast<std::size_t>(got);
    std::string secret(bytes.data(), std::min(size, maximum));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    if (!isVerbatim(lines) && secret.ends_with('\n')) secret.pop_back();
    if (!isVerbatim(lines) && secret.ends_with('\r')) secret.pop_back();
    const char* wrong = nullptr;
    if (size > maximum)
        wrong = maximum == kMaximumSecret ? " is larger than a secret may be (4096 bytes)."
                                          : " is larger than 64 KiB.";
    if (secret.empty()) wrong = " is empty; write the secret into it.";
    if (secret.starts_with("\xEF\xBB\xBF")) wrong = " begins with a byte order mark; save it without one.";
    if (std::any_of(secret.begin(), secret.end(), [&](char c) { return isRefusedCharacter(c, lines); }))
        wrong =
            " holds a control character or more than one line; it must hold the secret alone, on one line.";
    if (!wrong) return secret;
    base::wipe(secret);
    return SecretFault{path + wrong};
}

bool isPrivate(mode_t mode, uid_t owner, uid_t self) {
    constexpr uid_t kRoot = 0;
    const mode_t ofOthers = mode & (S_IRWXG | S_IRWXO);
    return ofOthers == 0 || (ofOthers == S_IRGRP && owner == kRoot && self != kRoot);
}

std::string takeFromEnvironment(const char* name) {
    char* value = std::getenv(name);
    if (!value) return {};
    std::string taken(value);
    OPENSSL_cleanse(value, taken.size());
    ::unsetenv(name);
    return taken;
}

std::vector<std::string> tokensIn(std::string_view text) {
    constexpr std::size_t kShortest = 32;
    constexpr std::size_t kLongest = 256;
    constexpr std::size_t kMost = 2;
    std::vector<std::string> tokens;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        const bool visible =
            std::all_of(line.begin(), line.end(), [](char c) { return c > 0x20 && c < 0x7f; });
        if (!visible || line.size() < kShortest || line.size() > kLongest || tokens.size() == kMost)
            return {};
        tokens.emplace_back(line);
    }
    return tokens;
}

Secret::Version Secret::versionNow() const {
    struct stat status{};
    if (::stat(source_.file.c_str(), &status) != 0) return {};
    return {status.st_dev, status.st_ino, status.st_size, status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
}

Result<std::unique_ptr<Secret>, SecretFault> Secret::open(const SecretSource& source) {
    auto secret = std::unique_ptr<Secret>(new Secret(source));
    std::string fromVariable =
        source.variable.empty() ? std::string() : takeFromEnvironment(source.variable.c_str());
    if (source.file.empty()) {
        if (fromVariable.empty())
            return SecretFault{source.option + " is missing: nothing else tells " + source.what +
                               "; name a file that holds it, or set " + source.variable + "."};
        secret->value_ = std::move(fromVariable);
        return secret;
    }
    base::wipe(fromVariable);
    secret->version_ = secret->versionNow();
    auto read = secret->readNow();
    if (!read) return SecretFault{source.option + ": " + read.error().sentence};
    secret->value_ = std::move(read).value();
    return secret;
}

Secret::~Secret() {
    base::wipe(value_);
}

std::string Secret::value() const {
    const std::lock_guard lock(mutex_);
    return value_;
}

Result<std::string, SecretFault> Secret::readNow() const {
    auto read = readSecretFile(source_.file, source_.lines);
    if (!read || !source_.take) return read;
    const auto wrong = source_.take(read.value());
    if (!wrong) return read;
    base::wipe(read.value());
    return SecretFault{(wrong->starts_with(source_.file) ? std::string() : source_.file + ": ") + *wrong +
                       "."};
}

Secret::Refresh Secret::refresh() {
    if (source_.file.empty()) return Refresh::Unchanged;
    const auto version = versionNow();
    if (version == version_) return Refresh::Unchanged;
    auto read = readNow();
    if (!read) {
        // It is read again at the next look: the cause may lie elsewhere, as when no descriptor was free.
        const bool isTold = version == broken_ && fault_ == read.error().sentence;
        broken_ = version;
        fault_ = read.error().sentence;
        return isTold ? Refresh::Unchanged : Refresh::Broken;
    }
    version_ = version;
    const std::lock_guard lock(mutex_);
    std::swap(value_, read.value());
    base::wipe(read.value());
    return Refresh::Replaced;
}

}  // namespace smartca::ops
