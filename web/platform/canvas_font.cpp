#include "web/platform/canvas_font.h"

#include <algorithm>
#include <cmath>

#include "web/platform/browser.h"

namespace smartca::platform {
namespace {

// Averages each texel over the columns it was oversampled by, and multiplies alpha in. Ink becomes coverage:
// white, with the alpha the browser drew. Glyphs with colours of their own (emoji) keep them.
void filterColumns(const unsigned char* drawn, int drawnWidth, int height, int oversampling, bool colored,
                   unsigned char* out) {
    const int width = drawnWidth + oversampling - 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            int alpha = 0;
            std::array<int, 3> color{};
            const int first = std::max(0, x - oversampling + 1);
            const int last = std::min(x, drawnWidth - 1);
            for (int from = first; from <= last; ++from) {
                const unsigned char* pixel = drawn + (y * drawnWidth + from) * 4;
                alpha += pixel[3];
                for (std::size_t c = 0; c < 3; ++c)
                    color[c] += pixel[c] * pixel[3];
            }
            unsigned char* target = out + (y * width + x) * 4;
            for (std::size_t c = 0; c < 3; ++c)
                target[c] = static_cast<unsigned char>((colored ? color[c] / 255 : alpha) / oversampling);
            target[3] = static_cast<unsigned char>(alpha / oversampling);
        }
    }
}

}  // namespace

// ImGui draws glyphs at fractions of a pixel with bilinear sampling; only more columns than pixels keep stems
// sharp there. Measured against the DOM's own text: 4 below a density of 2, 2 from there on.
CanvasFace::CanvasFace(const view::FaceMetrics& face, const FontSettings& settings)
    : face_(face),
      settings_(settings),
      imguiSize_(std::round(face.line * settings.density)),
      oversampling_(settings.density < 2 ? 4 : 2) {}

// Device pixels; exact at the size the face was made for, in proportion at any other.
double CanvasFace::glyphSize(float size) const {
    const double exact = static_cast<double>(face_.size) * settings_.density;
    return size == imguiSize_ ? exact : exact * size / imguiSize_;
}

// The browser always finds something to draw, if only a box. Controls are refused: ImGui makes its own tab.
bool CanvasFace::contains(ImWchar codePoint) const {
    return codePoint >= 0x20 && (codePoint < 0x7F || codePoint >= 0xA0);
}

// The baseline comes from a real line box: CSS's half-leading, computed, is off by a pixel in most fonts at a
// density of 1.5.
float CanvasFace::ascent(float size) {
    const double baseline = smartca_glyph_baseline(face_.weight, face_.monospace, face_.size, face_.line,
                                                   glyphSize(size) / face_.size);
    return static_cast<float>(std::round(baseline));
}

imgui::Glyph CanvasFace::measure(ImWchar codePoint, float size) {
    std::array<float, 5> measured{};
    smartca_glyph_font(face_.weight, face_.monospace, glyphSize(size));
    smartca_glyph_measure(codePoint, oversampling_, measured.data());
    const auto [advance, left, top, width, height] = measured;
    imgui::Glyph glyph = {.codePoint = codePoint, .size = size, .advance = advance};
    if (width <= 0 || height <= 0) return glyph;
    drawn_ = {static_cast<int>(left), static_cast<int>(top), static_cast<int>(width)};
    glyph.columns = drawn_.width + oversampling_ - 1;
    glyph.rows = static_cast<int>(height);
    const auto columns = static_cast<float>(oversampling_);
    glyph.left = (left - (columns - 1) * 0.5f) / columns;
    glyph.right = glyph.left + static_cast<float>(glyph.columns) / columns;
    glyph.top = top;
    glyph.bottom = glyph.top + static_cast<float>(glyph.rows);
    return glyph;
}

imgui::GlyphSource::Coloring CanvasFace::draw(const imgui::Glyph& glyph, unsigned char* pixels) {
    canvas_.resize(static_cast<std::size_t>(drawn_.width) * static_cast<std::size_t>(glyph.rows) * 4);
    const bool colored =
        smartca_glyph_draw(glyph.codePoint, oversampling_, drawn_.left, drawn_.top, drawn_.width, glyph.rows,
                           settings_.ink == Ink::Dark, canvas_.data());
    filterColumns(canvas_.data(), drawn_.width, glyph.rows, oversampling_, colored, pixels);
    return colored ? Coloring::Own : Coloring::Ink;
}

CanvasFonts::Set CanvasFonts::build(imgui::DrawingContext& drawing, const FontSettings& settings) {
    drawing.clearFonts();
    Set fonts{};
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        const view::FaceMetrics& face = view::kFaces[i];
        smartca_glyph_probe(face.weight, face.monospace, face.size, face.line);
        faces_[i] = CanvasFace(face, settings);
        fonts[i] = drawing.addFont(faces_[i], faces_[i].imguiSize());
    }
    return fonts;
}

}  // namespace smartca::platform
