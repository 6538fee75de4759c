#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "proxy/registry/sealed_secret.h"
#include "proxy/registry/unique_descriptor.h"
#include "shared/text.h"

namespace smartca::registry {
namespace {

constexpr std::size_t kLargestFile = 1024;

std::string because(const std::string& path, const std::string& what) {
    return "key file " + path + ": " + what;
}

// The remedy where there is no key yet.
std::string makeOne(const std::string& path) {
    return "; make one with: (umask 077; openssl rand -hex 32 > " + path + ")";
}

int hexadecimalDigit(char c) {
    if (isAsciiDigit(c)) return c - '0';
    const char lower = asciiLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool decodeHexadecimal(std::string_view text, std::string& bytes) {
    bytes.clear();
    if (text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexadecimalDigit(text[i]);
        const int low = hexadecimalDigit(text[i + 1]);
        if (high < 0 || low < 0) return false;
        bytes += static_cast<char>(high * 16 + low);
    }
    return true;
}

std::string hexadecimalOf(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        text += kDigits[static_cast<unsigned char>(byte) >> 4];
        text += kDigits[static_cast<unsigned char>(byte) & 15];
    }
    return text;
}

// Null, with errno set, where reading fails.
std::optional<std::string> readAll(int descriptor) {
    std::string content(kLargestFile, '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t count = ::read(descriptor, content.data() + size, content.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::nullopt;
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    content.resize(size);
    return content;
}

// 32 raw bytes are taken as they are, even if the last of them looks like a line break.
bool keyOf(const std::string& content, std::string& key) {
    if (content.size() == SealingKey::kSize) {
        key = content;
        return true;
    }
    std::string_view text = content;
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (decodeHexadecimal(text, key) && key.size() == SealingKey::kSize) return true;
    return decodeBase64(text, key) && key.size() == SealingKey::kSize;
}

Result<Done, std::string> writeNewKey(int descriptor, const std::string& path) {
    std::string key(SealingKey::kSize, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size())) != 1) {
        return because(path, "no randomness for a new key");
    }
    const WipedString line(hexadecimalOf(key) + "\n");
    wipe(key);
    const auto size = static_cast<ssize_t>(line.value().size());
    if (::write(descriptor, line.value().data(), line.value().size()) != size || ::fsync(descriptor) != 0) {
        return because(path, std::strerror(errno));
    }
    return Done{};
}

}  // namespace

Result<SealingKey, std::string> loadSealingKey(const std::string& path) {
    const UniqueDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return because(path, std::strerror(errno) + makeOne(path));
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return because(path, std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        return because(path, "not a regular file; name the file that holds the key");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return because(path, "group or others may use it; make it yours alone: chmod 600 " + path);
    }
    auto read = readAll(file.get());
    if (!read) return because(path, std::strerror(errno));
    const WipedString content(std::move(*read));
    std::string bytes;
    if (!keyOf(content.value(), bytes)) {
        wipe(bytes);
        return because(path, "not a key: 32 raw bytes, 64 hexadecimal digits or their base64 are needed" +
                                 makeOne(path));
    }
    const WipedString key(std::move(bytes));
    return SealingKey::ofBytes(key.value());
}

Result<SealingKey, std::string> loadOrCreateSealingKey(const std::string& path) {
    const UniqueDescriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file && errno != EEXIST) return because(path, std::strerror(errno));
    if (file) {
        if (auto written = writeNewKey(file.get(), path); !written) {
            ::unlink(path.c_str());
            return written.error();
        }
    }
    return loadSealingKey(path);
}

}  // namespace smartca::registry
