#include "shared/signature_text.h"
#include "web/app/dialog.h"
#include "web/app/requests.h"

namespace smartca::app {

void loadDefaults(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    load(turn, dialog.defaults, Method::Get, defaultsPath(dialog.draft.userId));
}

// Without a user the company's settings count, and those are known already after the first answer.
void userSettingsChange(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.bannerRetry == Retry::Settings) {
        dialog.banner.reset();
        dialog.bannerRetry = Retry::None;
    }
    if (dialog.draft.userId == 0 && dialog.settingsKnown) {
        cancel(turn, dialog.defaults.request);
        dialog.defaults.value.user.reset();
        dialog.defaults.phase = Phase::Ready;
        return resolve(turn);
    }
    loadDefaults(turn);
    revalidate(turn.state);
}

bool defaultsAnswered(Turn& turn, const Answered& answered) {
    DialogState& dialog = *turn.state.dialog;
    if (!takes(dialog.defaults, answered.number)) return false;
    auto answer = readDefaults(answered);
    if (answer) {
        dialog.defaults.value = std::move(answer).value();
        dialog.defaults.phase = Phase::Ready;
        dialog.settingsKnown = true;
    } else {
        dialog.defaults.value.user.reset();  // those of another user must not pass for this one's
        dialog.defaults.phase = Phase::Failed;
        dialog.defaults.problem = answer.error();
        dialog.banner = answer.error();
        dialog.bannerRetry = Retry::Settings;
        announce(turn, describe(turn.state.locale, answer.error()), Politeness::Assertive);
    }
    resolve(turn);
    return true;
}

// While another user's settings load, those shown stay, so that nothing jumps twice.
void resolve(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    const Defaults& known = dialog.defaults.value;
    dialog.signature = resolveSignature(dialog.draft, known.user ? &*known.user : nullptr,
                                        dialog.settingsKnown ? &known.company : nullptr);
    showImage(turn);
    revalidate(turn.state);
}

void signatureTyped(Turn& turn, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    // A textarea has LF where the stored text has CRLF; that alone is no edit.
    if (withLineFeeds(dialog.signature.text.value) == withLineFeeds(text)) return;
    dialog.draft.signatureText = text;
    fieldChanged(turn, Field::SignatureText);
    resolve(turn);
}

void chooseDisplayMode(Turn& turn, int option) {
    DialogState& dialog = *turn.state.dialog;
    if (option > static_cast<int>(DisplayMode::TextOnly)) return;
    const auto mode = static_cast<DisplayMode>(option);
    if (dialog.signature.mode.value == mode) return;
    dialog.draft.displayMode = mode;
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
    dialog.edited.reset(static_cast<std::size_t>(field));
    dialog.touched.reset(static_cast<std::size_t>(field));
    resolve(turn);
    moveFocus(turn, controlOf(dialog, field));  // the reset button goes away with the edit
}

}  // namespace smartca::app
