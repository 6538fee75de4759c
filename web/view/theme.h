// The design's colours. A portal can override each by a CSS custom property of the token's name,
// "--smartca-accent".
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
    Faint,
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

}  // namespace smartca::view
