// What shapes are made of. Lengths are CSS pixels.
#pragma once

#include <cstdint>

#include "web/view/geometry.h"

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

}  // namespace smartca::view
