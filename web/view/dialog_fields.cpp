#include "web/view/form.h"

#include <algorithm>
#include <array>

#include "web/app/picks.h"
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

// The chosen user with what tells them from others of that name; the phone only where there is room.
void paintUser(Painter& painter, const Rectangle& room, const User& user) {
    const TextFace face = inputFace(painter);
    const std::string words =
        painter.type().fitted(face, app::userWords(user), room.width, Typesetter::Cut::Middle);
    const std::size_t code = user.code.empty() ? words.size() : words.rfind(" · ");
    const std::string_view name = std::string_view(words).substr(0, code);
    std::string rest = words.substr(name.size());
    const float from = painter.type().width(face, name), left = room.width - from;
    painter.inscribe({room.x, room.y, from + 1, room.height}, name, {.face = face});
    const std::string longer = rest + " · " + user.phone;
    if (!user.phone.empty() && painter.type().width(face, longer) <= left) rest = longer;
    painter.inscribe({room.x + from, room.y, left + 1, room.height}, rest,
                     {.face = face, .color = ColorToken::Muted});
}

std::string userValue(const Form& form) {
    if (!form.dialog.user.chosen) return form.dialog.user.search.text;
    const User& user = *form.dialog.user.chosen;
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

// One of the display modes; `box` is where it can be pressed.
void drawSegment(const Form& form, std::uint16_t index, Message words, const Rectangle& box, bool chosen) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::DisplayMode, index};
    const Rectangle thumb = inset(box, 0, 4);
    Item& radio = painter.item(Role::Radio, idOf(control), box, painter.say(words));
    radio.flags = (chosen ? kChecked : 0u) | (form.availability != Availability::Enabled ? kDisabled : 0u);
    radio.face = TextFace::Label;
    radio.formName = ruleOf(Field::DisplayMode).key;
    if (chosen) {
        const bool locked = form.availability == Availability::Locked;
        if (!locked) painter.brush().shadow(thumb, 6, {.down = 1, .blur = 3, .alpha = 0.18f});
        // In the dark a shadow does not raise it off the track.
        const bool raised = form.state.theme == app::Theme::Dark || locked;
        if (painter.isFlat())
            painter.brush().frame(thumb, 6, painter.ink(ColorToken::Accent), 2);
        else
            painter.brush().fill(thumb, 6, painter.ink(raised ? ColorToken::Line : ColorToken::Surface));
    } else if (painter.hovers(control) && form.availability == Availability::Enabled) {
        painter.brush().fill(thumb, 6, painter.ink(ColorToken::Text, 0.05f));
    }
    painter.inscribe(thumb, painter.say(words),
                     {.face = TextFace::Label,
                      .color = chosen ? ColorToken::Text : ColorToken::Muted,
                      .align = Align::Centre});
    if (painter.focuses(control) && painter.interaction().focusVisible) focusRing(painter, thumb, 6);
}

// Where a control was drawn in this column.
Rectangle boxOf(Painter& painter, app::Control control) {
    for (std::size_t i = painter.itemCount(); i > 0; --i)
        if (painter.itemAt(i - 1).id == idOf(control)) return painter.itemAt(i - 1).rectangle;
    return {};
}

}  // namespace

float drawTextField(const Form& form, Field field, app::Control control, const Rectangle& at,
                    const FieldOptions& options) {
    const FieldBox box = beginField(form, field, control, at, options);
    input(form.painter, control, box.box, box.name, inputOptions(form, box));
    return endField(form, box);
}

float drawUserField(const Form& all, Point at, float width) {
    const Form form = all.of(Field::User);
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::User, 0}, clear = {app::ControlKind::UserClear, 0};
    const app::UserSearch& search = form.dialog.user.search;
    const FieldBox field =
        beginField(form, Field::User, control, {at.x, at.y, width},
                   {.label = {.mark = form.looksUp() ? LabelMark::Optional : LabelMark::Required}});
    const bool open = search.list == app::Visibility::Shown;
    const bool clearable = form.dialog.user.chosen.has_value() && form.availability == Availability::Enabled;
    // What the field itself shows once it has the focus is the text of the search, so that it can be edited.
    const bool asUser = form.dialog.user.chosen.has_value() && !painter.focuses(control);
    const float clearWidth = painter.target(28);
    const std::string value = asUser ? userValue(form) : search.text;
    InputOptions options = inputOptions(form, field);
    options.value = value;
    if (form.dialog.user.naming != 0) options.placeholder = painter.say(Message::Loading);
    if (open) options.flags |= kExpanded;
    options.target = idOf(Part::UserList);
    if (const int marked = app::markedOption(search); open && marked >= 0)
        options.active = idOf(app::ControlKind::UserOption, static_cast<std::size_t>(marked));
    const bool locked = form.availability == Availability::Locked;
    options.insetRight = (locked ? 13.f : 30.f) + (clearable ? clearWidth : 0);
    if (asUser) options.words = InputOptions::Words::Elsewhere;
    input(painter, control, field.box, field.name, options);

    const float before = painter.opacity();
    if (form.availability == Availability::Disabled) painter.setOpacity(before * 0.6f);
    Rectangle rest = field.box;
    takeLeft(rest, kControlInset);
    const Rectangle arrow = takeRight(rest, locked ? 33.f : 30.f);
    const Rectangle target = clearable ? takeRight(rest, clearWidth) : Rectangle{};
    if (asUser && !painter.sketches()) paintUser(painter, rest, *form.dialog.user.chosen);
    if (clearable) {
        // No stop of the Tab key: by keyboard one deletes the text, and goes on to the next field at once.
        const Ink ink =
            iconButton(painter, clear, target, painter.say(Message::UserClear), {.flags = kPassedBy});
        const bool near = painter.hovers(control) || painter.hovers(clear) || painter.focuses(control) ||
                          painter.focuses(clear);
        if (near || painter.roomy()) icon::cross(painter.brush(), centre(target), 8, ink, 1.4f);
    }
    if (!locked)
        icon::arrow(painter.brush(), {right(arrow) - 16, middle(arrow) + 0.5f},
                    painter.ink(ColorToken::Accent));
    painter.setOpacity(before);
    return endField(form, field);
}

namespace {

// The numbers of the user's own certificates, to take over with a press.
Note offeredNumbers(const Form& form) {
    std::vector<std::string> numbers = app::identitySuggestions(form.dialog);
    if (numbers.empty()) return {};
    Arguments arguments{{"suggestion", numbers.front()}, {"other", numbers.back()}};
    const Message words = numbers.size() == 1 ? Message::IdentityUseSuggestion : Message::IdentityOfferedTwo;
    return {.words = form.painter.say(words, arguments), .suggestions = std::move(numbers)};
}

}  // namespace

float drawIdentityField(const Form& all, Point at, float width) {
    const Form form = all.of(Field::Identity);
    const app::Control control = {app::ControlKind::Identity, 0};
    const Message kind = nameOf(form.dialog.identity.kind);
    FieldOptions options = {.label = {.mark = LabelMark::Required}};
    if (kind != Message::None)
        options.otherwise = {.words = std::string(form.painter.say(kind)), .kind = Note::Kind::Good};
    else if (form.dialog.identity.kind == IdentityKind::Empty)
        options.otherwise = offeredNumbers(form);
    return drawTextField(form, Field::Identity, control, {at.x, at.y, width}, options);
}

float drawSerialField(const Form& all, Point at, float width) {
    const Form form = all.of(Field::Serial);
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Serial, 0}, lookUp = {app::ControlKind::LookUp, 0};
    const std::vector<RegisteredCertificate>* found = form.registered();
    const bool required = form.business() && found != nullptr && found->size() > 1;
    const bool looking = form.dialog.lookup.answer.phase == app::Phase::Loading;
    FieldOptions fieldOptions = {.label = {.mark = required ? LabelMark::Required : LabelMark::Optional}};
    if (found == nullptr && !looking && !required && !app::isLocked(form.state, Field::Serial))
        fieldOptions.otherwise.words = painter.say(Message::SerialHelp);
    const FieldBox field = beginField(form, Field::Serial, control, {at.x, at.y, width}, fieldOptions);

    const std::string_view words = painter.say(looking ? Message::LookingUp : Message::LookUp);
    Rectangle rest = field.box;
    const Rectangle action = takeRight(rest, painter.type().width(TextFace::Label, words) + 26);
    InputOptions options = inputOptions(form, field);
    if (required) options.placeholder = painter.say(Message::SerialPlaceholderOne);
    // How many are ticked is nothing that could be edited.
    const std::string several = app::countOfTicked(painter.locale(), form.dialog),
                      shown = app::serialShown(form.dialog);
    options.value = shown;
    if (!several.empty() && !required) {
        options.placeholder = several;
        options.placeholderColor = ColorToken::Text;
    }
    options.insetRight = action.width;
    input(painter, control, field.box, field.name, options);
    button(painter, lookUp, action, words,
           {.look = Look::Link,
            .face = TextFace::Label,
            .availability = looking ? Availability::Disabled : all.availability,
            .flags = looking ? kBusy : 0u});
    return endField(form, field);
}

float drawDisplayMode(const Form& all, Point at, float width) {
    const Form form = all.of(Field::DisplayMode);
    Painter& painter = form.painter;
    const Resolved<DisplayMode>& mode = form.dialog.signature.resolved.mode;
    const auto chosen = static_cast<std::size_t>(mode.value);
    const bool edited = mode.provenance == Provenance::Edited;
    const Message missing = edited ? Message::None : settingsMissing(form);
    const bool known = edited || form.dialog.signature.knowsSettings();
    const FieldBox field =
        beginField(form, Field::DisplayMode,
                   {app::ControlKind::DisplayMode, static_cast<std::uint16_t>(chosen)}, {at.x, at.y, width},
                   {.label = {.instead = missing},
                    .reset = {app::ControlKind::ResetDisplayMode, Message::ResetDisplayMode, mode.provenance},
                    .height = painter.target(38)});
    const Rectangle& box = field.box;
    painter.brush().fill(box, 10, painter.ink(ColorToken::Sunken));
    painter.brush().frame(box, 10, painter.ink(ColorToken::Line));
    Item& group = painter.item(Role::RadioGroup, idOf(Part::ModeGroup), box, field.name);
    group.labelledBy = labelId(Field::DisplayMode);
    group.describedBy = describedBy(form, field);
    {
        const auto scope = painter.inside(idOf(Part::ModeGroup), {box.x, box.y});
        constexpr std::array<Message, 3> kWords = {Message::DisplayTextAndImage, Message::DisplayImageOnly,
                                                   Message::DisplayTextOnly};
        const float part = (width - 8 - 4) / 3;
        for (std::size_t i = 0; i < kWords.size(); ++i)
            drawSegment(form, static_cast<std::uint16_t>(i), kWords[i],
                        {box.x + 4 + static_cast<float>(i) * (part + 2), box.y, part, box.height},
                        known && i == chosen);
    }
    return endField(form, field);
}

namespace {

// Identity and serial number, with a place kept for what is said under them: it comes and goes as one types.
float drawNumbers(const Form& form, Point at, float width) {
    const auto kept = [&form](float lines) {
        return 18 + kLabelDistance + inputHeight(form.painter) + 6 + 16 * lines;
    };
    if (width >= kPairsFrom)
        return std::max(kept(2), drawPair(form, at, width, drawIdentityField, drawSerialField));
    const auto keeping = [&kept](auto draw) {
        return [draw, &kept](const Form& inside, Point place, float room) {
            return std::max(kept(1), draw(inside, place, room));
        };
    };
    return drawPair(form, at, width, keeping(drawIdentityField), keeping(drawSerialField));
}

// Why fields are not there.
float drawLeftOut(const Form& form, Point at, float width) {
    std::array fields = {Field::BusinessAccount, Field::SignatureText, Field::DisplayMode,
                         Field::SignatureImage};
    const auto end = std::remove_if(fields.begin(), fields.end(),
                                    [&](Field field) { return app::isOffered(form.state, field); });
    const std::string words = app::notSavedWords(form.painter.locale(), {fields.begin(), end});
    if (words.empty()) return 0;
    return form.painter.text(idOf(Part::LeftOut), {at.x, at.y, width, 0}, words,
                             {.face = TextFace::Help, .color = ColorToken::Muted});
}

}  // namespace

bool previews(const Form& form) {
    return !form.looksUp() &&
           std::ranges::all_of(std::array{Field::SignatureText, Field::DisplayMode, Field::SignatureImage},
                               [&](Field field) { return app::isSaved(form.state, field); });
}

float drawFormColumn(const Form& form, const Rectangle& column) {
    const float width = column.width, gap = form.gap();
    Point at = {column.x, column.y};
    const auto advance = [&](float height) {
        if (height > 0) at.y += height + gap;
    };
    if (form.dialog.banner.isShown()) advance(drawBanner(form, at, width));
    const Point user = at;
    advance(drawUserField(form, at, width));
    advance(form.looksUp() ? drawIdentityField(form, at, width) : drawNumbers(form, at, width));
    advance(drawLookupList(form, at, width));
    const auto offered = [&](Field field, auto draw) {
        if (!form.looksUp() && app::isOffered(form.state, field)) advance(draw(form, at, width));
    };
    offered(Field::BusinessAccount, drawBusinessCard);
    if (form.business()) {
        advance(drawPair(form, at, width, drawPasswordField, drawSecretKeyField));
        advance(drawCodeCard(form, at, width));
    }
    offered(Field::SignatureText, drawSignatureText);
    offered(Field::DisplayMode, drawDisplayMode);
    const bool narrow = form.painter.narrow(), shows = previews(form);
    if (narrow && shows) {
        at.y += 10;
        advance(drawPreview(form, at, width));
    }
    if (narrow || !shows) offered(Field::SignatureImage, drawImageCard);
    if (!form.looksUp()) advance(drawLeftOut(form, at, width));
    float end = at.y - gap;
    if (form.dialog.user.search.list == app::Visibility::Shown) {
        // Within what is seen of the column while nothing is scrolled, so that its last row is in sight. A short form
        // becomes as long as the list needs.
        constexpr float kLeastRoom = 180;
        const Rectangle field = {user.x, user.y + 18 + kLabelDistance, width, inputHeight(form.painter)};
        const float seen = std::max(column.height, bottom(field) + kLeastRoom);
        drawUserList(form, field, {0, 0, width + 2 * column.x, seen});
        end = std::max(end, seen - column.x);
    }
    if (menuOpen(form))
        drawPlaceholderMenu(form, boxOf(form.painter, {app::ControlKind::SignatureText, 0}),
                            {0, 0, width + 2 * column.x, end + column.x}, column.height);
    return end - column.y;
}

}  // namespace smartca::view
