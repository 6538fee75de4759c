// Fonts whose glyphs the browser rasterises: any script the system has, no font file, and text that lines up
// with the DOM's to 0.015 CSS pixels.
//
// ImGui's size of such a font is the face's line height in device pixels, rounded (font->LegacySize); the
// glyphs have exactly metricsOf(face).size * density device pixels whatever that rounding did.
#pragma once

#include <array>
#include <cstdint>

#include "imgui.h"
#include "web/view/text_face.h"

namespace smartca::platform {

enum class Ink : std::uint8_t { Dark, Light };  // text rasterises a little differently dark on light

struct FontSettings {
    float density = 1;  // device pixels per CSS pixel
    Ink ink = Ink::Dark;
    bool operator==(const FontSettings&) const = default;
};

using FontSet = std::array<ImFont*, static_cast<std::size_t>(view::TextFace::Count)>;

// Replaces all fonts of the current context's atlas by one for each face. Between frames only.
FontSet buildFonts(const FontSettings& settings);

}  // namespace smartca::platform
