// Fields with a list under them: a search of users, in the dialog and among the filters, and a button with a
// short list of fixed options. What picking means is the caller's business.
#pragma once

#include <optional>
#include <string>

#include "web/app/turn.h"

namespace smartca::app {

// A highlight moved by a key through `count` options: ±1, a page, or to an end. Never beyond the ends.
int movedHighlight(int active, int count, Key key);

// ---- a search of users
struct UserField {
    UserSearch& search;
    const std::optional<User>& chosen;
    int leading = 0;  // options before the users: the filter's "all"
};
UserField dialogUserField(DialogState& dialog);
UserField filterUserField(ListState& list);

void openUsers(Turn& turn, const UserField& field);
void closeUsers(Turn& turn, const UserField& field);
void typeUsers(Turn& turn, const UserField& field, const std::string& text);
void searchUsers(Turn& turn, const UserField& field);  // the typing paused
void showMoreUsers(Turn& turn, const UserField& field);
// The option that Enter picks, if this key does; sets Turn::handled for keys it used.
std::optional<int> keyInUsers(Turn& turn, const UserField& field, Key key);
// The first match, where Enter was pressed before the results were there.
std::optional<int> awaitedMatch(const UserField& field);
// The lists that are there already say how many certificates each user has: this one has so many more now.
void countMore(State& state, UserId id, std::int64_t more);
bool usersAnswered(Turn& turn, const UserField& field, const Answered& answered);

// ---- fixed options: the filters "type" and "status"
constexpr int kTypeOptions = 3;                                                    // all, SmartCA, business
constexpr int kStatusOptions = 1 + static_cast<int>(kCertificateStatuses.size());  // 0: all

// Opens the list, or takes the highlighted option when it is open (Space on a list that is open does that).
std::optional<int> pressChoice(Choice& choice);
void closeChoice(Choice& choice);
std::optional<int> keyInChoice(Turn& turn, Choice& choice, int count, Key key);

}  // namespace smartca::app
