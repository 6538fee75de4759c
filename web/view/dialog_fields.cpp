#include "web/view/dialog_fields.h"

#include <algorithm>

#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kColumnGap = 16, kPairsFrom = 440;

Message nameOf(IdentityKind kind) {
    switch (kind) {
        case IdentityKind::CitizenCard:
            return Message::IdentityCitizenCard;
        case IdentityKind::OldIdentityCard:
            return Message::IdentityOldCard;
        case IdentityKind::VietnamesePassport:
        case IdentityKind::ForeignPassport:
            return Message::IdentityPassport;
        case IdentityKind::TaxCode:
            return Message::IdentityTaxCode;
        case IdentityKind::TaxCodeBranch:
            return Message::IdentityTaxCodeBranch;
        case IdentityKind::Empty:
        case IdentityKind::Unknown:
            break;
    }
    return Message::None;
}

// The name of the chosen user with what tells them from others of that name.
void paintUser(Painter& painter, const Rectangle& room, const User& user) {
    const TextFace face = inputFace(painter);
    const float name = std::min(painter.type().width(face, user.name), room.width);
    painter.inscribe({room.x, room.y, name + 1, room.height}, user.name, {.face = face});
    std::string rest;
    for (const std::string& part : {user.code, user.phone})
        if (!part.empty()) rest.append(" · ").append(part);
    const float left = room.width - name - 4;
    if (rest.empty() || left < painter.type().width(face, rest)) return;
    painter.inscribe({room.x + name + 4, room.y, left, room.height}, rest,
                     {.face = face, .color = ColorToken::Muted});
}

std::string userValue(const Form& form) {
    if (!form.dialog.user) return form.dialog.userSearch.text;
    const User& user = *form.dialog.user;
    std::string value = user.name;
    for (const std::string& part : {user.code, user.phone})
        if (!part.empty()) value.append(" · ").append(part);
    return value;
}

// Two fields side by side, or one under the other.
template <class First, class Second>
float drawPair(const Form& form, Point at, float width, First first, Second second) {
    if (width < kPairsFrom) {
        const float height = first(form, at, width) + form.gap();
        return height + second(form, {at.x, at.y + height}, width);
    }
    const float half = (width - kColumnGap) / 2;
    const float left = first(form, at, half);
    return std::max(left, second(form, {at.x + half + kColumnGap, at.y}, half));
}

}  // namespace

float drawUserField(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::User, 0}, clear = {app::ControlKind::UserClear, 0};
    const app::UserSearch& search = form.dialog.userSearch;
    const float labels =
        label(form, Field::User, control, {at.x, at.y, width, 18}, {.mark = LabelMark::Required});
    const Rectangle box = {at.x, at.y + labels + kLabelDistance, width, inputHeight(painter)};
    const Note said = noteFor(form, Field::User, {});
    const bool open = search.list == app::Visibility::Shown;
    const bool clearable = form.dialog.user.has_value() && form.availability == Availability::Enabled;
    // What the field itself shows once it has the focus is the text of the search, so that it can be edited.
    const bool asUser = form.dialog.user.has_value() && !painter.focuses(control);
    const float clearWidth = painter.roomy() ? 44.f : 28.f;
    input(painter, control, box, painter.say(Message::UserLabel),
          {.role = Role::ComboBox,
           .value = asUser ? userValue(form) : search.text,
           .placeholder = painter.say(Message::UserPlaceholder),
           .flags = kRequired | (isInvalid(form, Field::User) ? kInvalid : 0u) | (open ? kExpanded : 0u),
           .target = idOf(Part::UserList),
           .active = open && search.active >= 0
                         ? idOf(app::ControlKind::UserOption, static_cast<std::size_t>(search.active))
                         : 0,
           .labelledBy = labelId(Field::User),
           .describedBy = describedBy(Field::User, said),
           .insetRight = 30 + (clearable ? clearWidth : 0),
           .rule = Field::User,
           .availability = form.availability,
           .words = asUser ? InputOptions::Words::Elsewhere : InputOptions::Words::Painted});
    const float before = painter.opacity();
    if (form.availability == Availability::Disabled) painter.setOpacity(before * 0.6f);
    if (asUser && !painter.sketches())
        paintUser(painter, {box.x + 13, box.y, width - 13 - 30 - (clearable ? clearWidth : 0), box.height},
                  *form.dialog.user);
    if (clearable) {
        const Rectangle target = {right(box) - 30 - clearWidth, box.y, clearWidth, box.height};
        // No stop of the Tab key: by keyboard one deletes the text, and goes on to the next field at once.
        const Ink ink =
            iconButton(painter, clear, target, painter.say(Message::UserClear), {.flags = kPassedBy});
        const bool near = painter.hovers(control) || painter.hovers(clear) || painter.focuses(control) ||
                          painter.focuses(clear);
        if (near || painter.roomy())
            icon::cross(painter.brush(), {target.x + target.width / 2, middle(target)}, 8, ink, 1.4f);
    }
    icon::arrow(painter.brush(), {right(box) - 16, middle(box) + 0.5f}, painter.ink(ColorToken::Accent));
    painter.setOpacity(before);
    return labels + kLabelDistance + box.height + note(form, Field::User, box, said);
}

float drawIdentityField(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Identity, 0};
    const float labels =
        label(form, Field::Identity, control, {at.x, at.y, width, 18}, {.mark = LabelMark::Required});
    const Rectangle box = {at.x, at.y + labels + kLabelDistance, width, inputHeight(painter)};
    const Message kind = nameOf(form.dialog.identity.kind);
    const Note said =
        noteFor(form, Field::Identity,
                {.words = kind == Message::None ? std::string() : std::string(painter.say(kind)),
                 .kind = Note::Kind::Good,
                 .suggestion = {}});
    input(painter, control, box, painter.say(Message::IdentityLabel),
          {.value = form.dialog.draft.identity,
           .placeholder = painter.say(Message::IdentityPlaceholder),
           .flags = kRequired | (isInvalid(form, Field::Identity) ? kInvalid : 0u),
           .labelledBy = labelId(Field::Identity),
           .describedBy = describedBy(Field::Identity, said),
           .rule = Field::Identity,
           .availability = form.availability});
    return labels + kLabelDistance + box.height + note(form, Field::Identity, box, said);
}

float drawSerialField(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Serial, 0}, lookUp = {app::ControlKind::LookUp, 0};
    const std::vector<RegisteredCertificate>* found = form.registered();
    const bool required = form.business() && found != nullptr && found->size() > 1;
    const float labels = label(form, Field::Serial, control, {at.x, at.y, width, 18},
                               {.mark = required ? LabelMark::Required : LabelMark::Optional});
    const Rectangle box = {at.x, at.y + labels + kLabelDistance, width, inputHeight(painter)};
    const bool looking = form.dialog.lookup.phase == app::Phase::Loading;
    const std::string_view words = painter.say(looking ? Message::LookingUp : Message::LookUp);
    const float buttonWidth = painter.type().width(TextFace::Label, words) + 26;
    const bool mayLook = form.availability == Availability::Enabled && !looking;
    const bool help = found == nullptr && !looking && !required;
    const Note said = noteFor(form, Field::Serial,
                              {.words = help ? std::string(painter.say(Message::SerialHelp)) : std::string(),
                               .kind = Note::Kind::Help,
                               .suggestion = {}});
    input(painter, control, box, painter.say(Message::SerialLabel),
          {.value = form.dialog.draft.serial,
           .placeholder = painter.say(required ? Message::SerialPlaceholderOne : Message::SerialPlaceholder),
           .flags = (required ? kRequired : 0u) | (isInvalid(form, Field::Serial) ? kInvalid : 0u),
           .labelledBy = labelId(Field::Serial),
           .describedBy = describedBy(Field::Serial, said),
           .insetRight = buttonWidth,
           .rule = Field::Serial,
           .availability = form.availability});
    button(painter, lookUp, {right(box) - buttonWidth, box.y, buttonWidth, box.height}, words,
           {.look = Look::Link,
            .face = TextFace::Label,
            .availability = mayLook ? Availability::Enabled : Availability::Disabled,
            .flags = looking ? kBusy : 0u});
    return labels + kLabelDistance + box.height + note(form, Field::Serial, box, said);
}

float drawDisplayMode(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const auto chosenMode = static_cast<std::size_t>(form.dialog.signature.mode.value);
    const float labels = labelWithReset(
        form, Field::DisplayMode, {app::ControlKind::DisplayMode, static_cast<std::uint16_t>(chosenMode)},
        {at.x, at.y, width, 18}, {},
        {app::ControlKind::ResetDisplayMode, Message::ResetDisplayMode,
         form.dialog.signature.mode.provenance});
    const Rectangle box = {at.x, at.y + labels + kLabelDistance, width, painter.roomy() ? 44.f : 38.f};
    painter.brush().fill(box, 10, painter.ink(ColorToken::Sunken));
    painter.brush().frame(box, 10, painter.ink(ColorToken::Line));
    Item& group =
        painter.item(Role::RadioGroup, idOf(Part::ModeGroup), box, painter.say(Message::DisplayModeLabel));
    group.labelledBy = labelId(Field::DisplayMode);
    const Note said = noteFor(form, Field::DisplayMode, {});
    group.describedBy = describedBy(Field::DisplayMode, said);
    {
        const auto scope = painter.inside(idOf(Part::ModeGroup), {box.x, box.y});
        constexpr std::array<Message, 3> kWords = {Message::DisplayTextAndImage, Message::DisplayImageOnly,
                                                   Message::DisplayTextOnly};
        const float part = (width - 8 - 4) / 3;
        for (std::size_t i = 0; i < kWords.size(); ++i) {
            const app::Control control = {app::ControlKind::DisplayMode, static_cast<std::uint16_t>(i)};
            const bool chosen = chosenMode == i;
            const Rectangle thumb = {box.x + 4 + static_cast<float>(i) * (part + 2), box.y + 4, part,
                                     box.height - 8};
            Item& radio = painter.item(Role::Radio, idOf(control), {thumb.x, box.y, thumb.width, box.height},
                                       painter.say(kWords[i]));
            radio.flags =
                (chosen ? kChecked : 0u) | (form.availability == Availability::Disabled ? kDisabled : 0u);
            radio.face = TextFace::Label;
            radio.formName = ruleOf(Field::DisplayMode).key;
            if (chosen) {
                painter.brush().shadow(thumb, 6, {.down = 1, .blur = 3, .alpha = 0.18f});
                // In the dark a shadow does not raise it off the track.
                const bool dark = form.state.theme == app::Theme::Dark;
                painter.brush().fill(thumb, 6, painter.ink(dark ? ColorToken::Line : ColorToken::Surface));
            } else if (painter.hovers(control)) {
                painter.brush().fill(thumb, 6, painter.ink(ColorToken::Text, 0.05f));
            }
            painter.inscribe(thumb, painter.say(kWords[i]),
                             {.face = TextFace::Label,
                              .color = chosen ? ColorToken::Text : ColorToken::Muted,
                              .align = Align::Centre});
            if (painter.focuses(control) && painter.interaction().focusVisible) focusRing(painter, thumb, 6);
        }
    }
    return labels + kLabelDistance + box.height + note(form, Field::DisplayMode, box, said);
}

float drawFormColumn(const Form& form, const Rectangle& column) {
    const float width = column.width, gap = form.gap();
    Point at = {column.x, column.y};
    const auto advance = [&](float height) {
        if (height > 0) at.y += height + gap;
    };
    if (form.dialog.banner) advance(drawBanner(form, at, width));
    const Point user = at;
    advance(drawUserField(form, at, width));
    advance(drawPair(form, at, width, drawIdentityField, drawSerialField));
    advance(drawLookupList(form, at, width));
    advance(drawBusinessCard(form, at, width));
    if (form.business()) advance(drawPair(form, at, width, drawPasswordField, drawSecretKeyField));
    advance(drawSignatureText(form, at, width));
    advance(drawDisplayMode(form, at, width));
    if (form.painter.narrow()) {
        at.y += 10;
        advance(drawPreview(form, at, width));
        advance(drawImageCard(form, at, width));
    }
    const float end = at.y - gap;
    if (form.dialog.userSearch.list == app::Visibility::Shown)
        drawUserList(form, {user.x, user.y + 18 + kLabelDistance, width, inputHeight(form.painter)},
                     {0, 0, width + 2 * column.x, end + column.x});
    return end - column.y;
}

}  // namespace smartca::view
