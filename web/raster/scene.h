// One of Dear ImGui's draw lists: what of it looks other than before, and any of its rows as pixels.
//
//   scene.read(list, width, height);
//   if (scene.strips()[i] != before[i]) scene.paint(i * kStrip, (i + 1) * kStrip, pixels);
//
// Knows what the view makes of a list: shapes of one colour, which only their edges' alpha is smoothed with,
// and upright glyphs on whole rows. Callbacks, images, and lines drawn with the atlas are nothing of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "web/raster/piece.h"

namespace smartca::raster {

constexpr int kStrip = 32;  // rows

// Of each strip of a surface what lies on it, as a number.
using Strips = std::vector<std::uint64_t>;

class Scene {
  public:
    // paint() looks at the list's vertices again, and at its glyphs.
    void read(const ImDrawList& list, int width, int height);
    const Strips& strips() const { return strips_; }

    // `out` has the pixels of those rows.
    void paint(int top, int bottom, std::span<Pixel> out) const;

  private:
    void add(Piece piece, const Box& clip);

    int width_ = 0;
    std::vector<Piece> pieces_;
    Strips strips_;
};

}  // namespace smartca::raster
