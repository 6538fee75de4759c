#include <algorithm>

#include "shared/unaccented.h"
#include "web/app/dialogs.h"
#include "web/app/list_field.h"
#include "web/app/picks.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

void userChanged(Turn& turn) {
    cancel(turn, turn.state.dialog->user.naming);
    withdrawBanner(*turn.state.dialog);
    fieldChanged(turn, Field::User);
    namesChanged(turn);
    userSettingsChange(turn);
    lookUp(turn, LookupTrigger::OtherUser);
}

// The one with that code, of those that a search for it finds.
Answer<User> readUserOfCode(const Answered& answered, const std::string& code) {
    const auto found = readUsers(answered);
    if (!found) return found.error();
    const auto user = std::ranges::find(found.value().items, code, &User::code);
    if (user != found.value().items.end()) return *user;
    Trouble unknown;
    unknown.code = ProblemCode::NotFound;
    return unknown;
}

}  // namespace

void chooseUser(Turn& turn, int option) {
    DialogState& dialog = *turn.state.dialog;
    const auto& users = dialog.user.search.results.value.items;
    if (dialog.user.search.list == Visibility::Hidden || option < 0 ||
        option >= static_cast<int>(users.size()))
        return;
    const User& user = users[static_cast<std::size_t>(option)];
    const bool changes = !dialog.user.chosen || user.id != dialog.draft.userId;
    dialog.user.chosen = user;
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
    closeUsers(turn, dialogUserField(dialog));
    dialog.user.search.text.clear();
    moveFocus(turn, {ControlKind::User});
    forgetUser(turn);
}

void escapeUsers(Turn& turn) {
    UserState& user = turn.state.dialog->user;
    turn.handled = user.search.list == Visibility::Shown;
    closeUsers(turn, dialogUserField(*turn.state.dialog));
    if (user.chosen) user.search.text = user.chosen->name;
}

// Words that are not the chosen user's mean somebody else: nothing must be created for one whom the field does not show.
void leaveUser(Turn& turn) {
    UserState& user = turn.state.dialog->user;
    closeUsers(turn, dialogUserField(*turn.state.dialog));
    if (!user.chosen) return;
    if (!sameWords(user.search.text, user.chosen->name)) return forgetUser(turn);
    user.search.text = user.chosen->name;
}

void forgetUser(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    dialog.user.chosen.reset();
    if (!dialog.user.startedCode.empty()) cancel(turn, dialog.user.naming);
    dialog.user.startedCode.clear();
    if (std::exchange(dialog.draft.userId, 0) == 0) return;
    dialog.user.startedWith = 0;
    userChanged(turn);
}

void startWithUser(Turn& turn, UserId id) {
    DialogState& dialog = *turn.state.dialog;
    UserState& user = dialog.user;
    user.startedCode.clear();
    user.startedWith = id;
    if (dialog.draft.userId == id) return;
    closeUsers(turn, dialogUserField(dialog));
    user.chosen.reset();
    user.search.text.clear();
    dialog.draft.userId = id;
    userChanged(turn);
    nameUser(turn);
}

void nameUser(Turn& turn) {
    UserState& user = turn.state.dialog->user;
    if (user.startedWith != 0)
        user.naming = send(turn, Method::Get, userPath(user.startedWith));
    else if (!user.startedCode.empty())
        user.naming = send(turn, Method::Get, usersPath(user.startedCode, 1));
}

void nameUserAgain(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.draft.userId != 0 || !dialog.user.isAskedFor()) return;
    dialog.draft.userId = dialog.user.startedWith;
    if (dialog.draft.userId != 0) userChanged(turn);
    nameUser(turn);
}

bool userNamed(Turn& turn, const Answered& answered) {
    DialogState& dialog = *turn.state.dialog;
    if (answered.number == 0 || dialog.user.naming != answered.number) return false;
    dialog.user.naming = 0;
    const std::string& code = dialog.user.startedCode;
    const auto answer = code.empty() ? readUser(answered) : readUserOfCode(answered, code);
    if (answer && !code.empty()) {
        dialog.user.startedCode.clear();
        dialog.draft.userId = dialog.user.startedWith = answer.value().id;
        userChanged(turn);
    }
    if (answer && answer.value().id == dialog.draft.userId) {
        dialog.user.chosen = answer.value();
        if (dialog.user.search.list == Visibility::Hidden) dialog.user.search.text = dialog.user.chosen->name;
        namesChanged(turn);
        // What was said of it before was without the user, and maybe cut short by this.
        if (isLookedUp(dialog)) announce(turn, whatWasFound(turn.state));
        return true;
    }
    // A user that the list does not show is not chosen: the person chooses one.
    dialog.draft.userId = 0;
    userChanged(turn);
    if (answer || isUnknown(answer.error())) {
        dialog.user.startedWith = 0;
        dialog.user.startedCode.clear();
        // Nobody here can choose another than the locked one: the portal has to know.
        if (isLocked(turn.state, Field::User))
            turn.add(RaiseEvent{
                "problem",
                R"({"code":"badConfiguration","message":"the token locks a user who is not found"})"});
        refuse(turn, {{Field::User, FindingCode::UserUnknown, {}}});
        announce(turn, findingWords(turn.state, dialog.validation.refusals.front()));
    } else {
        tell(turn, answer.error(), Retry::Settings);
    }
    return true;
}

}  // namespace smartca::app
