#include "proxy/upstream/redaction.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace smartca::upstream {
namespace {

constexpr std::string_view kMark = "***";
// A shorter piece of a secret is in ordinary words too.
constexpr std::size_t kShortestPiece = 6;

void replaceAll(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + kMark.size()))
        text.replace(at, what.size(), kMark);
}

// The visible ASCII of it, which is what is left of a secret however it was spread out.
std::string squeezed(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
                 [](char c) { return c > ' ' && c < 0x7F; });
    return kept;
}

bool holdsMostOf(const std::string& text, const std::string& secret) {
    const std::size_t piece = std::max(kShortestPiece, secret.size() - secret.size() / 4);
    if (piece > secret.size()) return false;
    const std::string_view inEach =
        std::string_view(secret).substr(secret.size() - piece, 2 * piece - secret.size());
    if (text.find(inEach) == std::string::npos) return false;
    for (std::size_t from = 0; from + piece <= secret.size(); ++from) {
        if (text.find(std::string_view(secret).substr(from, piece)) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

std::string redacted(std::string_view text, std::initializer_list<std::string_view> secrets) {
    std::string left(text);
    for (const std::string_view secret : secrets) {
        if (!secret.empty()) replaceAll(left, secret);
    }
    const std::string visible = squeezed(left);
    const bool leaks = std::any_of(secrets.begin(), secrets.end(), [&](std::string_view secret) {
        return holdsMostOf(visible, squeezed(secret));
    });
    return leaks ? std::string(kMark) : left;
}

void redact(nlohmann::json& value, std::initializer_list<std::string_view> secrets) {
    if (auto* text = value.get_ptr<std::string*>()) *text = redacted(*text, secrets);
    if (value.is_structured()) {
        for (auto& child : value)
            redact(child, secrets);
    }
}

}  // namespace smartca::upstream
