#include "proxy/upstream/certificate_data.h"

#include <algorithm>
#include <utility>

#include "shared/text.h"

namespace smartca::upstream {
namespace {

constexpr int kMostLayers = 3;      // base64 of PEM of base64 has two
constexpr char kSequence = '\x30';  // what every DER certificate begins with

// What stands between the lines of the next PEM block, without its headers (RFC 1421), and what follows it; everything
// where there is no such line.
std::string_view takeArmoured(std::string_view& text) {
    constexpr std::string_view kBegin = "-----BEGIN ";
    constexpr std::string_view kDashes = "-----";
    const auto begin = text.find(kBegin);
    if (begin == std::string_view::npos) return std::exchange(text, {});
    text.remove_prefix(begin + kBegin.size());
    text.remove_prefix(std::min(text.find(kDashes), text.size() - kDashes.size()) + kDashes.size());
    std::string_view block = text.substr(0, text.find(kDashes));
    text.remove_prefix(block.size());
    if (text.find(kBegin) == std::string_view::npos) text = {};
    // Headers end with a blank line.
    const auto colon = block.rfind(':');
    if (colon != std::string_view::npos)
        block.remove_prefix(std::min(block.find_first_of("\r\n", colon), block.size()));
    return block;
}

// In the alphabet of base64, without padding and whatever separates the lines.
std::string digitsOf(std::string_view text) {
    std::string digits;
    const std::string typed = foldedTyping(text);
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (c == '\\' && i + 1 < typed.size() && (typed[i + 1] == 'n' || typed[i + 1] == 'r'))
            ++i;
        else if (c != ' ' && c != '=')
            digits += c == '-' ? '+' : c == '_' ? '/' : c;
    }
    return digits;
}

bool decodeDigits(std::string digits, std::string& octets) {
    if (digits.starts_with("30") && decodeHexadecimal(digits, octets)) return true;
    digits.append((4 - digits.size() % 4) % 4, '=');
    return decodeBase64(digits, octets);
}

}  // namespace

bool decodeCertificateData(std::string_view text, std::string& der) {
    // As nearly every gateway writes it.
    if (decodeBase64(text, der) && der.starts_with(kSequence)) return true;
    std::string layer(text);
    for (int i = 0; i < kMostLayers; ++i) {
        std::string block;
        der.clear();
        // What is broken behind one that can be read takes nothing from it.
        for (std::string_view rest = layer;
             !rest.empty() && decodeDigits(digitsOf(takeArmoured(rest)), block);)
            der += block;
        if (der.empty()) return false;
        if (der.front() == kSequence) return true;
        layer = der;
    }
    return false;
}

}  // namespace smartca::upstream
