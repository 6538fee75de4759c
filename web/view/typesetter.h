// Measures and breaks words with the platform's fonts. CSS pixels.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/view/view.h"

namespace smartca::view {

class Typesetter {
  public:
    Typesetter(const Resources& resources, float density) : resources_(&resources), density_(density) {}

    ImFont* font(TextFace face) const { return resources_->fonts[static_cast<std::size_t>(face)]; }
    // ImGui's size of a face: its line's height in device pixels, whole. `scale` shrinks the face.
    float deviceSize(TextFace face, float scale = 1) const;
    float lineHeight(TextFace face, float scale = 1) const;

    float width(TextFace face, std::string_view words, float scale = 1) const;
    // What is handed to ImGui for words on one line: `kept` holds it where it is another text.
    std::string_view painted(std::string_view words, std::string& kept) const;
    // The lines of the words within that width, broken at blanks, or within a word that is too long.
    // `indent` is left free in the first one. The views point into `words`.
    std::vector<std::string_view> lines(TextFace face, std::string_view words, float width, float indent = 0,
                                        float scale = 1) const;
    // Of the lines that the words take within that width, as Painter::text() paints them; 0 for none.
    float height(TextFace face, std::string_view words, float width) const;
    // The words, cut and ended by "…" where they are too long; of a name the middle goes (withoutMiddle).
    enum class Cut : std::uint8_t { End, Middle };
    std::string fitted(TextFace face, std::string_view words, float width, Cut cut = Cut::End) const;

  private:
    void breakParagraph(TextFace face, std::string_view words, float width, float indent, float scale,
                        std::vector<std::string_view>& lines) const;

    const Resources* resources_;
    float density_;
};

}  // namespace smartca::view
