// Fonts whose glyphs the browser rasterises: any script the system has, no font file, and text that lines up
// with the DOM's to 0.015 CSS pixels.
//
// ImGui's size of such a font is the face's line height in device pixels, rounded (font->LegacySize); the
// glyphs have exactly metricsOf(face).size * density device pixels whatever that rounding did.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "web/imgui/adapter.h"
#include "web/view/theme.h"

namespace smartca::platform {

enum class Ink : std::uint8_t { Dark, Light };  // text rasterises a little differently dark on light

struct FontSettings {
    float density = 1;  // device pixels per CSS pixel
    Ink ink = Ink::Dark;
    bool operator==(const FontSettings&) const = default;
};

// The glyphs of one face.
class CanvasFace final : public imgui::GlyphSource {
  public:
    CanvasFace() = default;
    CanvasFace(const view::FaceMetrics& face, const FontSettings& settings);

    float imguiSize() const { return imguiSize_; }
    bool contains(ImWchar codePoint) const override;
    float ascent(float size) override;
    imgui::Glyph measure(ImWchar codePoint, float size) override;
    Coloring draw(const imgui::Glyph& glyph, unsigned char* pixels) override;

  private:
    double glyphSize(float size) const;

    view::FaceMetrics face_{};
    FontSettings settings_;
    float imguiSize_ = 0;
    int oversampling_ = 1;
    struct {
        int left, top, width;
    } drawn_{};                          // of the glyph that was measured last, in texels
    std::vector<unsigned char> canvas_;  // what the browser drew
};

// One font for each face. Lives as long as the fonts are used.
class CanvasFonts {
  public:
    using Set = std::array<ImFont*, static_cast<std::size_t>(view::TextFace::Count)>;
    // Replaces all fonts of the context. Between frames only.
    Set build(imgui::DrawingContext& drawing, const FontSettings& settings);

  private:
    std::array<CanvasFace, std::tuple_size_v<Set>> faces_;
};

}  // namespace smartca::platform
