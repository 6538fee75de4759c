#include "web/app/list_field.h"

#include <algorithm>
#include <utility>

#include "shared/text.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

constexpr std::uint32_t kSearchPauseMilliseconds = 250;
constexpr int kRowsAtOnce = 5;

int optionCount(const UserField& field) {
    if (isAwaited(field.search)) return 0;
    return field.leading + static_cast<int>(field.search.results.value.items.size());
}

// The chosen user's name stands in the field without being searched for.
std::string wantedSearch(const UserSearch& search, const std::optional<User>& chosen) {
    if (!search.isTyped && chosen && search.text == chosen->name) return {};
    return std::string(trimmed(search.text));
}
std::string wantedSearch(const UserField& field) {
    return wantedSearch(field.search, field.chosen);
}

void stopWaiting(Turn& turn, UserSearch& search) {
    if (search.waiting) turn.add(StopTimer{Timer::UserSearch});
    search.waiting = false;
}

void ask(Turn& turn, UserSearch& search, std::string wanted, int page) {
    stopWaiting(turn, search);
    search.requested = std::move(wanted);
    search.requestedPage = page;
    load(turn, search.results, Method::Get, usersPath(search.requested, page));
}

// A list that grew meanwhile shifts its pages, so a user may come twice.
void append(std::vector<User>& users, std::vector<User>&& more) {
    for (User& user : more) {
        const auto same = [&user](const User& other) { return other.id == user.id; };
        if (std::none_of(users.begin(), users.end(), same)) users.push_back(std::move(user));
    }
}

void announceFound(Turn& turn, std::int64_t count, const std::string& search) {
    const Locale locale = turn.state.locale;
    if (search.empty())
        return announce(turn, format(locale, Message::UsersAll, {{"all", tallyText(locale, count)}}));
    if (count <= 0)
        return announce(turn,
                        format(locale, Message::UsersNoMatch, {{"search", shortenedTo(search, kReadable)}}));
    announce(turn, counted(locale, static_cast<std::size_t>(count), Message::UsersFoundOne,
                           Message::UsersFoundOther));
}

// Of the text that stands in the field; while its results are not there, the first of them is taken when they
// come.
std::optional<int> firstMatch(Turn& turn, const UserField& field) {
    UserSearch& search = field.search;
    const std::string wanted = wantedSearch(field);
    if (wanted.empty()) return {};
    search.takesFirst = search.results.phase == Phase::Loading;
    if (search.waiting) {
        stopWaiting(turn, search);
        ask(turn, search, wanted, 1);
    }
    const bool there = search.results.phase == Phase::Ready && search.searched == wanted;
    return there && !search.results.value.items.empty() ? std::optional(field.leading) : std::nullopt;
}

}  // namespace

UserField dialogUserField(DialogState& dialog) {
    return {dialog.user.search, dialog.user.chosen};
}
UserField filterUserField(ListState& list) {
    return {list.user, list.chosenUser, offersAll(list) ? 1 : 0};
}
bool offersAll(const ListState& list) {
    return wantedSearch(list.user, list.chosenUser).empty();
}

void openUsers(Turn& turn, const UserField& field) {
    UserSearch& search = field.search;
    if (search.list == Visibility::Shown) return;
    search.list = Visibility::Shown;
    search.active = -1;
    const std::string wanted = wantedSearch(field);
    if (search.results.phase != Phase::Ready || search.searched != wanted) ask(turn, search, wanted, 1);
}

void closeUsers(Turn& turn, const UserField& field) {
    stopWaiting(turn, field.search);
    abandon(turn, field.search.results);
    field.search.list = Visibility::Hidden;
    field.search.active = -1;
    field.search.isTyped = false;
    field.search.takesFirst = field.search.selectsNextPage = false;
}

void typeUsers(Turn& turn, const UserField& field, const std::string& text) {
    UserSearch& search = field.search;
    search.text = text;
    search.isTyped = true;
    search.list = Visibility::Shown;
    search.active = -1;
    search.takesFirst = search.selectsNextPage = false;
    cancel(turn, search.results.request);
    search.results.value = {};  // those do not match what stands in the field now
    search.results.phase = Phase::Loading;
    search.waiting = true;
    turn.add(StartTimer{Timer::UserSearch, kSearchPauseMilliseconds});
}

void searchUsers(Turn& turn, const UserField& field) {
    UserSearch& search = field.search;
    if (!search.waiting) return;
    search.waiting = false;
    ask(turn, search, wantedSearch(field), 1);
}

void showMoreUsers(Turn& turn, const UserField& field) {
    UserSearch& search = field.search;
    if (search.list == Visibility::Hidden) return;
    if (search.results.phase == Phase::Failed)
        return ask(turn, search, search.requested, search.requestedPage);
    if (search.results.phase != Phase::Ready || !mayShowMore(search)) return;
    ask(turn, search, search.searched, search.results.value.page + 1);
}

int movedHighlight(int active, int count, Key key) {
    const int last = count - 1;
    switch (key) {
        case Key::ArrowDown:
            return std::min(active + 1, last);
        case Key::ArrowUp:
            return std::max(active - 1, -1);
        case Key::PageDown:
            return std::min(std::max(active, 0) + kRowsAtOnce, last);
        case Key::PageUp:
            return std::min(std::max(active - kRowsAtOnce, 0), last);
        case Key::Home:
            return std::min(0, last);
        case Key::End:
            return last;
        default:
            return active;
    }
}

std::optional<int> awaitedMatch(const UserField& field) {
    UserSearch& search = field.search;
    const bool there = search.results.phase == Phase::Ready && !search.results.value.items.empty();
    return std::exchange(search.takesFirst, false) && there ? std::optional(field.leading) : std::nullopt;
}

std::optional<int> keyInUsers(Turn& turn, const UserField& field, Key key) {
    UserSearch& search = field.search;
    const bool arrow = key == Key::ArrowDown || key == Key::ArrowUp;
    if (search.list == Visibility::Hidden) {
        if (!arrow) return {};
        turn.handled = true;
        openUsers(turn, field);
        if (key == Key::ArrowDown && search.results.phase == Phase::Ready)
            search.active = movedHighlight(-1, optionCount(field), key);
        return {};
    }
    switch (key) {
        case Key::Tab:
            closeUsers(turn, field);
            return {};
        case Key::Escape:
            turn.handled = true;
            closeUsers(turn, field);
            return {};
        case Key::Enter:
            turn.handled =
                true;  // a press that picks nothing must not send the form from a half-typed search either
            return search.active < 0 ? firstMatch(turn, field) : search.active;
        default:
            break;
    }
    if (!arrow && search.active < 0) return {};  // the caret's keys while nothing is highlighted
    turn.handled = true;
    const int count = optionCount(field);
    const bool atEnd = search.active == count - 1;
    search.active = movedHighlight(search.active, count, key);
    search.selectsNextPage = key == Key::ArrowDown && atEnd && mayShowMore(search);
    if (search.selectsNextPage) showMoreUsers(turn, field);
    return {};
}

bool usersAnswered(Turn& turn, const UserField& field, const Answered& answered) {
    UserSearch& search = field.search;
    if (!isAnswerTo(search.results, answered.number)) return false;
    auto answer = readUsers(answered);
    const bool movesOn = std::exchange(search.selectsNextPage, false);
    if (!answer) {
        search.results.phase = Phase::Failed;
        search.results.problem = answer.error();
        announce(turn, describe(turn.state.locale, answer.error()));
        return true;
    }
    Page<User> page = std::move(answer).value();
    page.page = search.requestedPage;
    if (search.requestedPage > 1) {
        const int before = optionCount(field);
        std::vector<User> users = std::move(search.results.value.items);
        append(users, std::move(page.items));
        page.items = std::move(users);
        // Nothing new came although more was promised: there is no more.
        if (field.leading + static_cast<int>(page.items.size()) == before)
            page.totalCount = before - field.leading;
        search.results.value = std::move(page);
        if (movesOn && search.active == before - 1 && optionCount(field) > before) search.active = before;
    } else {
        search.results.value = std::move(page);
        search.active = -1;
        announceFound(turn, search.results.value.totalCount, search.requested);
    }
    search.results.phase = Phase::Ready;
    search.searched = search.requested;
    return true;
}

void countMore(State& state, UserId id, std::int64_t more) {
    for (UserSearch* search : {&state.list.user, state.dialog ? &state.dialog->user.search : nullptr}) {
        if (!search) continue;
        for (User& user : search->results.value.items)
            if (user.id == id && user.certificateCount != kCountUnknown) user.certificateCount += more;
    }
}

std::optional<int> pressChoice(Choice& choice) {
    if (choice.list == Visibility::Shown) return choice.active;
    choice.list = Visibility::Shown;
    choice.active = choice.selected;
    return {};
}

void closeChoice(Choice& choice) {
    choice.list = Visibility::Hidden;
    choice.active = -1;
}

std::optional<int> keyInChoice(Turn& turn, Choice& choice, int count, Key key) {
    const bool arrow = key == Key::ArrowDown || key == Key::ArrowUp;
    if (choice.list == Visibility::Hidden) {
        if (!arrow) return {};  // Enter and Space arrive as an activation
        turn.handled = true;
        pressChoice(choice);
        return {};
    }
    turn.handled = key != Key::Tab;
    if (key == Key::Enter) return choice.active;
    if (key == Key::Escape || key == Key::Tab)
        closeChoice(choice);
    else
        choice.active = std::max(0, movedHighlight(choice.active, count, key));
    return {};
}

}  // namespace smartca::app
