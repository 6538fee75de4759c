// A view with fonts of fixed advances: draws samples without a browser, and reads back what was painted.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "states.h"
#include "web/imgui/adapter.h"

namespace smartca::view::test {

// Glyphs of one advance. Each is one texel of its own, so that what was painted can be read back from the
// vertices.
class FixedGlyphs final : public imgui::GlyphSource {
  public:
    bool contains(ImWchar codePoint) const override;
    float ascent(float size) override;
    imgui::Glyph measure(ImWchar codePoint, float size) override;
    Coloring draw(const imgui::Glyph& glyph, unsigned char* pixels) override;
    const std::vector<imgui::Glyph>& drawn() const { return drawn_; }

  private:
    std::vector<imgui::Glyph> drawn_;
};

class Scene {
  public:
    Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    // Lives until the next call. Items in blocks stand among the others, where they are read.
    const Frame& draw(const Sample& sample, const Viewport& viewport,
                      const Interaction* interaction = nullptr);

    // The block of the last frame; null: none.
    const ItemBlock& block() const { return block_; }

    // In the place of the theme's own, from now on.
    void setPalette(const Palette& palette) { palette_ = palette; }

    void setWholeWord(WholeWord wholeWord) { resources_.wholeWord = wholeWord; }

    // The words painted on a surface: each run of glyphs that follow one another on a line, without its
    // blanks.
    std::vector<std::string> paintedWords(const Surface& surface) const;

  private:
    std::array<FixedGlyphs, kFaces.size()> glyphs_;
    imgui::DrawingContext drawing_;  // what follows lives in it
    Resources resources_;
    std::optional<Palette> palette_;
    View view_{drawing_};
    Frame flat_;
    ItemBlock block_;
};

constexpr Viewport kWindow = {1280, 800, 1, Pointer::Mouse};
Sample sampleOf(std::string_view name, Locale locale = Locale::English);

// The item's rectangle from the viewport's top left, as if nothing were scrolled.
Rectangle absolute(const Frame& frame, const Item& item);
const Item* find(const Frame& frame, std::uint32_t id);
bool says(const Frame& frame, std::string_view words);  // whether an item's name is just these
bool isControl(const Item& item);

}  // namespace smartca::view::test
