// Where things go: the design's lengths, parts of a rectangle, columns, and boxes that wrap. CSS pixels.
//
//   Rectangle row = takeTop(body, 36, 12);          // a row; `body` is what is left below it
//   const Rectangle save = takeRight(row, 80, 12);  // at its end; `row` is what is left before it
//   Column column(painter, row);
//   column.text(id, words, style);                  // as high as its lines
#pragma once

#include <span>
#include <vector>

#include "web/view/painter.h"

namespace smartca::view {

constexpr float kControlRadius = 8;  // of buttons and fields
constexpr float kCardRadius = 12;    // of cards and popups
constexpr float kDialogRadius = 16;
constexpr float kControlInset = 13;  // from a field's frame to its words
constexpr float kLabelDistance = 6;  // from a label to its field

// Each cuts a part off `rest`, and a gap beyond it.
Rectangle takeTop(Rectangle& rest, float height, float gap = 0);
Rectangle takeLeft(Rectangle& rest, float width, float gap = 0);
Rectangle takeRight(Rectangle& rest, float width, float gap = 0);

// Words and boxes one below another, as wide as the area; its height does not matter.
class Column {
  public:
    Column(Painter& painter, const Rectangle& area) : painter_(&painter), top_(area.y), rest_(area) {}

    float y() const { return rest_.y; }
    float height() const { return rest_.y - top_; }  // of what stands in it so far, with the gaps
    const Rectangle& rest() const { return rest_; }
    void skip(float gap) { rest_.y += gap; }
    Rectangle box(float height, float gap = 0) { return takeTop(rest_, height, gap); }
    void text(std::uint32_t id, std::string_view words, const TextStyle& style, Role role = Role::Text,
              std::uint32_t target = 0) {
        rest_.y += painter_->text(id, rest_, words, style, role, target);
    }

  private:
    Painter* painter_;
    float top_;
    Rectangle rest_;
};

struct FlexItem {
    float basis = 0;  // CSS px that it wants at least
    float grow = 1;   // its share of what is left in its line
};

// Boxes side by side that wrap into as many lines as they need, and grow to fill each: one for each item, in
// the area's width from its top; lines are `height` high and `gap` apart.
std::vector<Rectangle> wrapped(std::span<const FlexItem> items, const Rectangle& area, float height,
                               float gap);

}  // namespace smartca::view
