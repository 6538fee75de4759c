// Boxes side by side that wrap into as many lines as they need, and grow to fill each.
#pragma once

#include <span>
#include <vector>

#include "web/view/frame.h"

namespace smartca::view {

struct FlexItem {
    float basis = 0;  // CSS px that it wants at least
    float grow = 1;   // its share of what is left in its line
};

// One box for each item, in the area's width from its top; lines are `height` high and `gap` apart.
std::vector<Rectangle> wrapped(std::span<const FlexItem> items, const Rectangle& area, float height,
                               float gap);

}  // namespace smartca::view
