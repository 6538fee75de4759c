// Whether a certificate can be used, and how we know.
#include <algorithm>

#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/layout.h"

namespace smartca::view {

float drawStatusCard(Painter& painter, const app::DetailsState& details, const Rectangle& box) {
    constexpr float kLeft = 48, kTop = 11, kRight = 12;
    const CertificateDetails& value = details.details.value;
    const bool asking = details.details.phase == app::Phase::Loading;
    const bool failed = details.details.phase == app::Phase::Failed;
    const auto [status, tone] =
        statusWords(painter, value.certificate.status, value.certificate.statusText, 0, 0, 0);
    const std::string_view again = painter.say(Message::DetailsAskAgain);
    const bool askable = app::isAskable(value.certificate);
    const std::string_view awaited = painter.say(askable ? Message::DetailsAsking : Message::Loading);
    const std::string source = failed             ? app::brief(painter.locale(), details.details.problem)
                               : details.answered ? app::sourceOf(painter.locale(), value)
                                                  : std::string(awaited);

    const float action = buttonWidth(painter, again);
    const bool beside = box.width - kLeft - kRight - action - 16 >= 240;
    const float width = box.width - kLeft - kRight - (beside ? action + 16 : 0);
    const float words = painter.type().height(TextFace::BodyStrong, status, width) +
                        painter.type().height(TextFace::Help, source, width);
    const float button = buttonHeight(painter);
    const float content = beside ? std::max(words, button) : words + 8 + button;
    const Rectangle card = {box.x, box.y, box.width, kTop + content + kTop};
    painter.brush().fill(card, kCardRadius, painter.ink(softColorOf(tone)));
    if (tone == Tone::Neutral) painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    const float top = beside ? card.y + (card.height - words) / 2 : card.y + kTop;
    toneSign(painter, tone, {card.x + 24, beside ? middle(card) : top + 18});

    painter.item(Role::Group, idOf(Part::DetailsStatusCard), card, painter.say(Message::ColumnStatus));
    const auto scope = painter.inside(idOf(Part::DetailsStatusCard), {card.x, card.y});
    Column column(painter, {card.x + kLeft, top, width, 0});
    column.text(
        idOf(Part::DetailsStatusText, 0), status,
        {.face = TextFace::BodyStrong, .color = tone == Tone::Neutral ? ColorToken::Text : colorOf(tone)});
    column.text(idOf(Part::DetailsStatusText, 1), asking ? awaited : source,
                {.face = TextFace::Help, .color = failed ? ColorToken::Error : ColorToken::Text});
    const Rectangle place =
        beside ? Rectangle{right(card) - kRight - action, middle(card) - button / 2, action, button}
               : Rectangle{card.x + kLeft, bottom(card) - kTop - button, action, button};
    view::button(painter, {app::ControlKind::DetailsRetry, 0}, place, again,
                 {.availability = asking || !askable ? Availability::Disabled : Availability::Enabled,
                  .flags = asking ? kBusy : 0u});
    return card.height;
}

}  // namespace smartca::view
