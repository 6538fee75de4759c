#include "shared/prefill.h"

#include <utility>

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
    const bool isFirst = !std::exchange(state.dialog->isPrefilled, true);
    for (const Field field : kPrefillFields) {
        const bool locks = prefill.locks(field), isGiven = !sameValue(prefill.values, {}, field);
        if (!isGiven || (!locks && (!isFirst || isChanged(*state.dialog, field)))) continue;
        take(turn, prefill.values, field);
        // Nobody will leave it after an edit: what is wrong with it is said at once. Of a user only the proxy knows.
        if (locks || field != Field::User)
            state.dialog->validation.touched.set(static_cast<std::size_t>(field));
    }
    std::string wrong;
    for (const Field field : prefill.locked)
        if (const Finding* finding = findingAt(*state.dialog, field))
            wrong += findingWords(state, *finding) + ' ';
    if (!wrong.empty()) announce(turn, std::move(wrong), Politeness::Assertive);
    if (isLocked(state, state.focused.kind)) moveFocus(turn, firstControl(state));
    if (!prefill.values.identity.empty()) lookUp(turn, LookupTrigger::LeavingField);
}

Control firstControl(const State& state) {
    const DialogState& dialog = *state.dialog;
    const bool creates = dialog.mode == Mode::Create;
    for (const FieldRule& rule : fieldTable()) {
        const bool passes = rule.field == Field::User ? creates && !dialog.user.isAskedFor()
                                                      : creates || rule.field == Field::Identity;
        if (passes && isOffered(state, rule.field) && !isLocked(state, rule.field))
            return controlOf(dialog, rule.field);
    }
    return {ControlKind::Submit};
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
