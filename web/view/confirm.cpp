#include "web/view/confirm.h"

#include <algorithm>

#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/dialog.h"

namespace smartca::view {

namespace {

struct Words {
    std::string title, which, text, accept, reject;
};

Words wordsOf(const Painter& painter, const app::State& state) {
    const app::Confirm& confirm = state.confirm;
    const auto say = [&](Message message) { return std::string(painter.say(message)); };
    if (confirm.question == app::Question::DiscardDraft)
        return {say(Message::DiscardTitle),
                {},
                say(state.rename ? Message::DiscardNameText : Message::DiscardText),
                say(Message::DiscardConfirm),
                say(Message::DiscardKeep)};
    const Certificate& certificate = confirm.certificate;
    const Arguments arguments = {{"name", certificate.name}, {"user", certificate.userName}};
    return {painter.say(Message::DeleteTitle, arguments), tellingApart(painter, certificate),
            painter.say(certificate.isDefault ? Message::DeleteTextDefault : Message::DeleteText, arguments),
            say(Message::DeleteConfirm), say(Message::DeleteKeep)};
}

}  // namespace

void drawConfirm(Painter& painter, const app::State& state) {
    const Viewport& viewport = painter.viewport();
    const Words words = wordsOf(painter, state);
    const float width = std::min(440.f, viewport.width - 32), inner = width - 48;
    const auto height = [&](TextFace face, std::string_view text) {
        if (text.empty()) return 0.f;
        return static_cast<float>(painter.type().lines(face, text, inner).size()) * metricsOf(face).line;
    };
    const float title = height(TextFace::Title, words.title), text = height(TextFace::Body, words.text),
                which = words.which.empty() ? 0 : height(TextFace::Body, words.which) + 8;
    const float head = 20 + title + 6 + which + text + 20, action = buttonHeight(painter);
    const float total = head + 1 + 14 + action + 14;
    const Rectangle box = snapped(
        Rectangle{(viewport.width - width) / 2, std::max(8.f, (viewport.height - total) / 2), width, total},
        viewport.density);

    const Rectangle screen = {0, 0, viewport.width, viewport.height};
    painter.item(Role::Layer, idOf(Part::ConfirmOverlay), screen);
    const auto overlay = painter.onto(idOf(Part::ConfirmOverlay), screen.width, screen.height);
    painter.brush().fill(screen, 0, scrimInk(painter, state));
    painter.brush().shadow(box, 16, {.down = 20, .blur = 50, .alpha = 0.24f});
    painter.brush().fill(box, 16, painter.ink(ColorToken::Surface));
    painter.brush().horizontal(box.x, box.y + head, box.width, painter.ink(ColorToken::Line));
    Item& item = painter.item(Role::AlertDialog, idOf(Part::Confirm), box, words.title);
    item.flags = kModal | (state.confirm.busy ? kBusy : 0u);
    item.labelledBy = idOf(Part::ConfirmTitle);
    item.describedBy = {idOf(Part::ConfirmText)};
    if (!words.which.empty()) item.describedBy.insert(item.describedBy.begin(), idOf(Part::ConfirmWhich));
    const auto scope = painter.inside(idOf(Part::Confirm), {box.x, box.y});
    painter.text(idOf(Part::ConfirmTitle), {box.x + 24, box.y + 20, inner, 26}, words.title,
                 {.face = TextFace::Title}, Role::Heading2);
    if (!words.which.empty())
        painter.text(idOf(Part::ConfirmWhich), {box.x + 24, box.y + 20 + title + 6, inner, 20}, words.which,
                     {});
    painter.text(idOf(Part::ConfirmText), {box.x + 24, box.y + 20 + title + 6 + which, inner, 20}, words.text,
                 {.color = ColorToken::Muted});

    const Availability availability = state.confirm.busy ? Availability::Disabled : Availability::Enabled;
    const float acceptWidth = buttonWidth(painter, words.accept),
                rejectWidth = buttonWidth(painter, words.reject);
    const Rectangle accept = {right(box) - 24 - acceptWidth, box.y + head + 15, acceptWidth, action};
    const Rectangle reject = {accept.x - 12 - rejectWidth, accept.y, rejectWidth, action};
    button(painter, {app::ControlKind::ConfirmReject, 0}, reject, words.reject,
           {.availability = availability});
    button(painter, {app::ControlKind::ConfirmAccept, 0}, accept, words.accept,
           {.look = Look::Danger, .availability = availability, .flags = state.confirm.busy ? kBusy : 0u});
}

}  // namespace smartca::view
