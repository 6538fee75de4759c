#include "web/view/details.h"

#include <algorithm>

#include "web/view/badge.h"
#include "web/view/button.h"
#include "web/view/dialog.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// The height is the same while the answer is awaited as when it is there, so that nothing jumps.
constexpr float kDetailsWidth = 680, kDetailsHeight = 660;

// The title, whose certificate it is, its status, and the button that closes. Returns the height.
float drawHeader(Painter& painter, const app::State& state, const Rectangle& box, float margin) {
    const Certificate& certificate = state.details->certificate;
    const float side = painter.roomy() ? 44.f : 36.f, room = box.width - 2 * margin - side;
    float y = box.y + (painter.narrow() ? 14.f : 20.f);
    const Point close = {right(box) - margin - 12, y + 14};
    y += painter.text(idOf(Part::DetailsTitle), {box.x + margin, y, room, 26}, certificate.name,
                      {.face = TextFace::Title}, Role::Heading2) +
         6;
    const StatusWords status = statusWords(painter, certificate.status, certificate.validTo, state.now);
    pill(painter, idOf(Part::DetailsStatus), {box.x + margin, y}, status);
    const float left = box.x + margin + pillWidth(painter, status.words) + 10;
    y += std::max(
        kPillHeight,
        1 + painter.text(idOf(Part::DetailsSubtitle), {left, y + 1, box.x + box.width - margin - left, 20},
                         painter.say(Message::DetailsOf, {{"user", certificate.userName}}),
                         {.color = ColorToken::Muted}));
    const Ink ink =
        iconButton(painter, {app::ControlKind::DetailsClose, 0},
                   {close.x - side / 2, close.y - side / 2, side, side}, painter.say(Message::Close));
    icon::cross(painter.brush(), close, 9.5f, ink, 1.6f);
    return y + 16 - box.y;
}

// The shape of what is coming.
float drawWaiting(Painter& painter, const Rectangle& box) {
    const Ink bar = painter.ink(ColorToken::Line, 0.7f);
    float y = box.y;
    painter.brush().fill({box.x, y, box.width, 76}, kCardRadius, painter.ink(ColorToken::Sunken));
    painter.brush().fill({box.x + 48, y + 22, box.width * 0.5f, 10}, 5, bar);
    painter.brush().fill({box.x + 48, y + 44, box.width * 0.3f, 8}, 4, bar);
    y += 76 + 24;
    for (int row = 0; row < 9; ++row, y += 34) {
        painter.brush().fill({box.x, y + 5, box.width * 0.2f, 8}, 4, bar);
        painter.brush().fill({box.x + box.width * 0.3f, y + 4, box.width * (row % 2 == 0 ? 0.5f : 0.35f), 10},
                             5, bar);
    }
    painter.item(Role::Status, idOf(Part::DetailsLoading), {box.x, box.y, box.width, y - box.y},
                 painter.say(Message::Loading));
    return y;
}

float drawFailure(Painter& painter, const app::State& state, const Rectangle& box) {
    const app::Trouble& trouble = state.details->details.problem;
    const std::string words = app::brief(state.locale, trouble);
    const float width = std::min(400.f, box.width), x = box.x + (box.width - width) / 2;
    const float top = box.y + 40;
    icon::exclamation(painter.brush(), {box.x + box.width / 2, top + 16}, 16, painter.ink(ColorToken::Error),
                      painter.ink(ColorToken::Surface));
    const auto lines = [&](TextFace face, std::string_view text) {
        return static_cast<float>(painter.type().lines(face, text, width).size()) * metricsOf(face).line;
    };
    const std::string_view title = painter.say(Message::DetailsFailedTitle);
    const float titleHeight = lines(TextFace::TouchStrong, title), height = lines(TextFace::Body, words);
    const Rectangle group = {x, top + 48, width, titleHeight + 4 + height};
    {
        painter.item(Role::Group, idOf(Part::DetailsFailure), group, title);
        const auto scope = painter.inside(idOf(Part::DetailsFailure), {group.x, group.y});
        painter.text(idOf(Part::DetailsFailureText, 0), {x, group.y, width, 22}, title,
                     {.face = TextFace::TouchStrong, .align = Align::Centre}, Role::Heading3);
        painter.text(idOf(Part::DetailsFailureText, 1), {x, group.y + titleHeight + 4, width, 20}, words,
                     {.color = ColorToken::Muted, .align = Align::Centre});
    }
    const std::string_view retry = painter.say(Message::TryAgain);
    const float retryWidth = buttonWidth(painter, retry);
    const Rectangle action = {box.x + (box.width - retryWidth) / 2, bottom(group) + 16, retryWidth,
                              buttonHeight(painter)};
    button(painter, {app::ControlKind::DetailsRetry, 0}, action, retry);
    return bottom(action);
}

}  // namespace

void drawDetails(Painter& painter, const app::State& state) {
    const Viewport& viewport = painter.viewport();
    const bool narrow = painter.narrow();
    const float margin = narrow ? 16.f : 24.f;
    const float width = narrow ? viewport.width : std::min(kDetailsWidth, viewport.width - 48);
    const float height = narrow ? viewport.height : std::min(kDetailsHeight, viewport.height - 48);
    const Rectangle box =
        snapped(Rectangle{(viewport.width - width) / 2, (viewport.height - height) / 2, width, height},
                viewport.density);

    const Rectangle screen = {0, 0, viewport.width, viewport.height};
    painter.item(Role::Layer, idOf(Part::DetailsOverlay), screen);
    const auto overlay = painter.onto(idOf(Part::DetailsOverlay), screen.width, screen.height);
    painter.brush().fill(screen, 0, scrimInk(painter, state));
    if (!narrow) painter.brush().shadow(box, kDialogRadius, {.down = 20, .blur = 50, .alpha = 0.24f});
    painter.brush().fill(box, narrow ? 0 : kDialogRadius, painter.ink(ColorToken::Surface));
    Item& item = painter.item(Role::Dialog, idOf(Part::Details), box, state.details->certificate.name);
    const app::Phase phase = state.details->details.phase;
    item.flags = kModal | (phase == app::Phase::Loading ? kBusy : 0u);
    item.labelledBy = idOf(Part::DetailsTitle);
    item.describedBy = {idOf(Part::DetailsStatus), idOf(Part::DetailsSubtitle)};
    const auto inDialog = painter.inside(idOf(Part::Details), {box.x, box.y});
    const float header = drawHeader(painter, state, box, margin);
    painter.brush().horizontal(box.x, box.y + header, box.width, painter.ink(ColorToken::Line));

    const Rectangle body = {box.x, box.y + header + 1, box.width, std::max(80.f, box.height - header - 1)};
    const std::size_t index = painter.itemCount();
    painter.item(Role::Layer, idOf(Part::DetailsBody), body);
    const auto surface = painter.onto(idOf(Part::DetailsBody), body.width, body.height);
    const Rectangle content = {margin, narrow ? 16.f : 20.f, body.width - 2 * margin, 0};
    float end = 0;
    if (phase == app::Phase::Ready)
        end = drawDetailsBody(painter, state, content);
    else if (phase == app::Phase::Failed)
        end = drawFailure(painter, state, content);
    else
        end = drawWaiting(painter, content);
    end += content.y;
    painter.itemAt(index).flags = end > body.height + 0.5f ? kScrolls : 0u;
    painter.itemAt(index).contentHeight = std::max(end, body.height);
    painter.resizeSurface(idOf(Part::DetailsBody), body.width, std::max(end, body.height));
}

}  // namespace smartca::view
