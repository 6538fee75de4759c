#include "web/view/button.h"

#include <cmath>

#include "web/view/layout.h"

namespace smartca::view {

namespace {

struct Colors {
    ColorToken fill, words, frame;
    float fillAlpha, frameAlpha;
};

Colors colorsOf(Look look) {
    switch (look) {
        case Look::Primary:
            return {ColorToken::Accent, ColorToken::OnAccent, ColorToken::Accent, 1, 0};
        case Look::Danger:
            return {ColorToken::Error, ColorToken::OnAccent, ColorToken::Error, 1, 0};
        case Look::Quiet:
            return {ColorToken::Surface, ColorToken::Muted, ColorToken::Line, 0, 0};
        case Look::Link:
            return {ColorToken::Surface, ColorToken::Accent, ColorToken::Line, 0, 0};
        case Look::Secondary:
            break;
    }
    return {ColorToken::Surface, ColorToken::Text, ColorToken::LineStrong, 1, 1};
}

std::uint32_t flagsOf(Look look) {
    switch (look) {
        case Look::Primary:
            return kPrimary;
        case Look::Danger:
            return kDanger;
        case Look::Quiet:
        case Look::Link:
            return kQuiet;
        case Look::Secondary:
            break;
    }
    return 0;
}

void report(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
            const ButtonOptions& options) {
    Item& item = painter.item(options.role, idOf(control), box, name);
    item.flags = options.flags | flagsOf(options.look);
    if (options.availability != Availability::Enabled) item.flags |= kDisabled;
    item.target = options.target;
    item.active = options.active;
    item.face = options.face;
    item.color = colorsOf(options.look).words;
    item.accept = options.accept;
}

// Darkens, or in the dark theme lightens, what the pointer is on.
void paintTouch(Painter& painter, app::Control control, const Rectangle& box, float radius) {
    if (painter.presses(control))
        painter.brush().fill(box, radius, painter.ink(ColorToken::Text, 0.12f));
    else if (painter.hovers(control))
        painter.brush().fill(box, radius, painter.ink(ColorToken::Text, 0.05f));
}

}  // namespace

float buttonHeight(const Painter& painter) {
    return painter.target(36);
}

float smallButtonHeight(const Painter& painter) {
    return painter.target(32);
}

float buttonWidth(const Painter& painter, std::string_view words, TextFace face) {
    return std::round(painter.type().width(face, words)) + (face == TextFace::Label ? 26.f : 34.f);
}

void focusRing(Painter& painter, const Rectangle& box, float radius, ColorToken line) {
    painter.brush().frame(box, radius, painter.ink(line, 0.25f), 3, 3);
    painter.brush().frame(box, radius, painter.ink(line));
}

void button(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
            const ButtonOptions& options) {
    report(painter, control, box, name, options);
    const bool disabled = options.availability != Availability::Enabled;
    const float before = painter.opacity();
    if (options.availability == Availability::Disabled) painter.setOpacity(before * 0.5f);
    const Colors colors = colorsOf(options.look);
    ColorToken fill = colors.fill;
    if (options.look == Look::Primary && !disabled && (painter.hovers(control) || painter.presses(control)))
        fill = ColorToken::AccentHover;
    painter.brush().fill(box, kControlRadius, painter.ink(fill, colors.fillAlpha));
    if (!disabled && (options.look != Look::Primary || painter.presses(control)))
        paintTouch(painter, control, box, kControlRadius);
    if (colors.frameAlpha > 0) painter.brush().frame(box, kControlRadius, painter.ink(colors.frame));
    const std::string_view words = options.words.empty() ? name : options.words;
    painter.inscribe(inset(box, 4, 0), words,
                     {.face = options.face, .color = colors.words, .align = Align::Centre});
    if (painter.focuses(control) && painter.interaction().focusVisible)
        focusRing(painter, box, kControlRadius);
    painter.setOpacity(before);
}

Ink iconButton(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
               const ButtonOptions& options) {
    ButtonOptions sign = options;
    sign.flags |= kSign;
    report(painter, control, box, name, sign);
    if (options.availability == Availability::Enabled) paintTouch(painter, control, box, kControlRadius);
    if (painter.focuses(control) && painter.interaction().focusVisible)
        focusRing(painter, box, kControlRadius);
    return painter.ink(options.look == Look::Link ? ColorToken::Accent : ColorToken::Muted,
                       options.availability == Availability::Disabled ? 0.5f : 1);
}

}  // namespace smartca::view
