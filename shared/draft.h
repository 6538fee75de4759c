// What the dialog holds and the proxy receives: the values as a person typed them. Normalising is the rules'
// business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What is not done before a person has said yes.
enum class Agreement : std::uint8_t {
    Unusable,    // a certificate that is picked is revoked, suspended, pending, or of an unknown status
    Unreadable,  // "all" goes on without those that cannot be read
};
const char* nameOf(Agreement agreement);  // "unusable"
std::optional<Agreement> agreementOfName(std::string_view name);

// All text is UTF-8. Optional members are absent where the person changed nothing and a default applies.
struct Draft {
    UserId userId = 0;
    std::string identity{};
    std::string serial{};                // one, as typed; blank: those of `serials`
    std::vector<std::string> serials{};  // picked ones; where this is empty too: all of the identity
    std::vector<Agreement> agreed{};     // what the person has said yes to
    Switch businessAccount = Switch::Off;
    std::string password{};   // only with the business account
    std::string secretKey{};  // only with the business account
    std::optional<std::string> signatureText{};
    std::optional<DisplayMode> displayMode{};
    std::optional<SignatureImage> signatureImage{};
    bool operator==(const Draft&) const = default;
};

}  // namespace smartca
