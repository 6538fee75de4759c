// What the dialog holds and the proxy receives: the values as a person typed them. Normalising is the rules'
// business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace smartca {

enum class DisplayMode : std::uint8_t { TextAndImage, ImageOnly, TextOnly };

// In JSON: textAndImage, imageOnly, textOnly.
const char* nameOf(DisplayMode mode);
std::optional<DisplayMode> displayModeOfName(const std::string& name);

inline bool showsText(DisplayMode mode) {
    return mode != DisplayMode::ImageOnly;
}
inline bool showsImage(DisplayMode mode) {
    return mode != DisplayMode::TextOnly;
}

enum class Switch : std::uint8_t { Off, On };

using UserId = std::int64_t;  // positive 32-bit upstream; 0 means none chosen

// An image file's bytes with what its header says of it.
struct SignatureImage {
    std::string name{};       // file name, for display only
    std::string mediaType{};  // image/png or image/jpeg
    std::string data{};       // the file's bytes
    int width = 0;            // pixels
    int height = 0;
    bool operator==(const SignatureImage&) const = default;
};

// All text is UTF-8. Optional members are absent where the person changed nothing and a default applies.
struct Draft {
    UserId userId = 0;
    std::string identity{};
    std::string serial{};  // blank: all certificates of the identity
    Switch businessAccount = Switch::Off;
    std::string password{};   // only with the business account
    std::string secretKey{};  // only with the business account
    std::optional<std::string> signatureText{};
    std::optional<DisplayMode> displayMode{};
    std::optional<SignatureImage> signatureImage{};
    bool operator==(const Draft&) const = default;
};

}  // namespace smartca
