#include "web/view/layout.h"

#include <algorithm>

namespace smartca::view {

Rectangle takeTop(Rectangle& rest, float height, float gap) {
    const Rectangle part = {rest.x, rest.y, rest.width, height};
    rest.y += height + gap;
    rest.height -= height + gap;
    return part;
}

Rectangle takeLeft(Rectangle& rest, float width, float gap) {
    const Rectangle part = {rest.x, rest.y, width, rest.height};
    rest.x += width + gap;
    rest.width -= width + gap;
    return part;
}

Rectangle takeRight(Rectangle& rest, float width, float gap) {
    rest.width -= width + gap;
    return {right(rest) + gap, rest.y, width, rest.height};
}

std::vector<Rectangle> wrapped(std::span<const FlexItem> items, const Rectangle& area, float height,
                               float gap) {
    std::vector<Rectangle> boxes;
    float y = area.y;
    for (std::size_t first = 0; first < items.size();) {
        float used = items[first].basis, growth = items[first].grow;
        std::size_t last = first + 1;
        for (; last < items.size() && used + gap + items[last].basis <= area.width; ++last) {
            used += gap + items[last].basis;
            growth += items[last].grow;
        }
        const float rest = std::max(0.f, area.width - used);
        float x = area.x;
        for (std::size_t i = first; i < last; ++i) {
            const float width =
                std::min(area.width, items[i].basis + (growth > 0 ? rest * items[i].grow / growth : 0));
            boxes.push_back({x, y, width, height});
            x += width + gap;
        }
        y += height + gap;
        first = last;
    }
    return boxes;
}

}  // namespace smartca::view
