#include <algorithm>

#include "web/view/button.h"
#include "web/view/callout.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// The height is the same while the answer is awaited as when it is there, so that nothing jumps.
constexpr float kDetailsWidth = 680, kDetailsHeight = 660;

// Of one that an address names nothing is known before the answer.
bool isListed(const app::DetailsState& details) {
    return details.known() || !details.certificate.userName.empty();
}

std::string titleOf(const Painter& painter, const app::DetailsState& details) {
    const bool failed = !isListed(details) && details.details.phase == app::Phase::Failed;
    return failed ? std::string(painter.say(Message::ActionDetails)) : details.certificate.name;
}

// The title, whose certificate it is, its status, and the button that closes. Returns the height.
float drawHeader(Painter& painter, const app::State& state, const Rectangle& box, float margin) {
    const Certificate& certificate = state.details->certificate;
    const float side = painter.target(36), top = painter.small() ? 14.f : 20.f;
    Column column(painter, {box.x + margin, box.y + top, box.width - 2 * margin - side, 0});
    column.text(idOf(Part::DetailsTitle), titleOf(painter, *state.details), {.face = TextFace::Title},
                Role::Heading2);
    column.skip(6);
    float height = kPillHeight;
    if (isListed(*state.details)) {
        const StatusWords status = statusWords(painter, certificate.status, certificate.statusText,
                                               certificate.validFrom, certificate.validTo, state.now);
        pill(painter, idOf(Part::DetailsStatus), {column.rest().x, column.y()}, status);
        Rectangle row = {column.rest().x, column.y(), box.width - 2 * margin, 0};
        takeLeft(row, pillWidth(painter, status.words), 10);
        const float subtitle =
            painter.text(idOf(Part::DetailsSubtitle), {row.x, row.y + 1, row.width, 0},
                         painter.say(Message::DetailsOf, {{"user", app::userWords(certificate)}}),
                         {.color = ColorToken::Muted});
        height = std::max(height, 1 + subtitle);
    }
    closeButton(painter, app::ControlKind::DetailsClose, {right(box) - margin - 12, box.y + top + 14});
    return column.y() + height + 16 - box.y;
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
    return box.y + drawCallout(painter, {box.x, box.y}, box.width,
                               {.id = idOf(Part::DetailsFailure),
                                .titleId = idOf(Part::DetailsFailureText, 0),
                                .textId = idOf(Part::DetailsFailureText, 1),
                                .tone = ColorToken::Error,
                                .ground = ColorToken::ErrorSoft,
                                .title = std::string(painter.say(Message::DetailsFailedTitle)),
                                .words = app::brief(state.locale, state.details->details.problem),
                                .control = app::ControlKind::DetailsRetry,
                                .action = painter.say(Message::TryAgain)});
}

}  // namespace

void drawDetails(Painter& painter, const app::State& state) {
    const Viewport& viewport = painter.viewport();
    const bool narrow = painter.narrow();
    const float margin = narrow ? 16.f : 24.f;
    const bool small = painter.small();
    const float width = small ? viewport.width : std::min(kDetailsWidth, viewport.width - 48);
    const float height = small ? viewport.height : std::min(kDetailsHeight, viewport.height - 48);
    const app::Phase phase = state.details->details.phase;
    const Rectangle box = modalBox(painter, width, height);
    const std::string name = titleOf(painter, *state.details);
    std::vector<std::uint32_t> describedBy;
    if (isListed(*state.details)) describedBy = {idOf(Part::DetailsStatus), idOf(Part::DetailsSubtitle)};
    const ModalLayer layer(painter, state,
                           {.overlay = Part::DetailsOverlay,
                            .dialog = Part::Details,
                            .title = Part::DetailsTitle,
                            .name = name,
                            .box = box,
                            .busy = phase == app::Phase::Loading && !state.details->known(),
                            .fillsScreen = small,
                            .describedBy = std::move(describedBy)});
    const float header = drawHeader(painter, state, box, margin);
    painter.brush().horizontal(box.x, box.y + header, box.width, painter.ink(ColorToken::Line));

    const Rectangle body = {box.x, box.y + header + 1, box.width, std::max(80.f, box.height - header - 1)};
    const std::size_t index = painter.itemCount();
    painter.item(Role::Layer, idOf(Part::DetailsBody), body);
    const auto surface = painter.onto(idOf(Part::DetailsBody), body.width, body.height);
    const Rectangle content = {margin, narrow ? 16.f : 20.f, body.width - 2 * margin, 0};
    float end = 0;
    if (state.details->known())
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
