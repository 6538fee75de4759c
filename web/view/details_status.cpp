// Whether a certificate can be used, and how we know.
#include <algorithm>

#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// Why it is not SmartCA's answer of now; empty where it is.
std::string shortcomingOf(const Painter& painter, const CertificateDetails& details) {
    const Certificate& certificate = details.certificate;
    switch (details.statusSource) {
        case StatusSource::NotReached:
            return std::string(painter.say(Message::DetailsStatusNotReached));
        case StatusSource::Gone:
            return painter.say(Message::DetailsStatusGone, {{"identity", certificate.identity}});
        case StatusSource::NotTold:
            return std::string(painter.say(Message::DetailsStatusNotTold));
        default:
            return {};
    }
}

// SmartCA's own words, since ours are only a reading of them.
std::string sourceOf(const Painter& painter, const CertificateDetails& details) {
    const Certificate& certificate = details.certificate;
    std::string source = shortcomingOf(painter, details);
    if (!source.empty()) source += ' ';
    if (certificate.statusAsked == 0) return source.append(painter.say(Message::DetailsStatusByDates));
    const Argument time = {"time", dateAndTimeInVietnam(certificate.statusAsked)};
    if (certificate.statusText.empty()) return source + painter.say(Message::DetailsStatusAsked, {time});
    return source + painter.say(Message::DetailsStatusSaid, {{"words", certificate.statusText}, time});
}

Tone toneOf(const Painter& painter, const CertificateDetails& details) {
    const Tone tone = statusWords(painter, details.certificate.status, 0, 0).tone;
    return tone == Tone::Ok && details.statusSource == StatusSource::Gone ? Tone::Warn : tone;
}

}  // namespace

float drawStatusCard(Painter& painter, const app::DetailsState& details, const Rectangle& box) {
    constexpr float kLeft = 48, kTop = 11, kRight = 12;
    const CertificateDetails& value = details.details.value;
    const bool asking = details.details.phase == app::Phase::Loading;
    const bool failed = details.details.phase == app::Phase::Failed;
    const Tone tone = toneOf(painter, value);
    const std::string_view status = painter.say(labelOf(value.certificate.status));
    const std::string_view again = painter.say(Message::DetailsAskAgain);
    const std::string source =
        failed ? app::brief(painter.locale(), details.details.problem) : sourceOf(painter, value);

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
    column.text(idOf(Part::DetailsStatusText, 1), asking ? painter.say(Message::DetailsAsking) : source,
                {.face = TextFace::Help, .color = failed ? ColorToken::Error : ColorToken::Text});
    const Rectangle place =
        beside ? Rectangle{right(card) - kRight - action, middle(card) - button / 2, action, button}
               : Rectangle{card.x + kLeft, bottom(card) - kTop - button, action, button};
    view::button(painter, {app::ControlKind::DetailsRetry, 0}, place, again,
                 {.availability = asking ? Availability::Disabled : Availability::Enabled,
                  .flags = asking ? kBusy : 0u});
    return card.height;
}

}  // namespace smartca::view
