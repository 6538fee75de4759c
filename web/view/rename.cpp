#include <algorithm>

#include "shared/distinguished_name.h"
#include "shared/text.h"
#include "web/view/callout.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/icons.h"
#include "web/view/input.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// The whole name stands in the field below.
constexpr std::size_t kNameInTitle = 60;
constexpr app::Control kField = {app::ControlKind::RenameName, 0};

// What the proxy said; announced by update().
Callout troubleOf(const app::State& state) {
    return {.id = idOf(Part::RenameBanner),
            .titleId = idOf(Part::RenameBannerText, 0),
            .textId = idOf(Part::RenameBannerText, 1),
            .tone = ColorToken::Error,
            .ground = ColorToken::ErrorSoft,
            .titleColor = ColorToken::Error,
            .title = std::string(app::bannerTitle(state.locale, *state.rename)),
            .words = app::brief(state.locale, *state.rename->banner)};
}

struct Said {
    std::string words;
    bool isFault = false;
};
Said saidUnder(const Painter& painter, const app::RenameState& rename) {
    if (const auto fault = app::faultShown(rename)) return {describe(painter.locale(), *fault), true};
    return {std::string(painter.say(Message::RenameHelp))};
}

// The label, the field and what is said under it.
void drawField(Painter& painter, const app::RenameState& rename, Column& column) {
    const Said said = saidUnder(painter, rename);
    const std::string_view label = painter.say(Message::RenameLabel);
    column.text(idOf(Part::RenameLabel), label, {.face = TextFace::Label}, Role::Label, idOf(kField));
    column.skip(kLabelDistance);
    // What a blank field comes to.
    const std::string ownName = attributeOf(parseDistinguishedName(rename.certificate.subject), "CN");
    input(painter, kField, column.box(inputHeight(painter), 6), label,
          {.value = rename.name,
           .placeholder = ownName,
           .flags = said.isFault ? kInvalid : 0u,
           .labelledBy = idOf(Part::RenameLabel),
           .describedBy = {idOf(Part::RenameNote)},
           .availability = rename.busy() ? Availability::Disabled : Availability::Enabled});
    TextStyle style = {.face = TextFace::Help, .color = ColorToken::Muted};
    if (said.isFault) {
        style.color = ColorToken::Error;
        style.indent = 14;
        icon::exclamation(painter.brush(), {column.rest().x + 5, column.y() + 8}, 5,
                          painter.ink(ColorToken::Error), painter.ink(ColorToken::Surface));
    }
    column.text(idOf(Part::RenameNote), said.words, style);
}

void drawButtons(Painter& painter, bool busy, Rectangle row) {
    const Availability availability = busy ? Availability::Disabled : Availability::Enabled;
    const std::string_view save = painter.say(busy ? Message::RenameSaving : Message::RenameSave),
                           cancel = painter.say(Message::Cancel);
    const Rectangle saveBox = takeRight(row, buttonWidth(painter, save), 12);
    const Rectangle cancelBox = takeRight(row, buttonWidth(painter, cancel));
    button(painter, {app::ControlKind::RenameCancel, 0}, cancelBox, cancel, {.availability = availability});
    button(painter, {app::ControlKind::RenameSubmit, 0}, saveBox, save,
           {.look = Look::Primary,
            .availability = availability,
            .role = Role::SubmitButton,
            .flags = busy ? kBusy : 0u});
}

}  // namespace

void drawRename(Painter& painter, const app::State& state) {
    const app::RenameState& rename = *state.rename;
    const Typesetter& type = painter.type();
    const float margin = painter.narrow() ? 16.f : 24.f;
    const float width = std::min(480.f, painter.viewport().width - 32), inner = width - 2 * margin;
    const float titleWidth = inner - (painter.target(36));
    const std::string title =
        painter.say(Message::RenameTitle, {{"name", withoutMiddle(rename.certificate.name, kNameInTitle)}});
    const std::string which = app::tellingApart(painter.locale(), rename.certificate);
    const Callout trouble = rename.banner ? troubleOf(state) : Callout{};

    const float head = 20 + type.height(TextFace::Title, title, titleWidth) + 2 +
                       type.height(TextFace::Body, which, titleWidth) + 16;
    const float action = buttonHeight(painter), foot = 1 + 14 + action + 14;
    const float note = type.height(TextFace::Help, saidUnder(painter, rename).words, inner);
    const float body = (rename.banner ? calloutHeight(painter, inner, trouble) + 16 : 0) + 18 +
                       kLabelDistance + inputHeight(painter) + 6 + note + 20;
    const Rectangle box = modalBox(painter, width, head + body + foot, 8);
    const ModalLayer layer(painter, state,
                           {.overlay = Part::RenameOverlay,
                            .dialog = Part::Rename,
                            .title = Part::RenameTitle,
                            .name = title,
                            .box = box,
                            .busy = rename.busy(),
                            .describedBy = {idOf(Part::RenameWhich)}});
    painter.brush().horizontal(box.x, bottom(box) - foot, box.width, painter.ink(ColorToken::Line));
    Column titles(painter, {box.x + margin, box.y + 20, titleWidth, 0});
    titles.text(idOf(Part::RenameTitle), title, {.face = TextFace::Title}, Role::Heading2);
    titles.skip(2);
    titles.text(idOf(Part::RenameWhich), which, {.color = ColorToken::Muted});
    closeButton(painter, app::ControlKind::RenameClose, {right(box) - margin - 12, box.y + 34});

    const Rectangle form = {box.x, box.y + head, box.width, bottom(box) - box.y - head};
    painter.item(Role::Form, idOf(Part::RenameForm), form);
    const auto inForm = painter.inside(idOf(Part::RenameForm), {form.x, form.y});
    Column column(painter, inset(form, margin, 0));
    if (rename.banner) column.skip(drawCallout(painter, {column.rest().x, column.y()}, inner, trouble) + 16);
    drawField(painter, rename, column);
    drawButtons(painter, rename.busy(), {box.x + margin, bottom(box) - 14 - action, inner, action});
}

}  // namespace smartca::view
