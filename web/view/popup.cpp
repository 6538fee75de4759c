#include "web/view/popup.h"

#include <algorithm>

#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kPopupReach = 32;
constexpr float kPopupDistance = 6;  // between a field and its popup

}  // namespace

Rectangle PopupLayer::report(Painter& painter, std::uint32_t id, const Rectangle& box,
                             const Rectangle& bounds) {
    Rectangle layer = grown(box, kPopupReach);
    const float x = std::max(layer.x, bounds.x), y = std::max(layer.y, bounds.y);
    layer = {x, y, std::min(right(layer), right(bounds)) - x, std::min(bottom(layer), bottom(bounds)) - y};
    layer = snapped(layer, painter.viewport().density);
    painter.item(Role::Layer, id, layer);
    return layer;
}

PopupLayer::PopupLayer(Painter& painter, std::uint32_t id, const Rectangle& box, const Rectangle& bounds)
    : layer_(report(painter, id, box, bounds)),
      box_{box.x - layer_.x, box.y - layer_.y, box.width, box.height},
      scope_(painter.onto(id, layer_.width, layer_.height)) {
    painter.brush().shadow(box_, kCardRadius, {.down = 10, .blur = 28, .alpha = 0.2f});
    painter.brush().fill(box_, kCardRadius, painter.ink(ColorToken::Surface));
    painter.brush().frame(box_, kCardRadius, painter.ink(ColorToken::Line));
}

Rectangle popupPlace(const Rectangle& field, float width, float height, const Rectangle& bounds) {
    const float below = bottom(bounds) - bottom(field) - kPopupDistance - 8,
                above = field.y - bounds.y - kPopupDistance - 8;
    Rectangle place = {field.x, bottom(field) + kPopupDistance, width, height};
    if (height > below && above > below) {
        place.height = std::min(height, above);
        place.y = field.y - kPopupDistance - place.height;
    } else {
        place.height = std::min(height, std::max(below, 120.f));
    }
    place.x = std::max(bounds.x + 8, std::min(place.x, right(bounds) - width - 8));
    return place;
}

float optionHeight(const Painter& painter) {
    return painter.target(36);
}

void paintOptionBack(Painter& painter, app::Control control, const Rectangle& box, bool active) {
    const bool marked = active || painter.presses(control);
    if (!marked && !painter.hovers(control)) return;
    if (painter.isFlat())
        painter.brush().frame(box, 8, painter.ink(marked ? ColorToken::Accent : ColorToken::Line), 2);
    else
        painter.brush().fill(box, 8, painter.ink(marked ? ColorToken::AccentSoft : ColorToken::Sunken));
}

void drawOptions(Painter& painter, const Rectangle& field, const Rectangle& bounds,
                 const OptionsList& options) {
    const float line = optionHeight(painter);
    float width = field.width;
    for (const std::string& words : options.words)
        width = std::max(width, painter.type().width(inputFace(painter), words) + 60);
    const float height = static_cast<float>(options.words.size()) * line + 2 * kPopupPadding;
    const PopupLayer layer(painter, options.layer, popupPlace(field, width, height, bounds), bounds);
    const Rectangle& box = layer.box();
    painter.item(Role::ListBox, options.list, box, options.name);
    const auto scope = painter.inside(options.list, {box.x, box.y});
    float y = box.y + kPopupPadding;
    for (std::size_t i = 0; i < options.words.size(); ++i, y += line) {
        const app::Control control = {options.option, static_cast<std::uint16_t>(i)};
        const Rectangle option = {box.x + kPopupPadding, y, box.width - 2 * kPopupPadding, line};
        const bool chosen = static_cast<int>(i) == options.selected;
        Item& item = painter.item(Role::Option, idOf(control), option, options.words[i]);
        item.flags = chosen ? kSelected : 0u;
        item.face = inputFace(painter);
        paintOptionBack(painter, control, option, static_cast<int>(i) == options.active);
        painter.inscribe(inset(option, 10, 0), options.words[i], {.face = inputFace(painter)});
        if (chosen)
            icon::check(painter.brush(), {right(option) - 16, middle(option)}, 9,
                        painter.ink(ColorToken::Accent));
    }
}

}  // namespace smartca::view
