// Points and rectangles in CSS pixels, their edges on whole device pixels, and what shapes are painted with.
#pragma once

#include <cmath>
#include <cstdint>

#include "web/view/frame.h"

namespace smartca::view {

struct Point {
    float x = 0, y = 0;
};

// A colour with its opacity.
struct Ink {
    Color color = 0;
    float alpha = 1;
};

struct Shadow {
    float down = 0;
    float blur = 0;  // as in CSS: twice the standard deviation
    float alpha = 0;
};

// Which corners of a rectangle are round.
enum class Corners : std::uint8_t { All, Upper, Lower };

inline float right(const Rectangle& r) {
    return r.x + r.width;
}
inline float bottom(const Rectangle& r) {
    return r.y + r.height;
}
inline float middle(const Rectangle& r) {
    return r.y + r.height / 2;
}
inline Point centre(const Rectangle& r) {
    return {r.x + r.width / 2, middle(r)};
}
inline Rectangle squareAround(Point centre, float side) {
    return {centre.x - side / 2, centre.y - side / 2, side, side};
}
inline Rectangle grown(const Rectangle& r, float by) {
    return {r.x - by, r.y - by, r.width + 2 * by, r.height + 2 * by};
}
inline Rectangle inset(const Rectangle& r, float horizontal, float vertical) {
    return {r.x + horizontal, r.y + vertical, r.width - 2 * horizontal, r.height - 2 * vertical};
}
// A box of that size, centred in `r`.
inline Rectangle centred(const Rectangle& r, float width, float height) {
    return {r.x + (r.width - width) / 2, r.y + (r.height - height) / 2, width, height};
}
inline float snapped(float length, float density) {
    return std::round(length * density) / density;
}
// Each edge on its own, so that neighbours keep sharing an edge.
inline Rectangle snapped(const Rectangle& r, float density) {
    const float x = snapped(r.x, density), y = snapped(r.y, density);
    return {x, y, snapped(right(r), density) - x, snapped(bottom(r), density) - y};
}

}  // namespace smartca::view
