// The business account's switch and its two secrets.
#include <algorithm>

#include "shared/text.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

void paintSwitch(Painter& painter, app::Control control, const Rectangle& box, bool on) {
    const float radius = box.height / 2;
    painter.brush().fill(box, radius, painter.ink(on ? ColorToken::Accent : ColorToken::LineStrong));
    if (painter.hovers(control)) painter.brush().fill(box, radius, painter.ink(ColorToken::Text, 0.08f));
    const float x = on ? right(box) - radius : box.x + radius;
    painter.brush().disc({x, middle(box)}, radius - 2, {0xFFFFFF, painter.opacity()});
    if (painter.focuses(control) && painter.interaction().focusVisible) focusRing(painter, box, radius);
}

struct Secret {
    Field field;
    app::ControlKind control, reveal;
    Message show, hide;
    app::Visibility visibility;
};

// "Code now: 428 117 · 12 s": its digits are set in the face of numbers, so the sentence is taken apart
// around them.
float drawCode(Painter& painter, const app::OneTimeCode& code, const Rectangle& below) {
    const std::string digits =
        code.digits.substr(0, 3) + " " + code.digits.substr(std::min<std::size_t>(3, code.digits.size()));
    const std::string sentence =
        painter.say(Message::OneTimeCode, {{"code", "\n"}, {"seconds", std::to_string(code.secondsLeft)}});
    const std::size_t cut = sentence.find('\n');
    const TextStyle words = {.face = TextFace::Help, .color = ColorToken::Ok, .indent = 14};
    const TextStyle number = {.face = TextFace::MonoSmall, .color = ColorToken::Ok};
    const auto part = [&](std::uint32_t index, std::string_view text, const TextStyle& style) {
        return Run{.id = idOf(Part::Code, index), .text = std::string(trimmed(text)), .style = style};
    };
    const std::array<Run, 3> runs = {part(0, std::string_view(sentence).substr(0, cut), words),
                                     part(8, digits, number),
                                     part(16, std::string_view(sentence).substr(cut + 1), words)};
    const Rectangle box = {below.x, bottom(below) + 6, below.width, 16};
    icon::check(painter.brush(), {box.x + 5.5f, box.y + 8}, 8, painter.ink(ColorToken::Ok), 1.2f);
    return 6 + painter.flow(box, runs);
}

float drawSecret(const Form& form, Point at, float width, const Secret& secret) {
    Painter& painter = form.painter;
    const app::Control control = {secret.control, 0}, reveal = {secret.reveal, 0};
    const FieldBox field = beginField(form, secret.field, control, {at.x, at.y, width},
                                      {.label = {.mark = LabelMark::Required}});
    const bool shown = secret.visibility == app::Visibility::Shown;
    const bool code = secret.field == Field::SecretKey && field.said.words.empty() &&
                      !form.dialog.secrets.code.digits.empty();
    Rectangle rest = field.box;
    const Rectangle eye = takeRight(rest, painter.roomy() ? 44.f : 36.f);
    InputOptions options = inputOptions(form, field);
    if (shown) options.flags |= kRevealed;
    if (code) options.describedBy = {idOf(Part::Code, 0), idOf(Part::Code, 8)};
    options.insetRight = eye.width;
    input(painter, control, field.box, field.name, options);
    ButtonOptions look = {.look = Look::Link, .availability = form.availability};
    if (shown) look.flags = kChecked;
    const Ink ink = iconButton(painter, reveal, eye, painter.say(shown ? secret.hide : secret.show), look);
    const Point sign = {right(eye) - 18.5f, middle(eye)};
    if (shown)
        icon::eyeClosed(painter.brush(), sign, ink);
    else
        icon::eye(painter.brush(), sign, ink);
    const float height = endField(form, field);
    return code ? height + drawCode(painter, form.dialog.secrets.code, field.box) : height;
}

}  // namespace

float drawBusinessCard(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Business, 0};
    const std::uint32_t helpId = idOf(Part::Help, static_cast<std::uint32_t>(Field::BusinessAccount));
    const bool on = form.business();
    const float textWidth = width - 15 - 15 - 40 - 16;
    const std::string_view help = painter.say(on ? Message::BusinessHelpOn : Message::BusinessHelp),
                           name = painter.say(Message::BusinessLabel);
    const Rectangle card = {at.x, at.y, width,
                            13 + painter.type().height(TextFace::BodyStrong, name, textWidth) + 2 +
                                painter.type().height(TextFace::Help, help, textWidth) + 13};
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    Column column(painter, {card.x + 15, card.y + 13, textWidth, 0});
    column.text(labelId(Field::BusinessAccount), name, {.face = TextFace::BodyStrong}, Role::Label,
                idOf(control));
    column.skip(2);
    column.text(helpId, help, {.face = TextFace::Help, .color = ColorToken::Muted});
    const Rectangle track = {right(card) - 15 - 40, middle(card) - 11, 40, 22};
    const Rectangle target = painter.roomy() ? grown(track, 11) : grown(track, 3);
    const Note said = noteFor(form, Field::BusinessAccount, {});
    Item& item = painter.item(Role::Switch, idOf(control), target, name);
    item.flags = (on ? kChecked : 0u) | (form.availability == Availability::Disabled ? kDisabled : 0u);
    item.labelledBy = labelId(Field::BusinessAccount);
    item.formName = ruleOf(Field::BusinessAccount).key;
    item.describedBy = describedBy(Field::BusinessAccount, said);
    item.describedBy.push_back(helpId);
    const float before = painter.opacity();
    if (form.availability == Availability::Disabled) painter.setOpacity(before * 0.5f);
    paintSwitch(painter, control, track, on);
    painter.setOpacity(before);
    return card.height + note(form, Field::BusinessAccount, card, said);
}

float drawPasswordField(const Form& form, Point at, float width) {
    return drawSecret(form, at, width,
                      {Field::Password, app::ControlKind::Password, app::ControlKind::RevealPassword,
                       Message::ShowPassword, Message::HidePassword, form.dialog.secrets.password});
}

float drawSecretKeyField(const Form& form, Point at, float width) {
    return drawSecret(form, at, width,
                      {Field::SecretKey, app::ControlKind::SecretKey, app::ControlKind::RevealSecretKey,
                       Message::ShowSecretKey, Message::HideSecretKey, form.dialog.secrets.secretKey});
}

}  // namespace smartca::view
