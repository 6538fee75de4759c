// Rectangles in CSS pixels: taking parts of them, and putting their edges on whole device pixels.
#pragma once

#include <cmath>

#include "web/view/frame.h"

namespace smartca::view {

inline float right(const Rectangle& r) {
    return r.x + r.width;
}
inline float bottom(const Rectangle& r) {
    return r.y + r.height;
}
inline float middle(const Rectangle& r) {
    return r.y + r.height / 2;
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
