// The design's colours and faces of type. A portal can override each colour by a CSS custom property of the
// token's name, "--smartca-accent"; the platform makes one font for each face, and the twins' text uses the
// same numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "web/app/event.h"

namespace smartca::view {

enum class ColorToken : std::uint8_t {
    Background,
    Surface,
    Sunken,
    Line,
    LineStrong,
    Text,
    Muted,
    Faint,        // decoration, and the edges of check boxes and radio buttons
    Placeholder,  // what an empty field hints at
    Accent,
    AccentHover,
    AccentSoft,
    OnAccent,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    Error,
    ErrorSoft,
    Count,
};

using Color = std::uint32_t;  // 0xRRGGBB
using Palette = std::array<Color, static_cast<std::size_t>(ColorToken::Count)>;

enum class Contrast : std::uint8_t { Normal, More };  // More: the system's prefers-contrast

const Palette& paletteOf(app::Theme theme, Contrast contrast = Contrast::Normal);
std::string_view nameOf(ColorToken token);  // "accent-hover"

enum class TextFace : std::uint8_t {
    Body,        // 14/20
    BodyStrong,  // 14/20, 600
    Touch,       // 16/22: fields and buttons on touch screens
    TouchStrong,
    Label,       // 13/18, 600
    LabelPlain,  // 13/18
    Help,        // 12/16
    HelpStrong,  // 12/16, 600
    Title,       // 18/26, 650
    PageTitle,   // 20/28, 650
    Mono,        // 13/20
    MonoSmall,   // 12/16
    Brand,       // 15/20, 650
    Chip,        // 12.5/20, monospace: placeholders
    Stamp,       // 11/15: the signature on the document
    Count,
};

struct FaceMetrics {
    float size;  // CSS px
    float line;  // CSS px
    int weight;  // CSS font-weight
    bool monospace;
};

constexpr std::array<FaceMetrics, static_cast<std::size_t>(TextFace::Count)> kFaces = {{
    {14, 20, 400, false},
    {14, 20, 600, false},
    {16, 22, 400, false},
    {16, 22, 600, false},
    {13, 18, 600, false},
    {13, 18, 400, false},
    {12, 16, 400, false},
    {12, 16, 600, false},
    {18, 26, 650, false},
    {20, 28, 650, false},
    {13, 20, 400, true},
    {12, 16, 400, true},
    {15, 20, 650, false},
    {12.5, 20, 400, true},
    {11, 15, 400, false},
}};

constexpr const FaceMetrics& metricsOf(TextFace face) {
    return kFaces[static_cast<std::size_t>(face)];
}

}  // namespace smartca::view
