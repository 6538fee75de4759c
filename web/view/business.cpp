// The business account's switch and its two secrets.
#include <algorithm>

#include "shared/text.h"
#include "web/view/dialog_fields.h"
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
    Message show, hide, placeholder;
    std::string_view value;
    app::Visibility visibility;
};

float drawSecret(const Form& form, Point at, float width, const Secret& secret) {
    Painter& painter = form.painter;
    const app::Control control = {secret.control, 0}, reveal = {secret.reveal, 0};
    const float labels =
        label(form, secret.field, control, {at.x, at.y, width, 18}, {.mark = LabelMark::Required});
    const Rectangle box = {at.x, at.y + labels + kLabelDistance, width, inputHeight(painter)};
    const Note said = noteFor(form, secret.field, {});
    const bool shown = secret.visibility == app::Visibility::Shown;
    const bool code =
        secret.field == Field::SecretKey && said.words.empty() && !form.dialog.code.digits.empty();
    const float eye = painter.roomy() ? 44.f : 36.f;
    std::vector<std::uint32_t> described = describedBy(secret.field, said);
    if (code) described = {idOf(Part::Code, 0), idOf(Part::Code, 8)};
    input(painter, control, box, painter.say(ruleOf(secret.field).label),
          {.role = Role::PasswordField,
           .value = secret.value,
           .placeholder = painter.say(secret.placeholder),
           .flags = kRequired | (isInvalid(form, secret.field) ? kInvalid : 0u) | (shown ? kRevealed : 0u),
           .labelledBy = labelId(secret.field),
           .describedBy = described,
           .insetRight = eye,
           .rule = secret.field,
           .availability = form.availability});
    ButtonOptions look = {.look = Look::Link, .availability = form.availability};
    if (shown) look.flags = kChecked;
    const Rectangle target = {right(box) - eye, box.y, eye, box.height};
    const Ink ink = iconButton(painter, reveal, target, painter.say(shown ? secret.hide : secret.show), look);
    const Point centre = {right(box) - 18.5f, middle(box)};
    if (shown)
        icon::eyeClosed(painter.brush(), centre, ink);
    else
        icon::eye(painter.brush(), centre, ink);
    float height = labels + kLabelDistance + box.height + note(form, secret.field, box, said);
    if (!code) return height;
    // The code's digits are set in the face of numbers, so the sentence is taken apart around them.
    const std::string digits =
        form.dialog.code.digits.substr(0, 3) + " " +
        form.dialog.code.digits.substr(std::min<std::size_t>(3, form.dialog.code.digits.size()));
    const std::string sentence = painter.say(
        Message::OneTimeCode, {{"code", "\n"}, {"seconds", std::to_string(form.dialog.code.secondsLeft)}});
    const std::size_t cut = sentence.find('\n');
    const auto part = [&](std::string_view words) { return std::string(trimmed(words)); };
    const TextStyle words = {.face = TextFace::Help, .color = ColorToken::Ok, .indent = 14};
    const TextStyle number = {.face = TextFace::MonoSmall, .color = ColorToken::Ok};
    const std::array<Run, 3> runs = {
        {{.id = idOf(Part::Code, 0), .text = part(std::string_view(sentence).substr(0, cut)), .style = words},
         {.id = idOf(Part::Code, 8), .text = digits, .style = number},
         {.id = idOf(Part::Code, 16),
          .text = part(std::string_view(sentence).substr(cut + 1)),
          .style = words}}};
    icon::check(painter.brush(), {box.x + 5.5f, bottom(box) + 6 + 8}, 8, painter.ink(ColorToken::Ok), 1.2f);
    height += 6 + painter.flow({box.x, bottom(box) + 6, width, 16}, runs);
    return height;
}

}  // namespace

float drawBusinessCard(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Business, 0};
    const bool on = form.business();
    const float textWidth = width - 15 - 15 - 40 - 16;
    const std::string_view help = painter.say(on ? Message::BusinessHelpOn : Message::BusinessHelp),
                           name = painter.say(Message::BusinessLabel);
    const float titles =
        20 * static_cast<float>(painter.type().lines(TextFace::BodyStrong, name, textWidth).size());
    const float helps = 16 * static_cast<float>(painter.type().lines(TextFace::Help, help, textWidth).size());
    const Rectangle card = {at.x, at.y, width, 13 + titles + 2 + helps + 13};
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    painter.text(labelId(Field::BusinessAccount), {card.x + 15, card.y + 13, textWidth, 20}, name,
                 {.face = TextFace::BodyStrong}, Role::Label, idOf(control));
    painter.text(idOf(Part::Help, static_cast<std::uint32_t>(Field::BusinessAccount)),
                 {card.x + 15, card.y + 13 + titles + 2, textWidth, 16}, help,
                 {.face = TextFace::Help, .color = ColorToken::Muted});
    const Rectangle track = {right(card) - 15 - 40, middle(card) - 11, 40, 22};
    const Rectangle target = painter.roomy() ? grown(track, 11) : grown(track, 3);
    const Note said = noteFor(form, Field::BusinessAccount, {});
    Item& item = painter.item(Role::Switch, idOf(control), target, name);
    item.flags = (on ? kChecked : 0u) | (form.availability == Availability::Disabled ? kDisabled : 0u);
    item.labelledBy = labelId(Field::BusinessAccount);
    item.formName = ruleOf(Field::BusinessAccount).key;
    item.describedBy = describedBy(Field::BusinessAccount, said);
    item.describedBy.push_back(idOf(Part::Help, static_cast<std::uint32_t>(Field::BusinessAccount)));
    const float before = painter.opacity();
    if (form.availability == Availability::Disabled) painter.setOpacity(before * 0.5f);
    paintSwitch(painter, control, track, on);
    painter.setOpacity(before);
    return card.height + note(form, Field::BusinessAccount, card, said);
}

float drawPasswordField(const Form& form, Point at, float width) {
    return drawSecret(form, at, width,
                      {Field::Password, app::ControlKind::Password, app::ControlKind::RevealPassword,
                       Message::ShowPassword, Message::HidePassword, Message::PasswordPlaceholder,
                       form.dialog.draft.password, form.dialog.password});
}

float drawSecretKeyField(const Form& form, Point at, float width) {
    return drawSecret(form, at, width,
                      {Field::SecretKey, app::ControlKind::SecretKey, app::ControlKind::RevealSecretKey,
                       Message::ShowSecretKey, Message::HideSecretKey, Message::SecretKeyPlaceholder,
                       form.dialog.draft.secretKey, form.dialog.secretKey});
}

}  // namespace smartca::view
