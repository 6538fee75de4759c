#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

struct Words {
    std::string title, which, text, accept, reject;
};

Message lossOf(const app::State& state) {
    if (state.rename) return Message::DiscardNameText;
    return state.dialog && state.dialog->submission.isOpen ? Message::DiscardSentText : Message::DiscardText;
}

Words wordsOf(const Painter& painter, const app::State& state) {
    const app::Confirm& confirm = state.confirm;
    const auto say = [&](Message message) { return std::string(painter.say(message)); };
    if (confirm.question == app::Question::DiscardDraft)
        return {say(Message::DiscardTitle),
                {},
                say(lossOf(state)),
                say(Message::DiscardConfirm),
                say(Message::DiscardKeep)};
    const Certificate& certificate = confirm.certificate;
    const Arguments arguments = {{"name", certificate.name}, {"user", app::userWords(certificate)}};
    return {painter.say(Message::DeleteTitle, arguments), app::tellingApart(painter.locale(), certificate),
            painter.say(certificate.isDefault ? Message::DeleteTextDefault : Message::DeleteText, arguments),
            say(confirm.busy ? Message::Deleting : Message::DeleteConfirm), say(Message::DeleteKeep)};
}

}  // namespace

void drawConfirm(Painter& painter, const app::State& state) {
    const Words words = wordsOf(painter, state);
    const Typesetter& type = painter.type();
    const float width = std::min(440.f, painter.viewport().width - 32), inner = width - 48;
    const float which = words.which.empty() ? 0 : type.height(TextFace::Body, words.which, inner) + 8;
    const float head = 20 + type.height(TextFace::Title, words.title, inner) + 6 + which +
                       type.height(TextFace::Body, words.text, inner) + 20;
    const float action = buttonHeight(painter);
    const Rectangle box = modalBox(painter, width, head + 1 + 14 + action + 14, 8);
    ModalOptions options = {.overlay = Part::ConfirmOverlay,
                            .dialog = Part::Confirm,
                            .title = Part::ConfirmTitle,
                            .name = words.title,
                            .box = box,
                            .role = Role::AlertDialog,
                            .busy = state.confirm.busy};
    if (!words.which.empty()) options.describedBy.push_back(idOf(Part::ConfirmWhich));
    options.describedBy.push_back(idOf(Part::ConfirmText));
    const ModalLayer layer(painter, state, options);
    painter.brush().horizontal(box.x, box.y + head, box.width, painter.ink(ColorToken::Line));

    Column column(painter, {box.x + 24, box.y + 20, inner, 0});
    column.text(idOf(Part::ConfirmTitle), words.title, {.face = TextFace::Title}, Role::Heading2);
    column.skip(6);
    if (!words.which.empty()) {
        column.text(idOf(Part::ConfirmWhich), words.which, {});
        column.skip(8);
    }
    column.text(idOf(Part::ConfirmText), words.text, {.color = ColorToken::Muted});

    const Availability availability = state.confirm.busy ? Availability::Disabled : Availability::Enabled;
    Rectangle row = {box.x + 24, box.y + head + 15, inner, action};
    const Rectangle accept = takeRight(row, buttonWidth(painter, words.accept), 12);
    const Rectangle reject = takeRight(row, buttonWidth(painter, words.reject));
    button(painter, {app::ControlKind::ConfirmReject, 0}, reject, words.reject,
           {.availability = availability});
    button(painter, {app::ControlKind::ConfirmAccept, 0}, accept, words.accept,
           {.look = Look::Danger, .availability = availability, .flags = state.confirm.busy ? kBusy : 0u});
}

}  // namespace smartca::view
