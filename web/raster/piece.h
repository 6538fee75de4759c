// What a draw list is made of: triangles, and glyphs.
#pragma once

#include <array>

#include "imgui.h"
#include "web/raster/pixel.h"

namespace smartca::raster {

// Pixels, as a rule those that something may touch.
struct Box {
    int left = 0, top = 0, right = 0, bottom = 0;
};

// The pixel from whose centre on something lies that begins at x: a centre on an edge belongs to the right or
// lower one of two neighbours.
int firstPixel(double x);

struct Piece {
    Box box;
    // Of a triangle of one colour, whose corners differ in nothing but alpha; or three of a glyph's, clockwise
    // from the upper left.
    std::array<const ImDrawVert*, 3> corners;
    const ImTextureData* glyphs;  // whose picture it is, alpha multiplied in; null: it is a triangle
};

// Where it is painted: whole rows of a surface.
struct Rows {
    Pixel* pixels;
    int width, top, bottom;

    Pixel* row(int y) const { return pixels + static_cast<std::ptrdiff_t>(y - top) * width; }
};

void paint(const Piece& piece, const Rows& rows);

}  // namespace smartca::raster
