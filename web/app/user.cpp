#include "web/app/dialogs.h"
#include "web/app/list_field.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

void userChanged(Turn& turn) {
    cancel(turn, turn.state.dialog->user.naming);
    fieldChanged(turn, Field::User);
    namesChanged(turn);
    userSettingsChange(turn);
    lookUp(turn, LookupTrigger::OtherUser);
}

}  // namespace

void chooseUser(Turn& turn, int option) {
    DialogState& dialog = *turn.state.dialog;
    const auto& users = dialog.user.search.results.value.items;
    if (dialog.user.search.list == Visibility::Hidden || option < 0 ||
        option >= static_cast<int>(users.size()))
        return;
    const bool changes = users[static_cast<std::size_t>(option)].id != dialog.draft.userId;
    dialog.user.chosen = users[static_cast<std::size_t>(option)];
    dialog.draft.userId = dialog.user.chosen->id;
    dialog.user.search.text = dialog.user.chosen->name;
    closeUsers(turn, dialogUserField(dialog));
    // What is typed next is another search, not an addition to the name.
    if (turn.state.focused.kind == ControlKind::User) moveFocus(turn, {ControlKind::User}, Selection::All);
    if (changes) userChanged(turn);
}

bool userSearchAnswered(Turn& turn, const Answered& answered) {
    const UserField field = dialogUserField(*turn.state.dialog);
    if (!usersAnswered(turn, field, answered)) return false;
    if (const auto first = awaitedMatch(field)) chooseUser(turn, *first);
    return true;
}

void clearUser(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    const bool pressed =
        !dialog.user.search.text.empty();  // by its button, rather than by emptying the field
    if (pressed) {
        closeUsers(turn, dialogUserField(dialog));
        dialog.user.search.text.clear();
        moveFocus(turn, {ControlKind::User});
    }
    dialog.user.chosen.reset();
    if (dialog.draft.userId == 0) return;
    dialog.draft.userId = 0;
    userChanged(turn);
}

void nameUser(Turn& turn, UserId user) {
    turn.state.dialog->user.naming = send(turn, Method::Get, userPath(user));
}

bool userNamed(Turn& turn, const Answered& answered) {
    DialogState& dialog = *turn.state.dialog;
    if (answered.number == 0 || dialog.user.naming != answered.number) return false;
    dialog.user.naming = 0;
    const auto answer = readUser(answered);
    if (answer && answer.value().id == dialog.draft.userId) {
        dialog.user.chosen = answer.value();
        if (dialog.user.search.list == Visibility::Hidden) dialog.user.search.text = dialog.user.chosen->name;
        namesChanged(turn);
        return true;
    }
    // A user that the list does not show is not chosen: the person chooses one.
    dialog.draft.userId = dialog.user.startedWith = 0;
    userSettingsChange(turn);
    lookUp(turn, LookupTrigger::OtherUser);
    const bool unknown =
        answer || (answer.error().origin == Origin::Proxy && answer.error().code == ProblemCode::NotFound);
    if (unknown) refuse(turn, {{Field::User, FindingCode::UserUnknown, {}}});
    const Locale locale = turn.state.locale;
    announce(turn, unknown ? std::string(describe(locale, dialog.validation.refusals.front()))
                           : describe(locale, answer.error()));
    return true;
}

}  // namespace smartca::app
