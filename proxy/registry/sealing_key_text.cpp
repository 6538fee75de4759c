// The forms in which an operator may keep the key.
#include <optional>

#include "proxy/registry/sealed_secret.h"
#include "shared/text.h"

namespace smartca::registry {
namespace {

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

// 32 raw bytes are taken as they are, even if the last of them looks like a line break.
bool keyOf(std::string_view content, std::string& key) {
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

}  // namespace

std::optional<SealingKey> sealingKeyOf(std::string_view content) {
    std::string bytes;
    const bool isKey = keyOf(content, bytes);
    const WipedString key(std::move(bytes));
    if (!isKey) return std::nullopt;
    return SealingKey::ofBytes(key.value());
}

}  // namespace smartca::registry
