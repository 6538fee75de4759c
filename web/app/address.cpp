#include "web/app/address.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "shared/calendar.h"
#include "shared/text.h"
#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/list_field.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

constexpr std::size_t kMostIds = 1000;  // as the API takes them
constexpr std::int64_t kLastPage = kLastRow / kPageSize;

void put(std::string& address, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!address.empty()) address += '&';
    address.append(name).append("=").append(percentEncoded(value));
}

std::string isoDay(std::string_view typed) {
    constexpr Instant kAhead = 7 * 3600;
    const auto day = parseDay(trimmed(typed));
    return day ? isoOf(*day + kAhead).substr(0, 10) : std::string();
}

std::string decodedText(std::string_view encoded) {
    std::string text;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        const bool isByte = encoded[i] == '%' && i + 2 < encoded.size() &&
                            hexadecimalValue(encoded[i + 1]) >= 0 && hexadecimalValue(encoded[i + 2]) >= 0;
        if (isByte) {
            text +=
                static_cast<char>(hexadecimalValue(encoded[i + 1]) * 16 + hexadecimalValue(encoded[i + 2]));
            i += 2;
        } else {
            text += encoded[i];
        }
    }
    return text;
}

// The value of that name; nothing where there is none, or no text.
std::string valueOf(std::string_view address, std::string_view name) {
    while (!address.empty()) {
        const std::size_t end = std::min(address.find('&'), address.size());
        const std::string_view pair = address.substr(0, end);
        address.remove_prefix(std::min(end + 1, address.size()));
        if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
        std::string value = decodedText(pair.substr(name.size() + 1));
        return isUtf8(value) && !hasForbiddenCharacter(value, LineBreaks::Forbidden) ? value : std::string();
    }
    return {};
}

// From 1 on; else 0.
std::int64_t numberIn(std::string_view text, std::int64_t greatest) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && number >= 1 && number <= greatest ? number : 0;
}

std::int64_t idIn(std::string_view text) {
    return numberIn(text, std::numeric_limits<std::int64_t>::max());
}

std::vector<std::int64_t> idsIn(std::string_view text) {
    std::vector<std::int64_t> ids;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        const std::int64_t id = idIn(text.substr(0, end));
        if (id == 0 || ids.size() == kMostIds) return {};
        ids.push_back(id);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return ids;
}

std::string dayIn(std::string_view text) {
    const auto day = parseDay(text);
    return day ? dateInVietnam(*day) : std::string();
}

bool guardsLeaving(const State& state) {
    const auto holdsName = [](const RenameState& rename) { return rename.busy() || holdsEntries(rename); };
    return (state.dialog && (state.dialog->busy() || holdsEntries(*state.dialog))) ||
           (state.rename && holdsName(*state.rename)) || !state.left.empty();
}

}  // namespace

std::string pageAddress(const ListState& list) {
    std::string address;
    put(address, "search", list.search);
    if (list.chosenUser) put(address, "user", std::to_string(list.chosenUser->id));
    if (list.type.selected != 0)
        put(address, "type", nameOf(static_cast<CertificateType>(list.type.selected - 1)));
    if (list.status.selected != 0)
        put(address, "status", nameOf(static_cast<CertificateStatus>(list.status.selected - 1)));
    put(address, "from", isoDay(list.validFrom));
    put(address, "to", isoDay(list.validTo));
    std::string ids;
    for (const std::int64_t id : list.only)
        ids.append(ids.empty() ? "" : ",").append(std::to_string(id));
    put(address, "ids", ids);
    if (list.page > 1) put(address, "page", std::to_string(list.page));
    return address;
}

std::string openAddress(const State& state) {
    return state.details ? "certificate=" + std::to_string(state.details->certificate.id) : std::string();
}

int layersOf(const State& state) {
    const bool open = state.dialog || state.details || state.rename;
    return (open ? 1 : 0) + (state.confirm.question != Question::None ? 1 : 0);
}

bool takeFilters(Turn& turn, std::string_view address) {
    ListState& list = turn.state.list;
    clearFilters(turn);
    list.search = valueOf(address, "search");
    if (const auto user = static_cast<UserId>(idIn(valueOf(address, "user"))); user != 0) {
        list.chosenUser.emplace().id = user;
        list.naming = send(turn, Method::Get, userPath(user));
    }
    if (const auto type = certificateTypeOfName(valueOf(address, "type")))
        list.type.selected = 1 + static_cast<int>(*type);
    if (const auto status = certificateStatusOfName(valueOf(address, "status")))
        list.status.selected = 1 + static_cast<int>(*status);
    list.validFrom = dayIn(valueOf(address, "from"));
    list.validTo = dayIn(valueOf(address, "to"));
    judgeDays(list, {ControlKind::FilterValidTo});
    list.only = idsIn(valueOf(address, "ids"));
    list.page = std::max(1, static_cast<int>(numberIn(valueOf(address, "page"), kLastPage)));
    return pageAddress(list) != list.address;
}

void openNamed(Turn& turn, std::string_view address) {
    const std::int64_t id = idIn(valueOf(address, "certificate"));
    if (id == 0 || layersOf(turn.state) != 0) return;
    closePageLists(turn);
    const auto& rows = turn.state.list.certificates.value.items;
    const auto row = std::ranges::find(rows, id, &Certificate::id);
    if (row != rows.end())
        return openDetails(turn, *row,
                           {ControlKind::RowMenu, static_cast<std::uint16_t>(row - rows.begin())});
    Certificate unknown;
    unknown.id = id;
    unknown.name = text(turn.state.locale, Message::Loading);
    openDetails(turn, unknown, {ControlKind::FilterSearch});
}

// A user that the list does not know filters nothing, and that is said.
bool filterUserNamed(Turn& turn, const Answered& answered) {
    ListState& list = turn.state.list;
    if (answered.number == 0 || list.naming != answered.number) return false;
    list.naming = 0;
    const auto answer = readUser(answered);
    if (answer) {
        list.chosenUser = answer.value();
        if (list.user.list == Visibility::Hidden) list.user.text = list.chosenUser->name;
    } else if (isUnknown(answer.error())) {
        list.chosenUser.reset();
        list.page = 1;
        loadList(turn);
        const Locale locale = turn.state.locale;
        notify(turn, {NoticeKind::Information, std::string(text(locale, Message::FilterUserUnknownTitle)),
                      std::string(text(locale, Message::FilterUserUnknown))});
    }
    return true;
}

void followAddress(Turn& turn) {
    State& state = turn.state;
    const bool guards = guardsLeaving(state);
    if (std::exchange(state.place.guards, guards) != guards) turn.add(GuardLeaving{guards});
    const bool steps = std::exchange(state.place.steps, false);
    const bool started = state.session.phase != Phase::Idle;  // before that the address is still to be read
    if (state.opening != Opening::Page || !started) return;
    const Place before = state.place;
    state.place.page = state.list.address;  // a hand that still types has asked for nothing yet
    state.place.open = openAddress(state);
    state.place.layers = layersOf(state);
    if (std::exchange(state.place.isTold, true) && before == state.place) return;
    turn.add(ShowAddress{state.place.page, state.place.open, state.place.layers,
                         steps ? AddressStep::New : AddressStep::Same});
}

}  // namespace smartca::app
