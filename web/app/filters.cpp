#include "shared/calendar.h"
#include "shared/text.h"
#include "web/app/address.h"
#include "web/app/list.h"
#include "web/app/list_field.h"

namespace smartca::app {
namespace {

constexpr std::uint32_t kFilterPauseMilliseconds = 300;

void reloadFiltered(Turn& turn) {
    turn.state.list.page = 1;
    turn.state.list.only.clear();
    turn.state.place.steps = true;
    turn.state.list.news = ListNews::Count;
    loadList(turn);
}

void filterByUser(Turn& turn, int option) {
    ListState& list = turn.state.list;
    const auto& users = list.user.results.value.items;
    const int leading = filterUserField(list).leading, place = option - leading;
    if (list.user.list == Visibility::Hidden || option < 0 || place >= static_cast<int>(users.size())) return;
    const UserId before = list.chosenUser ? list.chosenUser->id : 0;
    cancel(turn, list.naming);
    if (place < 0)
        list.chosenUser.reset();
    else
        list.chosenUser = users[static_cast<std::size_t>(place)];
    list.user.text = list.chosenUser ? list.chosenUser->name : std::string();
    closeUsers(turn, filterUserField(list));
    if ((list.chosenUser ? list.chosenUser->id : 0) != before) reloadFiltered(turn);
}

void choose(Turn& turn, Choice& choice, int count, int option) {
    if (choice.list == Visibility::Hidden || option < 0 || option >= count) return;
    const bool changes = choice.selected != option;
    choice.selected = option;
    closeChoice(choice);
    if (changes) reloadFiltered(turn);
}

void press(Turn& turn, Choice& choice, int count) {
    if (const auto option = pressChoice(choice)) choose(turn, choice, count, *option);
}

bool isDay(std::string_view typed) {
    const std::string_view day = trimmed(typed);
    return day.empty() || parseDay(day);
}

// While a day is being typed it is not wrong yet, and filters nothing.
void typeDay(Turn& turn, std::string& day, DayFault& fault, const std::string& text) {
    if (day == text) return;
    day = text;
    fault = DayFault::None;
    const ListState& list = turn.state.list;
    if (pageAddress(list) != list.address)
        turn.add(StartTimer{Timer::FilterSearch, kFilterPauseMilliseconds});
}

// As it was understood: of "1/2/26" not everybody expects the same.
void showDay(std::string& day) {
    if (const auto read = parseDay(day)) day = dateInVietnam(*read);
}

}  // namespace

void judgeDays(ListState& list, Control left) {
    showDay(list.validFrom);
    showDay(list.validTo);
    if (left.kind == ControlKind::FilterValidFrom)
        list.validFromFault = isDay(list.validFrom) ? DayFault::None : DayFault::NoDay;
    if (left.kind == ControlKind::FilterValidTo || list.validToFault == DayFault::BeforeFirst)
        list.validToFault = isDay(list.validTo) ? DayFault::None : DayFault::NoDay;
    const auto first = parseDay(trimmed(list.validFrom)), last = parseDay(trimmed(list.validTo));
    if (first && last && *last < *first) list.validToFault = DayFault::BeforeFirst;
}

bool activateFilter(Turn& turn, Control control) {
    ListState& list = turn.state.list;
    switch (control.kind) {
        case ControlKind::FilterUser:
            openUsers(turn, filterUserField(list));
            return true;
        case ControlKind::FilterUserOption:
            filterByUser(turn, control.index);
            return true;
        case ControlKind::FilterType:
            press(turn, list.type, kTypeOptions);
            return true;
        case ControlKind::FilterTypeOption:
            choose(turn, list.type, kTypeOptions, control.index);
            return true;
        case ControlKind::FilterStatus:
            press(turn, list.status, kStatusOptions);
            return true;
        case ControlKind::FilterStatusOption:
            choose(turn, list.status, kStatusOptions, control.index);
            return true;
        case ControlKind::FilterReset:
            clearFilters(turn);
            reloadFiltered(turn);
            // The button that stands in the place of the rows goes with their being found.
            if (control.index != 0) moveFocus(turn, {ControlKind::FilterSearch});
            return true;
        default:
            return false;
    }
}

void typeInFilter(Turn& turn, Control control, const std::string& text) {
    ListState& list = turn.state.list;
    switch (control.kind) {
        case ControlKind::FilterSearch:
            if (list.search == text) return;
            list.search = text;
            turn.add(StartTimer{Timer::FilterSearch, kFilterPauseMilliseconds});
            return;
        case ControlKind::FilterUser:
            typeUsers(turn, filterUserField(list), text);
            return;
        case ControlKind::FilterValidFrom:
            typeDay(turn, list.validFrom, list.validFromFault, text);
            return;
        case ControlKind::FilterValidTo:
            typeDay(turn, list.validTo, list.validToFault, text);
            return;
        default:
            return;
    }
}

bool filterUsersAnswered(Turn& turn, const Answered& answered) {
    const UserField field = filterUserField(turn.state.list);
    if (!usersAnswered(turn, field, answered)) return false;
    if (const auto first = awaitedMatch(field))
        filterByUser(turn, *first);
    else if (turn.state.focused.kind != ControlKind::FilterUser)
        leaveFilter(turn, {ControlKind::FilterUser});
    return true;
}

void filterPauses(Turn& turn) {
    reloadFiltered(turn);
    // Of the pauses of a typing hand the first is a step.
    turn.state.place.steps = !std::exchange(turn.state.list.hasStepped, true);
}

void finishDay(Turn& turn, Control control) {
    ListState& list = turn.state.list;
    judgeDays(list, control);
    const DayFault fault =
        control.kind == ControlKind::FilterValidFrom ? list.validFromFault : list.validToFault;
    if (fault != DayFault::None)
        announce(turn, std::string(text(turn.state.locale, messageOf(fault))), Politeness::Assertive);
}

void keyInFilter(Turn& turn, Control control, Key key) {
    ListState& list = turn.state.list;
    std::optional<int> option;
    switch (control.kind) {
        case ControlKind::FilterUser:
        case ControlKind::FilterUserOption:
            // What is typed stands for whom Enter would take, and does not go when one goes on.
            option = keyInUsers(turn, filterUserField(list), key == Key::Tab ? Key::Enter : key);
            if (option) filterByUser(turn, *option);
            if (key == Key::Tab) turn.handled = false;
            return;
        case ControlKind::FilterType:
        case ControlKind::FilterTypeOption:
            option = keyInChoice(turn, list.type, kTypeOptions, key);
            if (option) choose(turn, list.type, kTypeOptions, *option);
            return;
        case ControlKind::FilterStatus:
        case ControlKind::FilterStatusOption:
            option = keyInChoice(turn, list.status, kStatusOptions, key);
            if (option) choose(turn, list.status, kStatusOptions, *option);
            return;
        case ControlKind::FilterValidFrom:
        case ControlKind::FilterValidTo:
            if (key == Key::Enter) finishDay(turn, control);
            return;
        default:
            return;
    }
}

void leaveFilter(Turn& turn, Control control) {
    ListState& list = turn.state.list;
    list.hasStepped = false;
    switch (control.kind) {
        case ControlKind::FilterUser: {
            if (list.user.takesFirst) return;  // it goes on until that one is there
            closeUsers(turn, filterUserField(list));
            // A search without a choice would look like a filter that is on; an emptied field means "all".
            const bool isNamed = list.chosenUser && !list.chosenUser->name.empty();
            const bool emptied = isNamed && trimmed(list.user.text).empty();
            if (emptied) list.chosenUser.reset();
            list.user.text = list.chosenUser ? list.chosenUser->name : std::string();
            if (emptied) reloadFiltered(turn);
            return;
        }
        case ControlKind::FilterType:
            closeChoice(list.type);
            return;
        case ControlKind::FilterStatus:
            closeChoice(list.status);
            return;
        case ControlKind::FilterValidFrom:
        case ControlKind::FilterValidTo:
            finishDay(turn, control);
            return;
        default:
            return;
    }
}

void clearFilters(Turn& turn) {
    ListState& list = turn.state.list;
    closeUsers(turn, filterUserField(list));
    cancel(turn, list.naming);
    list.hasStepped = false;
    list.only.clear();
    list.search.clear();
    list.user.text.clear();
    list.chosenUser.reset();
    list.type = {};
    list.status = {};
    list.validFrom.clear();
    list.validTo.clear();
    list.validFromFault = list.validToFault = DayFault::None;
}

void closePageLists(Turn& turn) {
    ListState& list = turn.state.list;
    leaveFilter(turn, {ControlKind::FilterUser});
    closeChoice(list.type);
    closeChoice(list.status);
    list.openMenu = list.activeItem = -1;
}

}  // namespace smartca::app
