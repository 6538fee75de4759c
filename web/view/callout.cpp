#include "web/view/callout.h"

#include <algorithm>

#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {
namespace {

constexpr float kCalloutLeft = 46, kCalloutRight = 14;

// What the words and the button need in a width.
struct CalloutSizes {
    float actionWidth = 0, actionHeight = 0, textWidth = 0, top = 0, height = 0;
    bool below = false;  // the button stands under the words
};

CalloutSizes calloutSizes(const Painter& painter, float width, const Callout& callout) {
    CalloutSizes sizes;
    float beside = 0;
    if (callout.control != app::ControlKind::None) {
        sizes.actionHeight = sizes.actionWidth = smallButtonHeight(painter);
        if (!callout.action.empty())
            sizes.actionWidth = buttonWidth(painter, callout.action, TextFace::Label) + 8;
        sizes.below = !callout.action.empty() && width < 420;
        beside = sizes.below ? 0 : sizes.actionWidth + 16;
    }
    sizes.textWidth = width - kCalloutLeft - kCalloutRight - beside;
    const Typesetter& type = painter.type();
    const float texts =
        type.height(TextFace::BodyStrong, callout.title, sizes.textWidth) +
        (callout.words.empty() ? 0 : type.height(TextFace::Help, callout.words, sizes.textWidth));
    sizes.top = std::max(12.f, sizes.below ? 0 : (sizes.actionHeight + 24 - texts) / 2);
    sizes.height = texts + 2 * sizes.top + (sizes.below ? sizes.actionHeight + 8 : 0);
    return sizes;
}

}  // namespace

float calloutHeight(const Painter& painter, float width, const Callout& callout) {
    return calloutSizes(painter, width, callout).height;
}

float drawCallout(Painter& painter, Point at, float width, const Callout& callout) {
    const CalloutSizes sizes = calloutSizes(painter, width, callout);
    const Rectangle card = {at.x, at.y, width, sizes.height};
    const Ink ground = painter.ink(callout.ground), tone = painter.ink(callout.tone);
    const float under = sizes.below ? sizes.actionHeight + 8 : 0;
    const Point sign = {card.x + 24, card.y + (card.height - under) / 2};
    painter.brush().fill(card, kCardRadius, ground);
    if (callout.tone == ColorToken::Accent) {
        painter.brush().disc(sign, 10, tone);
        icon::information(painter.brush(), sign, ground);
    } else {
        icon::exclamation(painter.brush(), sign, 10, tone, ground);
    }
    painter.item(Role::Group, callout.id, card, callout.title);
    const auto scope = painter.inside(callout.id, {card.x, card.y});
    Column column(painter, {card.x + kCalloutLeft, card.y + sizes.top, sizes.textWidth, 0});
    column.text(callout.titleId, callout.title, {.face = TextFace::BodyStrong, .color = callout.titleColor});
    if (!callout.words.empty()) column.text(callout.textId, callout.words, {.face = TextFace::Help});
    if (callout.control == app::ControlKind::None) return card.height;
    const app::Control control = {callout.control, 0};
    const Rectangle box = {
        sizes.below ? card.x + kCalloutLeft : right(card) - kCalloutRight - sizes.actionWidth,
        sizes.below ? bottom(card) - 12 - sizes.actionHeight : middle(card) - sizes.actionHeight / 2,
        sizes.actionWidth, sizes.actionHeight};
    if (!callout.action.empty()) {
        button(painter, control, box, callout.action,
               {.face = TextFace::Label, .availability = callout.availability});
    } else {
        const Ink ink = iconButton(painter, control, box, painter.say(Message::Dismiss));
        icon::cross(painter.brush(), centre(box), 9, ink);
    }
    return card.height;
}

}  // namespace smartca::view
