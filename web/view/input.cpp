#include "web/view/input.h"

#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// Room for the sign of a locked field, before what else lies over its end. Several lines go below any sign.
float signWidth(const InputOptions& options) {
    const bool signs = options.availability == Availability::Locked && options.role != Role::LinesField;
    return signs ? 20.f : 0.f;
}

Item& report(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
             const InputOptions& options) {
    Item& item = painter.item(options.role, idOf(control), box, name);
    item.flags = options.flags;
    if (options.availability == Availability::Disabled) item.flags |= kDisabled;
    if (options.availability == Availability::Fixed) item.flags |= kReadOnly;
    if (options.availability == Availability::Locked) item.flags |= kReadOnly | kLocked;
    item.value = options.value;
    item.placeholder = options.placeholder;
    item.target = options.target;
    item.active = options.active;
    item.labelledBy = options.labelledBy;
    item.describedBy = options.describedBy;
    item.face = inputFace(painter);
    item.insetLeft = kControlInset;
    item.insetRight = options.insetRight + signWidth(options);
    item.inputMode = options.inputMode;
    if (options.rule == Field::Form) return item;
    const FieldRule& rule = ruleOf(options.rule);
    item.formName = rule.key;
    item.autocomplete = rule.autocomplete;
    item.inputMode = rule.inputMode;
    // The rules refuse what is too long and say so: a field that cut it off would hold something else.
    item.maximumLength = 10'000;
    return item;
}

}  // namespace

float inputHeight(const Painter& painter) {
    return painter.target(36);
}

TextFace inputFace(const Painter& painter) {
    return painter.roomy() ? TextFace::Touch : TextFace::Body;
}

void inputFrame(Painter& painter, app::Control control, const Rectangle& box, std::uint32_t flags) {
    const bool disabled = (flags & kDisabled) != 0, locked = (flags & kLocked) != 0;
    const float before = painter.opacity();
    painter.brush().fill(box, kControlRadius,
                         painter.ink(disabled || locked ? ColorToken::Sunken : ColorToken::Surface));
    if (disabled) painter.setOpacity(before * 0.6f);
    if (painter.focuses(control) && !disabled) {
        focusRing(painter, box, kControlRadius, flags & kInvalid ? ColorToken::Error : ColorToken::Accent);
    } else {
        ColorToken line = locked ? ColorToken::Line : ColorToken::LineStrong;
        if (painter.hovers(control) && !disabled && !locked) line = ColorToken::Faint;
        if (flags & kInvalid) line = ColorToken::Error;
        painter.brush().frame(box, kControlRadius, painter.ink(line));
    }
    painter.setOpacity(before);
}

void input(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
           const InputOptions& options) {
    const Item& item = report(painter, control, box, name, options);
    const std::uint32_t flags = item.flags;
    inputFrame(painter, control, box, flags);
    const float end = options.insetRight + signWidth(options);
    if (end > options.insetRight)
        icon::lock(painter.brush(), {right(box) - end + 12, middle(box)}, painter.ink(ColorToken::Muted));
    if (options.words == InputOptions::Words::Elsewhere) return;
    // A password's dots are always the element's own: no browser says how it draws them, and they would jump
    // when the field takes the focus.
    const bool dots = options.role == Role::PasswordField && !(flags & kRevealed);
    if (painter.sketches() || ((painter.focuses(control) || dots) && !options.value.empty())) return;
    const float before = painter.opacity();
    if (flags & kDisabled) painter.setOpacity(before * 0.6f);
    const Rectangle room = {box.x + kControlInset, box.y, box.width - kControlInset - end, box.height};
    if (options.value.empty())
        painter.inscribe(room, options.placeholder,
                         {.face = inputFace(painter), .color = options.placeholderColor});
    else
        painter.inscribe(
            room,
            painter.type().fitted(inputFace(painter), options.value, room.width, Typesetter::Cut::Middle),
            {.face = inputFace(painter)});
    painter.setOpacity(before);
}

void selectButton(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
                  std::string_view words, const InputOptions& options) {
    InputOptions all = options;
    all.role = Role::SelectButton;
    all.value = words;
    all.insetRight = 30;
    all.words = InputOptions::Words::Elsewhere;
    report(painter, control, box, name, all);
    inputFrame(painter, control, box, options.flags);
    painter.inscribe({box.x + kControlInset, box.y, box.width - kControlInset - 30, box.height}, words,
                     {.face = inputFace(painter), .color = ColorToken::Muted});
    icon::arrow(painter.brush(), {right(box) - 16, middle(box) + 0.5f}, painter.ink(ColorToken::Accent));
}

}  // namespace smartca::view
