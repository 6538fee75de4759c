// What stands in the list's place: nothing yet, no match, or a failure.
#include <algorithm>

#include "web/view/button.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/page.h"

namespace smartca::view {

float drawBlank(const PageArea& area, float y) {
    Painter& painter = area.painter;
    const app::Loaded<CertificatePage>& certificates = area.list().certificates;
    const bool failed = certificates.phase == app::Phase::Failed, filtered = app::isFiltered(area.list()),
               creates = app::may(area.state, Right::Create);
    const float textWidth = std::min(400.f, area.content.width - 32);
    const auto say = [&](Message message) { return std::string(painter.say(message)); };
    std::string title = say(filtered ? Message::NoMatchTitle : Message::EmptyTitle),
                text = say(filtered  ? Message::NoMatchText
                           : creates ? Message::EmptyText
                                     : Message::EmptyForReaders),
                note;
    const bool onlyAdded = !area.list().only.empty();
    if (onlyAdded) {
        title = say(Message::AddedGoneTitle);
        text = say(Message::AddedGoneText);
    }
    if (!certificates.value.complete) text = say(Message::ListIncomplete);
    if (failed) {
        title = say(Message::ListFailedTitle);
        text = app::describe(painter.locale(), certificates.problem);
        if (!certificates.problem.requestId.empty())
            note = painter.say(Message::RequestNumber, {{"id", certificates.problem.requestId}});
    }
    const float height = buttonHeight(painter);
    const auto lines = [&](TextFace face, std::string_view words) {
        return painter.type().height(face, words, textWidth);
    };
    const bool action = failed || filtered || creates;
    const float total = 46 + 56 + 13 + lines(TextFace::TouchStrong, title) + 4 + lines(TextFace::Body, text) +
                        lines(TextFace::Help, note) + (action ? 16 + height : 0) + 46;
    const Rectangle card = {area.content.x, y, area.content.width, total};
    painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::Surface));
    painter.brush().dashedFrame(card, kCardRadius, painter.ink(ColorToken::LineStrong));
    const Rectangle tile = {card.x + (card.width - 56) / 2, card.y + 47, 56, 56};
    const Point centre = {tile.x + 28, middle(tile)};
    painter.brush().fill(tile, 16, painter.ink(failed ? ColorToken::ErrorSoft : ColorToken::AccentSoft));
    if (failed)
        icon::exclamation(painter.brush(), centre, 12, painter.ink(ColorToken::Error),
                          painter.ink(ColorToken::ErrorSoft));
    else if (filtered)
        icon::magnifier(painter.brush(), centre, painter.ink(ColorToken::Accent));
    else
        icon::plus(painter.brush(), centre, 12, painter.ink(ColorToken::Accent), 2);
    painter.item(Role::Group, idOf(Part::Blank), card, title);
    const auto scope = painter.inside(idOf(Part::Blank), {card.x, card.y});
    Column column(painter, {card.x + (card.width - textWidth) / 2, bottom(tile) + 13, textWidth, 0});
    column.text(idOf(Part::BlankTitle), title, {.face = TextFace::TouchStrong, .align = Align::Centre},
                Role::Heading2);
    column.skip(4);
    column.text(idOf(Part::BlankText), text, {.color = ColorToken::Muted, .align = Align::Centre});
    if (!note.empty())
        column.text(idOf(Part::BlankNote), note,
                    {.face = TextFace::Help, .color = ColorToken::Muted, .align = Align::Centre});
    if (!action) return bottom(card);
    column.skip(16);
    const auto place = [&](float width) {
        return Rectangle{card.x + (card.width - width) / 2, column.y(), width, height};
    };
    if (failed)
        button(painter, {app::ControlKind::RetryList, 0},
               place(buttonWidth(painter, painter.say(Message::TryAgain))), painter.say(Message::TryAgain));
    else if (filtered) {
        const std::string_view words = painter.say(onlyAdded ? Message::ShowAll : Message::NoMatchReset);
        button(painter, {app::ControlKind::FilterReset, 1}, place(buttonWidth(painter, words)), words);
    } else
        drawCreateButton(area, app::ControlKind::OpenCreateFromEmpty, place(createButtonWidth(painter)));
    return bottom(card);
}

}  // namespace smartca::view
