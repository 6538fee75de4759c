// What stands above the rows of the list: that they could not be read again, or that they are not all.
#include <algorithm>

#include "web/view/button.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/page.h"

namespace smartca::view {

namespace {

struct News {
    std::string title, words;
    std::string_view action;
    app::ControlKind control = app::ControlKind::None;
    Availability availability = Availability::Enabled;
    ColorToken tone = ColorToken::Accent, ground = ColorToken::AccentSoft;
    Role role = Role::Group;
};

News staleNews(const PageArea& area) {
    const Painter& painter = area.painter;
    const app::Trouble& problem = area.list().certificates.problem;
    News news = {.title = std::string(painter.say(Message::ListStaleTitle)),
                 .words = app::describe(painter.locale(), problem) + ' ' +
                          std::string(painter.say(Message::ListStaleText)),
                 .action = painter.say(Message::TryAgain),
                 .control = app::ControlKind::RetryList,
                 // Kept while they are read once more, so that nothing moves twice.
                 .availability = area.list().certificates.phase == app::Phase::Loading
                                     ? Availability::Disabled
                                     : Availability::Enabled,
                 .tone = ColorToken::Error,
                 .ground = ColorToken::ErrorSoft,
                 .role = Role::Alert};
    if (!problem.requestId.empty())
        news.words += " " + painter.say(Message::RequestNumber, {{"id", problem.requestId}});
    return news;
}

float drawNews(const PageArea& area, float y, const News& news) {
    Painter& painter = area.painter;
    const float height = smallButtonHeight(painter), left = 46;
    const float action = buttonWidth(painter, news.action, TextFace::Label);
    const bool below = area.content.width < 420;
    const float textWidth = area.content.width - left - 14 - (below ? 0 : action + 16);
    const float texts =
        painter.type().height(TextFace::BodyStrong, news.title, textWidth) +
        (news.words.empty() ? 0 : painter.type().height(TextFace::Help, news.words, textWidth));
    const float top = std::max(12.f, below ? 0 : (height + 16 - texts) / 2);
    const Rectangle card = {area.content.x, y, area.content.width,
                            texts + 2 * top + (below ? height + 8 : 0)};
    painter.brush().fill(card, kCardRadius, painter.ink(news.ground));
    const Point sign = {card.x + 24, card.y + top + texts / 2};
    if (news.role == Role::Alert) {
        icon::exclamation(painter.brush(), sign, 10, painter.ink(news.tone), painter.ink(news.ground));
    } else {
        painter.brush().disc(sign, 10, painter.ink(news.tone));
        icon::information(painter.brush(), sign, painter.ink(news.ground));
    }
    painter.item(news.role, idOf(Part::News), card, news.title);
    const auto scope = painter.inside(idOf(Part::News), {card.x, card.y});
    Column column(painter, {card.x + left, card.y + top, textWidth, 0});
    column.text(idOf(Part::NewsText), news.title, {.face = TextFace::BodyStrong, .color = ColorToken::Text});
    if (!news.words.empty()) column.text(idOf(Part::NewsText, 1), news.words, {.face = TextFace::Help});
    const Rectangle box = {below ? card.x + left : right(card) - 14 - action,
                           below ? bottom(card) - 12 - height : middle(card) - height / 2, action, height};
    button(painter, {news.control, 0}, box, news.action,
           {.face = TextFace::Label, .availability = news.availability});
    return bottom(card) + 12;
}

}  // namespace

float drawListNews(const PageArea& area, float y) {
    const Painter& painter = area.painter;
    if (area.list().stale) return drawNews(area, y, staleNews(area));
    if (area.list().only.empty()) return y;
    return drawNews(area, y,
                    {.title = std::string(painter.say(Message::OnlyAdded)),
                     .words = {},
                     .action = painter.say(Message::ShowAll),
                     .control = app::ControlKind::ShowAll});
}

}  // namespace smartca::view
