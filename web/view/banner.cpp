// What went wrong beyond the form, above its fields.
#include <algorithm>

#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// Nothing is wrong here: a create did not add all that was asked for.
float drawOutcome(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const std::string& title = form.dialog.banner.outcomeTitle;
    const std::string& words = form.dialog.banner.outcome;
    const float close = smallButtonHeight(painter), left = 46, textWidth = width - left - 14 - close - 16;
    const float texts = painter.type().height(TextFace::BodyStrong, title, textWidth) +
                        painter.type().height(TextFace::Help, words, textWidth);
    const Rectangle card = {at.x, at.y, width, std::max(texts, close) + 24};
    painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::AccentSoft));
    painter.brush().disc({card.x + 24, middle(card)}, 10, painter.ink(ColorToken::Accent));
    icon::information(painter.brush(), {card.x + 24, middle(card)}, painter.ink(ColorToken::AccentSoft));
    painter.item(Role::Group, idOf(Part::Banner), card, title);  // announced by update()
    const auto scope = painter.inside(idOf(Part::Banner), {card.x, card.y});
    Column column(painter, {card.x + left, middle(card) - texts / 2, textWidth, 0});
    column.text(idOf(Part::BannerTitle), title, {.face = TextFace::BodyStrong});
    column.text(idOf(Part::BannerText), words, {.face = TextFace::Help});
    const Rectangle action = {right(card) - 14 - close, middle(card) - close / 2, close, close};
    const Ink ink =
        iconButton(painter, {app::ControlKind::BannerDismiss, 0}, action, painter.say(Message::Dismiss));
    icon::cross(painter.brush(), centre(action), 9, ink);
    return card.height;
}

}  // namespace

float drawBanner(const Form& form, Point at, float width) {
    if (!form.dialog.banner.outcome.empty()) return drawOutcome(form, at, width);
    Painter& painter = form.painter;
    const app::Trouble& trouble = *form.dialog.banner.trouble;
    std::string words = app::adviceOf(painter.locale(), trouble);
    if (!trouble.upstreamMessage.empty()) words.insert(0, "“" + trouble.upstreamMessage + "” ");
    if (!trouble.requestId.empty())
        words += " " + painter.say(Message::RequestNumber, {{"id", trouble.requestId}});
    // What is being found out is no error yet, and nothing that could be put away.
    const bool checks = app::isOpen(trouble);
    const ColorToken tone = checks ? ColorToken::Warn : ColorToken::Error;
    const ColorToken ground = checks ? ColorToken::WarnSoft : ColorToken::ErrorSoft;
    const std::string_view title = painter.say(app::titleOf(trouble)), retry = painter.say(Message::TryAgain);
    const bool retries = form.dialog.banner.retry != app::Retry::None;
    const float height = smallButtonHeight(painter);
    const float actionWidth = retries ? buttonWidth(painter, retry, TextFace::Label) + 8 : height;
    const bool below = retries && width < 420;
    const float left = 46, textWidth = width - left - 14 - (below ? 0 : actionWidth + 16);
    const float texts = painter.type().height(TextFace::BodyStrong, title, textWidth) +
                        painter.type().height(TextFace::Help, words, textWidth);
    const float top = std::max(12.f, below ? 0 : (height + 24 - texts) / 2);
    const Rectangle card = {at.x, at.y, width, texts + 2 * top + (below ? height + 8 : 0)};
    painter.brush().fill(card, kCardRadius, painter.ink(ground));
    icon::exclamation(painter.brush(), {card.x + 24, card.y + top + texts / 2}, 10, painter.ink(tone),
                      painter.ink(ground));
    painter.item(Role::Alert, idOf(Part::Banner), card);
    const auto scope = painter.inside(idOf(Part::Banner), {card.x, card.y});
    Column column(painter, {card.x + left, card.y + top, textWidth, 0});
    column.text(idOf(Part::BannerTitle), title, {.face = TextFace::BodyStrong, .color = tone});
    column.text(idOf(Part::BannerText), words, {.face = TextFace::Help});
    const float x = below ? card.x + left : right(card) - 14 - actionWidth;
    const float y = below ? bottom(card) - 12 - height : middle(card) - height / 2;
    const Rectangle action = {x, y, actionWidth, height};
    if (retries) {
        button(painter, {app::ControlKind::BannerRetry, 0}, action, retry,
               {.face = TextFace::Label, .availability = form.availability});
        return card.height;
    }
    if (checks) return card.height;
    const Ink ink =
        iconButton(painter, {app::ControlKind::BannerDismiss, 0}, action, painter.say(Message::Dismiss));
    icon::cross(painter.brush(), centre(action), 9, ink);
    return card.height;
}

}  // namespace smartca::view
