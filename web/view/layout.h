// The design's lengths, and boxes side by side that wrap into as many lines as they need, and grow to fill
// each. CSS pixels.
#pragma once

#include <span>
#include <vector>

#include "web/view/frame.h"

namespace smartca::view {

constexpr float kControlRadius = 8;  // of buttons and fields
constexpr float kCardRadius = 12;    // of cards and popups
constexpr float kDialogRadius = 16;
constexpr float kControlInset = 13;  // from a field's frame to its words
constexpr float kLabelDistance = 6;  // from a label to its field

struct FlexItem {
    float basis = 0;  // CSS px that it wants at least
    float grow = 1;   // its share of what is left in its line
};

// One box for each item, in the area's width from its top; lines are `height` high and `gap` apart.
std::vector<Rectangle> wrapped(std::span<const FlexItem> items, const Rectangle& area, float height,
                               float gap);

}  // namespace smartca::view
