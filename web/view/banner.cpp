// What went wrong beyond the form, or what a create did that did not add all, above the form's fields.
#include "web/view/callout.h"
#include "web/view/form.h"

namespace smartca::view {

float drawBanner(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::BannerState& banner = form.dialog.banner;
    Callout callout = {.id = idOf(Part::Banner),
                       .titleId = idOf(Part::BannerTitle),
                       .textId = idOf(Part::BannerText),
                       .title = banner.outcomeTitle,
                       .words = banner.outcome + banner.also,
                       .control = app::ControlKind::BannerDismiss,
                       .availability = form.availability};
    if (!banner.outcomeTitle.empty()) return drawCallout(painter, at, width, callout);
    const app::Trouble& trouble = *banner.trouble;
    callout.title = painter.say(app::titleOf(trouble));
    // What can be tried again is what the form holds, and that is another certificate by now.
    callout.words = form.dialog.submission.isOfBefore() && trouble.became == app::Became::Unknown
                        ? painter.say(Message::BeforeUnknown, {{"user", form.dialog.submission.user}})
                        : app::adviceOf(painter.locale(), trouble);
    callout.words.insert(0, app::quoted(trouble));
    if (!trouble.requestId.empty())
        callout.words += " " + painter.say(Message::RequestNumber, {{"id", trouble.requestId}});
    callout.words += banner.also;
    // What is being found out is no error yet, and nothing that could be put away.
    const bool checks = app::isOpen(trouble);
    callout.tone = callout.titleColor = checks ? ColorToken::Warn : ColorToken::Error;
    callout.ground = checks ? ColorToken::WarnSoft : ColorToken::ErrorSoft;
    if (banner.retry != app::Retry::None) {
        callout.control = app::ControlKind::BannerRetry;
        callout.action = painter.say(Message::TryAgain);
    } else if (checks) {
        callout.control = app::ControlKind::None;
    }
    return drawCallout(painter, at, width, callout);
}

}  // namespace smartca::view
