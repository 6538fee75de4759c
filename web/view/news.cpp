// What stands above the rows of the list: that they could not be read again, or that they are not all.
#include "web/view/callout.h"
#include "web/view/page.h"

namespace smartca::view {

float drawListNews(const PageArea& area, float y) {
    Painter& painter = area.painter;
    const app::ListState& list = area.list();
    if (!list.stale && list.only.empty()) return y;
    Callout news = {
        .id = idOf(Part::News), .titleId = idOf(Part::NewsText), .textId = idOf(Part::NewsText, 1)};
    if (list.stale) {
        const app::Trouble& problem = list.certificates.problem;
        news.tone = ColorToken::Error;
        news.ground = ColorToken::ErrorSoft;
        news.title = painter.say(Message::ListStaleTitle);
        news.words =
            app::describe(painter.locale(), problem).append(" ").append(painter.say(Message::ListStaleText));
        if (!problem.requestId.empty())
            news.words += " " + painter.say(Message::RequestNumber, {{"id", problem.requestId}});
        news.control = app::ControlKind::RetryList;
        news.action = painter.say(Message::TryAgain);
        // Kept while they are read once more, so that nothing moves twice.
        if (list.certificates.phase == app::Phase::Loading) news.availability = Availability::Disabled;
    } else {
        news.title = painter.say(Message::OnlySome);
        news.control = app::ControlKind::ShowAll;
        news.action = painter.say(Message::ShowAll);
    }
    return y + drawCallout(painter, {area.content.x, y}, area.content.width, news) + 12;
}

}  // namespace smartca::view
