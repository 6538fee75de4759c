#include "web/raster/piece.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace smartca::raster {
namespace {

int nearest(float x) {
    return static_cast<int>(std::floor(x + 0.5f));
}

// A side of a triangle. Always from its upper end, so that two neighbours agree on it, and in doubles: tens of
// thousands of pixels down a float has no digits left.
struct Side {
    Side(ImVec2 one, ImVec2 other) : from(one) {
        if (other.y < from.y) std::swap(from, other);
        top = firstPixel(from.y);
        bottom = firstPixel(other.y);
        slope = (static_cast<double>(other.x) - from.x) / (static_cast<double>(other.y) - from.y);
    }
    double at(int y) const { return from.x + (y + 0.5 - from.y) * slope; }

    ImVec2 from;
    int top, bottom;  // the rows whose middle it crosses
    double slope;
};

// The alpha over a triangle: what it is at the first corner, and how it changes from pixel to pixel.
struct Slope {
    explicit Slope(const Piece& piece) {
        const auto& [a, b, c] = piece.corners;
        const float bx = b->pos.x - a->pos.x, by = b->pos.y - a->pos.y, cx = c->pos.x - a->pos.x,
                    cy = c->pos.y - a->pos.y, area = bx * cy - cx * by;
        start = static_cast<float>(alphaOf(a->col));
        const float toB = static_cast<float>(alphaOf(b->col)) - start,
                    toC = static_cast<float>(alphaOf(c->col)) - start;
        across = (toB * cy - toC * by) / area;
        down = (toC * bx - toB * cx) / area;
        origin = a->pos;
    }
    float at(int x, int y) const {
        return start + (static_cast<float>(x) + 0.5f - origin.x) * across +
               (static_cast<float>(y) + 0.5f - origin.y) * down;
    }

    ImVec2 origin;
    float start, across, down;
};

// Neighbours are alike, as a rule: what one becomes the next becomes too.
void fill(std::span<Pixel> pixels, Pixel color, unsigned alpha) {
    if (alpha == 255) {
        std::ranges::fill(pixels, color);
        return;
    }
    Pixel known = 0, result = sum(color, alpha, known, 255 - alpha);
    for (Pixel& pixel : pixels) {
        if (pixel != known) {
            known = pixel;
            result = sum(color, alpha, known, 255 - alpha);
        }
        pixel = result;
    }
}

void shade(std::span<Pixel> pixels, Pixel color, float alpha, float step) {
    const auto whole = [](float exact) {
        return static_cast<unsigned>(std::clamp(exact + 0.5f, 0.f, 255.f));
    };
    // Above and below a card its shadow is the same along a row.
    if (step == 0) return fill(pixels, color, whole(alpha));
    for (Pixel& pixel : pixels) {
        pixel = sum(color, whole(alpha), pixel, 255 - whole(alpha));
        alpha += step;
    }
}

void paintTriangle(const Piece& piece, const Box& box, const Rows& rows) {
    const auto& [a, b, c] = piece.corners;
    const std::array<Side, 3> sides = {Side(a->pos, b->pos), Side(b->pos, c->pos), Side(c->pos, a->pos)};
    const bool even = a->col == b->col && a->col == c->col;
    const Slope slope(piece);
    const Pixel color = a->col | kOpaque;
    for (int y = box.top; y < box.bottom; ++y) {
        double left = box.right, right = box.left;
        for (const Side& side : sides)
            if (side.top <= y && y < side.bottom) {
                left = std::min(left, side.at(y));
                right = std::max(right, side.at(y));
            }
        const int start = std::max(box.left, firstPixel(left)),
                  count = std::min(box.right, firstPixel(right)) - start;
        if (count <= 0) continue;
        const std::span pixels(rows.row(y) + start, static_cast<std::size_t>(count));
        if (even)
            fill(pixels, color, alphaOf(a->col));
        else
            shade(pixels, color, slope.at(start, y), slope.across);
    }
}

// A glyph stands on whole rows. Of columns its picture has several to a pixel, and between the two that are
// nearest it is interpolated, in 64ths: it looks the same wherever in the texture it lies. Its outermost texels
// are empty.
void paintGlyph(const Piece& piece, const Box& box, const Rows& rows) {
    const ImDrawVert &from = *piece.corners[0], &to = *piece.corners[2];
    const auto texels = [](float part, int size) { return nearest(part * static_cast<float>(size)); };
    const ImTextureData& glyphs = *piece.glyphs;
    const int first = texels(from.uv.x, glyphs.Width), last = texels(to.uv.x, glyphs.Width) - 1,
              line = texels(from.uv.y, glyphs.Height) - firstPixel(from.pos.y);
    const float step = static_cast<float>(last + 1 - first) / (to.pos.x - from.pos.x);
    const Pixel color = from.col | kOpaque;
    const bool colored = color == 0xFFFFFFFF;  // it has colours of its own, or is white
    const unsigned opacity = alphaOf(from.col);
    for (int y = box.top; y < box.bottom; ++y) {
        const Pixel* const picture = reinterpret_cast<const Pixel*>(glyphs.Pixels) +
                                     static_cast<std::ptrdiff_t>(line + y) * glyphs.Width + first;
        Pixel* const pixels = rows.row(y);
        for (int x = box.left; x < box.right; ++x) {
            const float column = (static_cast<float>(x) + 0.5f - from.pos.x) * step - 0.5f;
            const int place = nearest(column * 64), texel = place >> 6;
            if (place < 0 || texel >= last - first) continue;
            const Pixel ink = between(picture[texel], picture[texel + 1], static_cast<unsigned>(place & 63));
            if (ink == 0) continue;  // most of a glyph's picture
            const unsigned alpha = scaled(alphaOf(ink), opacity);
            pixels[x] = colored ? sum(ink, opacity, pixels[x], 255 - alpha)
                                : sum(color, alpha, pixels[x], 255 - alpha);
        }
    }
}

}  // namespace

int firstPixel(double x) {
    return static_cast<int>(std::ceil(x - 0.5));
}

void paint(const Piece& piece, const Rows& rows) {
    Box box = piece.box;
    box.top = std::max(box.top, rows.top);
    box.bottom = std::min(box.bottom, rows.bottom);
    if (box.top >= box.bottom) return;
    if (piece.glyphs != nullptr)
        paintGlyph(piece, box, rows);
    else
        paintTriangle(piece, box, rows);
}

}  // namespace smartca::raster
