#include "shared/secret_key.h"

#include <algorithm>
#include <utility>

#include "shared/text.h"
#include "shared/unaccented.h"

namespace smartca {
namespace {

constexpr std::size_t kShortest = 10;      // bytes: 80 bits, the shortest that authenticators are given
constexpr std::size_t kLongest = 64;       // bytes: the block of SHA-1
constexpr std::size_t kShortestText = 16;  // of a key, in base32

int base32Value(char c) {
    if (isAsciiLetter(c)) return asciiLower(c) - 'a';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

bool isOneCase(std::string_view text) {
    const auto isUpper = [](char c) { return c != asciiLower(c); };
    const auto isLower = [](char c) { return c != asciiUpper(c); };
    return std::none_of(text.begin(), text.end(), isUpper) || std::none_of(text.begin(), text.end(), isLower);
}

// Padding is easily cut, or copied twice. Where it is wrong the text has to be long and of one case: base64 that looks
// so is none that anybody has.
bool decodeBase32(std::string_view text, std::string& bytes) {
    bytes.clear();
    const std::string_view digits = text.substr(0, text.find_last_not_of('=') + 1);
    const std::size_t padding = text.size() - digits.size();
    const bool isRight = padding == 0 || (padding <= 6 && text.size() % 8 == 0);
    if (!isRight && (digits.size() < kShortestText || !isOneCase(digits))) return false;
    const std::size_t tail = digits.size() % 8;
    if (tail == 1 || tail == 3 || tail == 6) return false;  // no number of octets ends so (RFC 4648 §6)
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : digits) {
        const int value = base32Value(c);
        if (value < 0) return false;
        group = ((group << 5U) | static_cast<std::uint32_t>(value)) & 0xFFFFU;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>(static_cast<unsigned char>(group >> bits)));
        }
    }
    return true;
}

bool isHexadecimalOf32(std::string_view bytes) {
    return bytes.size() == 32 &&
           std::all_of(bytes.begin(), bytes.end(), [](char c) { return hexadecimalValue(c) >= 0; });
}

// Standard base64 of the text, also where it lost its padding or has the alphabet of URLs; empty where it has
// characters of another alphabet.
std::string asStandardBase64(std::string_view text) {
    std::string standard(text.substr(0, text.find_last_not_of('=') + 1));
    for (char& c : standard) {
        if (c == '-') c = '+';
        if (c == '_') c = '/';
    }
    while (standard.size() % 4 != 0)
        standard += '=';
    return standard;
}

// Whether base64 of that look may be base32 that was misread, or hexadecimal.
bool looksOtherwise(std::string_view base64) {
    return base64.find_first_of("0189") != std::string_view::npos && isOneCase(base64) &&
           base64.find_last_not_of('=') + 1 >= kShortestText &&
           base64.find_first_of("+/") == std::string_view::npos;
}

Result<SecretKey, SecretKeyError> measured(SecretKey key) {
    if (key.bytes.size() < kShortest) return SecretKeyError::TooShort;
    if (key.bytes.size() > kLongest) return SecretKeyError::TooLong;
    return key;
}

// A key without anything around it.
Result<SecretKey, SecretKeyError> readBareKey(std::string_view typed) {
    std::string text(typed);
    std::erase(text, ' ');
    std::string grouped = text;  // a hyphen stands between groups, or is one of the alphabet of URLs
    std::erase(grouped, '-');
    SecretKey key;
    const auto isBase64 = [&key](std::string_view from) {
        key.text = asStandardBase64(from);
        return !from.starts_with('=') && decodeBase64(key.text, key.bytes);
    };
    if (isBase64(grouped) && isHexadecimalOf32(key.bytes)) return key;
    std::string base32;
    if (decodeBase32(grouped, base32)) {
        std::transform(grouped.begin(), grouped.end(), grouped.begin(), asciiUpper);
        const bool isPadded = grouped.ends_with('=');
        grouped.resize(grouped.find_last_not_of('=') + 1);
        while (isPadded && grouped.size() % 8 != 0)
            grouped += '=';
        return measured({.text = std::move(grouped), .bytes = std::move(base32), .issuer = {}});
    }
    if (!isBase64(text) && !isBase64(grouped)) return SecretKeyError::Undecodable;
    if (looksOtherwise(grouped)) key.doubt = SecretKeyDoubt::LooksOtherwise;
    return measured(std::move(key));
}

// ---- what stands around a key

bool isLabelOfKey(std::string_view word) {
    constexpr std::string_view kWords =
        " khoa bi mat ma secret key totp otp 2fa code authenticator setup secretkey seed token vnpt smartca ";
    return kWords.find(' ' + unaccented(word) + ' ') != std::string_view::npos;
}

std::string_view withoutLabel(std::string_view text) {
    // No key has a colon, nor an "=" but at its end.
    if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos)
        text = withoutFrame(text.substr(colon + 1));
    const std::size_t last = text.find_last_not_of("= ");
    const std::size_t sign = last == std::string_view::npos ? last : text.rfind('=', last);
    const std::string_view label = text.substr(0, std::min(sign, text.find(' ')));
    if (sign != std::string_view::npos && isLabelOfKey(label)) text = withoutFrame(text.substr(sign + 1));
    for (;;) {
        const std::size_t blank = text.find(' ');
        if (blank == std::string_view::npos || !isLabelOfKey(text.substr(0, blank))) return text;
        text = withoutFrame(text.substr(blank));
    }
}

// "JBSWY3DPEHPK3PXP Copy": one piece is a key by itself, and another a short word. Whether that belongs to the key nobody
// can tell.
bool hasWordBeside(std::string_view text) {
    bool key = false, word = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view piece = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (piece.size() >= kShortestText)
            key |= readBareKey(piece).ok();
        else
            word |= !piece.empty() && std::all_of(piece.begin(), piece.end(), isAsciiLetter);
    }
    return key && word;
}

// ---- otpauth links: otpauth://totp/Issuer:account?secret=…&issuer=…

constexpr std::string_view kScheme = "otpauth://";

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), asciiLower);
    return lower;
}

std::string percentDecoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string byte;
        if (text[i] == '%' && i + 2 < text.size() && decodeHexadecimal(text.substr(i + 1, 2), byte)) {
            decoded += byte;
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

// For a person to read, from a text that may hold anything.
std::string readable(std::string_view text) {
    const std::string valid = foldedTyping(percentDecoded(text));
    if (hasForbiddenCharacter(valid, LineBreaks::Forbidden)) return {};
    return shortenedTo(trimmed(valid), kReadable);
}

struct Link {
    std::string secret, issuer;
    bool otherCodes = false;
};

void readParameter(Link& link, std::string_view parameter) {
    const std::size_t sign = std::min(parameter.find('='), parameter.size());
    const std::string name = lowered(withoutFrame(parameter.substr(0, sign)));
    const std::string_view value = withoutFrame(parameter.substr(std::min(sign + 1, parameter.size())));
    if (name == "secret") link.secret = percentDecoded(value);
    if (name == "digits" && value != "6") link.otherCodes = true;
    if (name == "period" && value != "30") link.otherCodes = true;
    if (name == "algorithm" && lowered(value) != "sha1" && lowered(value) != "hmacsha1")
        link.otherCodes = true;
    if (name != "issuer") return;
    std::string words(value);
    std::replace(words.begin(), words.end(), '+', ' ');
    if (std::string issuer = readable(words); !issuer.empty()) link.issuer = std::move(issuer);
}

Link parseLink(std::string_view text) {
    Link link;
    text.remove_prefix(kScheme.size());
    const std::size_t question = std::min(text.find('?'), text.size());
    const std::string_view path = text.substr(0, question);
    const std::size_t slash = std::min(path.find('/'), path.size());
    link.otherCodes = lowered(path.substr(0, slash)) != "totp";
    if (slash < path.size()) {
        const std::string label = readable(path.substr(slash + 1));
        link.issuer = label.substr(0, label.find(':'));
    }
    std::string_view rest = text.substr(question);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('&'), rest.size());
        readParameter(link, rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return link;
}

}  // namespace

Result<SecretKey, SecretKeyError> readSecretKey(std::string_view typed) {
    const std::string folded = foldedTyping(typed);
    const std::string_view text = withoutFrame(folded);
    const std::size_t scheme = lowered(text).find(kScheme);
    if (scheme == std::string::npos) {
        const std::string_view key = withoutLabel(text);
        if (hasWordBeside(key)) return SecretKeyError::Undecodable;
        return readBareKey(key);
    }
    Link link = parseLink(text.substr(scheme));
    if (link.secret.empty()) return SecretKeyError::Undecodable;  // cut off before it
    auto key = readBareKey(withoutFrame(link.secret));
    if (!key) return key;
    SecretKey read = std::move(key).value();
    read.fromLink = true;
    read.issuer = std::move(link.issuer);
    if (link.otherCodes) read.doubt = SecretKeyDoubt::OtherCodes;
    return read;
}

Result<std::string, SecretKeyError> decodeSecretKey(std::string_view typed) {
    auto key = readSecretKey(typed);
    if (!key) return key.error();
    return std::move(key).value().bytes;
}

std::string secretKeyText(std::string_view typed) {
    auto key = readSecretKey(typed);
    return key ? std::move(key).value().text : std::string(typed);
}

}  // namespace smartca
