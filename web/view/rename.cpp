#include "web/view/rename.h"

#include <algorithm>

#include "shared/distinguished_name.h"
#include "shared/text.h"
#include "web/view/certificate_words.h"
#include "web/view/dialog.h"
#include "web/view/icons.h"
#include "web/view/input.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// The whole name stands in the field below.
constexpr std::size_t kNameInTitle = 60;
constexpr app::Control kField = {app::ControlKind::RenameName, 0};

float linesHeight(const Painter& painter, TextFace face, std::string_view words, float width) {
    return static_cast<float>(painter.type().lines(face, words, width).size()) *
           painter.type().lineHeight(face);
}

// What the proxy said; returns the height with the distance below it.
float drawTrouble(Painter& painter, const app::State& state, const Rectangle& box) {
    const std::string_view title = painter.say(Message::RenameFailed);
    const std::string words = app::brief(state.locale, *state.rename->banner);
    const float x = box.x + 44, width = box.width - 44 - 14;
    const float titleHeight = linesHeight(painter, TextFace::BodyStrong, title, width);
    const Rectangle card = {box.x, box.y, box.width,
                            12 + titleHeight + linesHeight(painter, TextFace::Help, words, width) + 12};
    painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::ErrorSoft));
    icon::exclamation(painter.brush(), {card.x + 24, card.y + 22}, 10, painter.ink(ColorToken::Error),
                      painter.ink(ColorToken::ErrorSoft));
    painter.item(Role::Group, idOf(Part::RenameBanner), card, title);
    const auto scope = painter.inside(idOf(Part::RenameBanner), {card.x, card.y});
    painter.text(idOf(Part::RenameBannerText, 0), {x, card.y + 12, width, 20}, title,
                 {.face = TextFace::BodyStrong, .color = ColorToken::Error});
    painter.text(idOf(Part::RenameBannerText, 1), {x, card.y + 12 + titleHeight, width, 16}, words,
                 {.face = TextFace::Help});
    return card.height + 16;
}

struct Said {
    std::string words;
    bool isFault = false;
};
Said saidUnder(const Painter& painter, const app::RenameState& rename) {
    if (const auto fault = app::faultShown(rename)) return {describe(painter.locale(), *fault), true};
    return {std::string(painter.say(Message::RenameHelp))};
}

// The label, the field and what is said under it; returns the height.
float drawField(Painter& painter, const app::RenameState& rename, const Rectangle& box) {
    const Said said = saidUnder(painter, rename);
    float y = box.y;
    y += painter.text(idOf(Part::RenameLabel), {box.x, y, box.width, 18}, painter.say(Message::RenameLabel),
                      {.face = TextFace::Label}, Role::Label, idOf(kField)) +
         6;
    const Rectangle field = {box.x, y, box.width, inputHeight(painter)};
    // What a blank field comes to.
    const std::string ownName = attributeOf(parseDistinguishedName(rename.certificate.subject), "CN");
    input(painter, kField, field, painter.say(Message::RenameLabel),
          {.value = rename.name,
           .placeholder = ownName,
           .flags = said.isFault ? kInvalid : 0u,
           .labelledBy = idOf(Part::RenameLabel),
           .describedBy = {idOf(Part::RenameNote)},
           .availability = rename.busy() ? Availability::Disabled : Availability::Enabled});
    y = bottom(field) + 6;
    const float sign = said.isFault ? 14.f : 0.f;
    if (said.isFault)
        icon::exclamation(painter.brush(), {box.x + 5, y + 8}, 5, painter.ink(ColorToken::Error),
                          painter.ink(ColorToken::Surface));
    y += painter.text(idOf(Part::RenameNote), {box.x, y, box.width, 16}, said.words,
                      {.face = TextFace::Help,
                       .color = said.isFault ? ColorToken::Error : ColorToken::Muted,
                       .indent = sign});
    return y - box.y;
}

}  // namespace

void drawRename(Painter& painter, const app::State& state) {
    const app::RenameState& rename = *state.rename;
    const Viewport& viewport = painter.viewport();
    const float margin = painter.narrow() ? 16.f : 24.f;
    const float width = std::min(480.f, viewport.width - 32), inner = width - 2 * margin;
    const float side = painter.roomy() ? 44.f : 36.f, titleWidth = inner - side;
    const std::string title =
        painter.say(Message::RenameTitle, {{"name", shortenedTo(rename.certificate.name, kNameInTitle)}});
    const float titleHeight = linesHeight(painter, TextFace::Title, title, titleWidth);
    const std::string which = tellingApart(painter, rename.certificate);
    const float head = 20 + titleHeight + 2 + linesHeight(painter, TextFace::Body, which, titleWidth) + 16,
                action = buttonHeight(painter), foot = 1 + 14 + action + 14;
    const float trouble =
        rename.banner
            ? 12 +
                  linesHeight(painter, TextFace::BodyStrong, painter.say(Message::RenameFailed), inner - 58) +
                  linesHeight(painter, TextFace::Help, app::brief(state.locale, *rename.banner), inner - 58) +
                  12 + 16
            : 0;
    const float note = linesHeight(painter, TextFace::Help, saidUnder(painter, rename).words, inner);
    const float total = head + trouble + 18 + 6 + inputHeight(painter) + 6 + note + 20 + foot;
    const Rectangle box = snapped(
        Rectangle{(viewport.width - width) / 2, std::max(8.f, (viewport.height - total) / 2), width, total},
        viewport.density);

    const Rectangle screen = {0, 0, viewport.width, viewport.height};
    painter.item(Role::Layer, idOf(Part::RenameOverlay), screen);
    const auto overlay = painter.onto(idOf(Part::RenameOverlay), screen.width, screen.height);
    painter.brush().fill(screen, 0, scrimInk(painter, state));
    painter.brush().shadow(box, 16, {.down = 20, .blur = 50, .alpha = 0.24f});
    painter.brush().fill(box, 16, painter.ink(ColorToken::Surface));
    painter.brush().horizontal(box.x, bottom(box) - foot, box.width, painter.ink(ColorToken::Line));
    Item& item = painter.item(Role::Dialog, idOf(Part::Rename), box, title);
    item.flags = kModal | (rename.busy() ? kBusy : 0u);
    item.labelledBy = idOf(Part::RenameTitle);
    item.describedBy = {idOf(Part::RenameWhich)};
    const auto scope = painter.inside(idOf(Part::Rename), {box.x, box.y});
    painter.text(idOf(Part::RenameTitle), {box.x + margin, box.y + 20, titleWidth, 26}, title,
                 {.face = TextFace::Title}, Role::Heading2);
    painter.text(idOf(Part::RenameWhich), {box.x + margin, box.y + 20 + titleHeight + 2, titleWidth, 20},
                 which, {.color = ColorToken::Muted});
    const Point close = {right(box) - margin - 12, box.y + 34};
    const Ink ink =
        iconButton(painter, {app::ControlKind::RenameClose, 0},
                   {close.x - side / 2, close.y - side / 2, side, side}, painter.say(Message::Close));
    icon::cross(painter.brush(), close, 9.5f, ink, 1.6f);

    const Rectangle form = {box.x, box.y + head, box.width, bottom(box) - box.y - head};
    painter.item(Role::Form, idOf(Part::RenameForm), form);
    const auto inForm = painter.inside(idOf(Part::RenameForm), {form.x, form.y});
    float y = form.y;
    if (rename.banner) y += drawTrouble(painter, state, {box.x + margin, y, inner, 0});
    drawField(painter, rename, {box.x + margin, y, inner, 0});

    const Availability availability = rename.busy() ? Availability::Disabled : Availability::Enabled;
    const std::string_view save = painter.say(rename.busy() ? Message::RenameSaving : Message::RenameSave);
    const std::string_view cancel = painter.say(Message::Cancel);
    const float saveWidth = buttonWidth(painter, save), cancelWidth = buttonWidth(painter, cancel);
    const Rectangle saveBox = {right(box) - margin - saveWidth, bottom(box) - 14 - action, saveWidth, action};
    const Rectangle cancelBox = {saveBox.x - 12 - cancelWidth, saveBox.y, cancelWidth, action};
    button(painter, {app::ControlKind::RenameCancel, 0}, cancelBox, cancel, {.availability = availability});
    button(painter, {app::ControlKind::RenameSubmit, 0}, saveBox, save,
           {.look = Look::Primary,
            .availability = availability,
            .role = Role::SubmitButton,
            .flags = rename.busy() ? kBusy : 0u});
}

}  // namespace smartca::view
