#include "shared/signature_text.h"
#include "web/app/dialogs.h"
#include "web/app/requests.h"

namespace smartca::app {

namespace {

void resolveDraft(DialogState& dialog) {
    SignatureState& signature = dialog.signature;
    const Defaults& known = signature.defaults.value;
    signature.resolved = resolveSignature(dialog.draft, known.user ? &*known.user : nullptr,
                                          signature.knowsSettings() ? &known.company : nullptr);
    if (!signature.knowsSettings() && !dialog.draft.signatureText) signature.resolved.text.value.clear();
}

}  // namespace

void loadDefaults(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.mode == Mode::Lookup) return;  // nothing is signed; nor may whoever only looks up see them
    load(turn, dialog.signature.defaults, Method::Get, defaultsPath(dialog.draft.userId));
}

// Without a user the company's settings count, and those are known already after the first answer.
void userSettingsChange(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.banner.retry == Retry::Settings) dialog.banner.clear();
    if (dialog.draft.userId == 0 && dialog.signature.settingsKnown) {
        cancel(turn, dialog.signature.defaults.request);
        dialog.signature.defaults.value.user.reset();
        dialog.signature.defaults.phase = Phase::Ready;
        return resolve(turn);
    }
    loadDefaults(turn);
    revalidate(turn.state);
}

bool defaultsAnswered(Turn& turn, const Answered& answered) {
    DialogState& dialog = *turn.state.dialog;
    if (!isAnswerTo(dialog.signature.defaults, answered.number)) return false;
    auto answer = readDefaults(answered);
    if (answer) {
        dialog.signature.defaults.value = std::move(answer).value();
        dialog.signature.defaults.phase = Phase::Ready;
        dialog.signature.settingsKnown = true;
    } else {
        dialog.signature.defaults.value.user.reset();  // those of another user must not pass for this one's
        dialog.signature.defaults.phase = Phase::Failed;
        dialog.signature.defaults.problem = answer.error();
        // Whether the portal's user is there at all is about to be told (userNamed).
        if (dialog.user.naming == 0 || !isUnknown(answer.error()))
            tell(turn, answer.error(), Retry::Settings);
    }
    resolve(turn);
    // Whoever pressed Create meanwhile heard that they load.
    if (dialog.signature.defaults.phase == Phase::Ready && dialog.validation.submitted)
        announceProspect(turn);
    return true;
}

// While another user's settings load, those shown stay, so that nothing jumps twice.
void resolve(Turn& turn) {
    resolveDraft(*turn.state.dialog);
    showImage(turn);
    revalidate(turn.state);
}

void signatureTyped(Turn& turn, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    // A textarea has LF where the stored text has CRLF; that alone is no edit.
    if (withLineFeeds(dialog.signature.resolved.text.value) == withLineFeeds(text)) return;
    // What is taken back is no edit: another user has another text.
    dialog.draft.signatureText.reset();
    resolveDraft(dialog);
    if (withLineFeeds(dialog.signature.resolved.text.value) != withLineFeeds(text))
        dialog.draft.signatureText = text;
    if (!dialog.signature.menu.isOpen) closePlaceholders(dialog);  // opened by its button
    dialog.signature.menu.afterTyping = true;
    fieldChanged(turn, Field::SignatureText);
    resolve(turn);
}

void chooseDisplayMode(Turn& turn, int option) {
    DialogState& dialog = *turn.state.dialog;
    if (option > static_cast<int>(DisplayMode::TextOnly)) return;
    const auto mode = static_cast<DisplayMode>(option);
    const bool known = dialog.signature.knowsSettings();
    if (known && dialog.signature.resolved.mode.value == mode) return;
    dialog.draft.displayMode.reset();  // as with the text: the default again is no edit
    resolveDraft(dialog);
    if (!known || dialog.signature.resolved.mode.value != mode) dialog.draft.displayMode = mode;
    fieldChanged(turn, Field::DisplayMode);
    resolve(turn);
}

void resetSignature(Turn& turn, Field field) {
    DialogState& dialog = *turn.state.dialog;
    Draft& draft = dialog.draft;
    if (field == Field::SignatureText) draft.signatureText.reset();
    if (field == Field::DisplayMode) draft.displayMode.reset();
    if (field == Field::SignatureImage) draft.signatureImage.reset();
    fieldChanged(turn, field);
    dialog.validation.edited.reset(static_cast<std::size_t>(field));
    dialog.validation.touched.reset(static_cast<std::size_t>(field));
    resolve(turn);
    moveFocus(turn, controlOf(dialog, field));  // the reset button goes away with the edit
    if (field == Field::SignatureText)
        turn.add(InsertText{{ControlKind::SignatureText},
                            withLineFeeds(dialog.signature.resolved.text.value),
                            Insertion::All});
}

}  // namespace smartca::app
