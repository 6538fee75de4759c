#include "shared/prefill.h"

#include "web/app/dialogs.h"

namespace smartca::app {
namespace {

// It is not as the dialog was opened with it.
bool isChanged(const DialogState& dialog, Field field) {
    if (field != Field::User) return !sameValue(dialog.draft, dialog.startedAs, field);
    return dialog.draft.userId != dialog.user.startedWith ||
           (dialog.draft.userId == 0 && !dialog.user.search.text.empty());
}

void take(Turn& turn, const Draft& values, Field field) {
    DialogState& dialog = *turn.state.dialog;
    switch (field) {
        case Field::User:
            return startWithUser(turn, values.userId);
        case Field::Identity:
            dialog.startedAs.identity = values.identity;
            return identityTyped(turn, values.identity);
        case Field::Serial:
            dialog.startedAs.serial = values.serial;
            return serialTyped(turn, values.serial);
        case Field::SignatureText:
            dialog.startedAs.signatureText = dialog.draft.signatureText = values.signatureText;
            return resolve(turn);
        case Field::DisplayMode:
            dialog.startedAs.displayMode = dialog.draft.displayMode = values.displayMode;
            return resolve(turn);
        default:
            return;
    }
}

}  // namespace

void takePrefill(Turn& turn) {
    State& state = turn.state;
    if (state.session.phase != Phase::Ready || state.dialog->busy()) return;
    const Prefill& prefill = state.session.value.prefill;
    for (const Field field : kPrefillFields) {
        const bool isGiven = !sameValue(prefill.values, {}, field);
        if (isGiven && (prefill.locks(field) || !isChanged(*state.dialog, field)))
            take(turn, prefill.values, field);
        // Nobody will leave it after an edit: what is wrong with it is said at once.
        if (prefill.locks(field)) state.dialog->validation.touched.set(static_cast<std::size_t>(field));
    }
    if (!prefill.values.identity.empty()) lookUp(turn, LookupTrigger::LeavingField);
}

bool isLocked(const State& state, ControlKind kind) {
    switch (kind) {
        case ControlKind::UserClear:
        case ControlKind::UserOption:
        case ControlKind::UserMore:
            return isLocked(state, Field::User);
        case ControlKind::IdentitySuggestion:
            return isLocked(state, Field::Identity);
        case ControlKind::PickAll:
        case ControlKind::Pick:
            return isLocked(state, Field::Serial);
        case ControlKind::ResetSignatureText:
        case ControlKind::InsertPlaceholder:
        case ControlKind::PlaceholderOption:
            return isLocked(state, Field::SignatureText);
        case ControlKind::ResetDisplayMode:
            return isLocked(state, Field::DisplayMode);
        default:
            return isLocked(state, fieldOf(kind));
    }
}

}  // namespace smartca::app
