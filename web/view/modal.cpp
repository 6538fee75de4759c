#include <algorithm>

#include "web/view/button.h"
#include "web/view/dialogs.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

Rectangle screenOf(const Painter& painter) {
    return {0, 0, painter.viewport().width, painter.viewport().height};
}

// In a window that is lower than the card, the page behind is scrolled with it.
Rectangle groundOf(const Painter& painter, const Rectangle& card) {
    Rectangle ground = screenOf(painter);
    const float end = bottom(card) + card.y;
    if (end > ground.height + 1) ground.height = end;
    return ground;
}

}  // namespace

Painter::Scope ModalLayer::overlay(Painter& painter, const ModalOptions& options) {
    const Rectangle screen = screenOf(painter), whole = groundOf(painter, options.box);
    const std::uint32_t id = idOf(options.overlay);
    Item& item = painter.item(Role::Layer, id, screen);
    item.contentHeight = whole.height;
    item.flags = whole.height > screen.height ? kScrolls : 0u;
    return painter.onto(id, whole.width, whole.height);
}

Painter::Scope ModalLayer::card(Painter& painter, const app::State& state, const ModalOptions& options) {
    const bool dark = state.theme == app::Theme::Dark;
    painter.brush().fill(groundOf(painter, options.box), 0,
                         dark ? Ink{0x000000, 0.55f} : Ink{0x141E28, 0.45f});
    const float radius = options.fillsScreen ? 0 : kDialogRadius;
    if (!options.fillsScreen)
        painter.brush().shadow(options.box, radius, {.down = 20, .blur = 50, .alpha = 0.24f});
    painter.brush().fill(options.box, radius, painter.ink(ColorToken::Surface));
    // Without colours of their own, only a line tells the dialog from the page.
    if (!options.fillsScreen && painter.isFlat())
        painter.brush().frame(options.box, radius, painter.ink(ColorToken::LineStrong), 1, 1);
    Item& item = painter.item(options.role, idOf(options.dialog), options.box, options.name);
    item.flags = kModal | (options.busy ? kBusy : 0u);
    item.labelledBy = idOf(options.title);
    item.describedBy = options.describedBy;
    return painter.inside(idOf(options.dialog), {options.box.x, options.box.y});
}

ModalLayer::ModalLayer(Painter& painter, const app::State& state, const ModalOptions& options)
    : overlay_(overlay(painter, options)), dialog_(card(painter, state, options)) {}

Rectangle modalBox(const Painter& painter, float width, float height, float leastTop) {
    const Viewport& viewport = painter.viewport();
    const float top = std::max(leastTop, (viewport.height - height) / 2);
    return snapped(Rectangle{(viewport.width - width) / 2, top, width, height}, viewport.density);
}

void closeButton(Painter& painter, app::ControlKind control, Point centre) {
    const float side = painter.target(36);
    const Ink ink =
        iconButton(painter, {control, 0}, squareAround(centre, side), painter.say(Message::Close));
    icon::cross(painter.brush(), centre, 9.5f, ink, 1.6f);
}

}  // namespace smartca::view
