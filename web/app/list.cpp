#include "web/app/list.h"

#include <algorithm>

#include "web/app/address.h"
#include "web/app/dialogs.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

void turnPage(Turn& turn, int step) {
    ListState& list = turn.state.list;
    const int page = list.page + step;
    if (page < 1 || page > lastPage(list.certificates.value)) return;
    list.page = page;
    turn.state.place.steps = true;
    list.news = ListNews::Range;
    loadList(turn);
}

void retry(Turn& turn) {
    if (turn.state.session.phase == Phase::Failed) load(turn, turn.state.session, Method::Get, "session");
    turn.state.list.news = ListNews::Count;  // that it has worked
    if (turn.state.list.certificates.phase != Phase::Loading) loadList(turn);
}

void switchTheme(Turn& turn) {
    Theme& theme = turn.state.theme;
    theme = theme == Theme::Light ? Theme::Dark : Theme::Light;
    turn.add(Remember{theme});
}

void switchLayout(Turn& turn) {
    Layout& layout = turn.state.layout;
    layout = layout == Layout::Designed ? Layout::Plain : Layout::Designed;
    turn.add(ShowLayout{layout});
}

// The first of the rows just added may lie below what is seen of the list.
void revealFresh(Turn& turn) {
    const ListState& list = turn.state.list;
    const auto& rows = list.certificates.value.items;
    const auto isFresh = [&list](const Certificate& row) {
        return std::ranges::find(list.added, row.id, &Certificate::id) != list.added.end();
    };
    const auto first = std::find_if(rows.begin(), rows.end(), isFresh);
    if (first == rows.end()) return;
    turn.add(Reveal{{ControlKind::RowMenu, static_cast<std::uint16_t>(first - rows.begin())}});
}

// A row's button is its certificate's wherever that stands now; where it is gone, the next one's.
void followRows(Turn& turn, const std::vector<Certificate>& before) {
    State& state = turn.state;
    const auto& rows = state.list.certificates.value.items;
    const Control focused = state.focused;
    for (Control* button :
         {&state.focused, &state.confirm.returnTo, state.details ? &state.details->returnTo : nullptr,
          state.rename ? &state.rename->returnTo : nullptr}) {
        if (!button || button->kind != ControlKind::RowMenu || button->index >= before.size()) continue;
        const auto row = std::ranges::find(rows, before[button->index].id, &Certificate::id);
        if (row != rows.end()) button->index = static_cast<std::uint16_t>(row - rows.begin());
    }
    if (state.focused != focused) moveFocus(turn, state.focused);
    if (!state.rename || !state.rename->unknown) return;
    const auto renamed = std::ranges::find(rows, state.rename->certificate.id, &Certificate::id);
    if (renamed == rows.end()) return;
    state.rename->certificate = *renamed;
    const std::string unknown = *std::exchange(state.rename->unknown, std::nullopt);
    if (renamed->name == unknown && certificateNameOf(state.rename->name) == unknown)
        endRename(turn);  // so it was made
}

std::string newsOf(const State& state, ListNews news) {
    const CertificatePage& page = state.list.certificates.value;
    std::string words =
        page.totalCount <= 0
            ? std::string(text(state.locale,
                               state.list.only.empty() ? Message::NoMatchTitle : Message::AddedGoneTitle))
        : news == ListNews::Range ? rangeWords(state.locale, page)
                                  : counted(state.locale, static_cast<std::size_t>(page.totalCount),
                                            Message::CertificatesOne, Message::CertificatesOther);
    if (!page.complete) addSentence(words.append("."), text(state.locale, Message::ListIncomplete));
    return words;
}

// A day that is none still is, and stands at its field: it was loaded without.
void announceList(Turn& turn, std::string words) {
    for (const DayFault fault : {turn.state.list.validFromFault, turn.state.list.validToFault}) {
        if (fault == DayFault::None) continue;
        if (!words.ends_with('.')) words += '.';
        addSentence(words, text(turn.state.locale, messageOf(fault)));
    }
    announce(turn, std::move(words));
}

}  // namespace

std::string rangeWords(Locale locale, const CertificatePage& page) {
    const std::int64_t first = static_cast<std::int64_t>(page.page - 1) * page.pageSize + 1;
    const std::int64_t last = first + static_cast<std::int64_t>(page.items.size()) - 1;
    std::string rows = countText(locale, first);
    if (last > first) rows += "–" + countText(locale, last);
    // No page follows the last one that the proxy has, though rows do.
    return format(locale,
                  last == kLastRow && page.totalCount > last ? Message::PagingEnd : Message::PagingRange,
                  {{"rows", rows}, {"total", tallyText(locale, page.totalCount)}});
}

int lastPage(const CertificatePage& certificates) {
    const std::int64_t rows = std::clamp<std::int64_t>(certificates.totalCount, 1, kLastRow);
    return static_cast<int>((rows + kPageSize - 1) / kPageSize);
}

void loadList(Turn& turn) {
    if (turn.state.opening != Opening::Page) return;
    turn.add(StopTimer{Timer::FilterSearch});
    turn.state.list.address = pageAddress(turn.state.list);
    load(turn, turn.state.list.certificates, Method::Get, certificatesPath(turn.state.list));
}

void showOnly(Turn& turn, const std::vector<std::int64_t>& certificates) {
    if (turn.state.opening != Opening::Page) return;
    ListState& list = turn.state.list;
    clearFilters(turn);
    list.only = certificates;
    turn.state.place.steps = true;
    list.page = 1;
    list.news = ListNews::Count;
    loadList(turn);
    moveFocus(turn, {ControlKind::ShowAll});
}

void certificateGone(Turn& turn, const Certificate& gone) {
    ListState& list = turn.state.list;
    CertificatePage& page = list.certificates.value;
    closeRowMenu(turn);
    page.totalCount -= static_cast<std::int64_t>(
        std::erase_if(page.items, [&gone](const Certificate& row) { return row.id == gone.id; }));
    const Locale locale = turn.state.locale;
    std::string title(text(locale, titleOf(ProblemCode::CertificateGone)));
    if (!gone.name.empty()) title += ": " + gone.name;
    notify(turn, {NoticeKind::Information, std::move(title),
                  (gone.serial.empty() ? std::string() : tellingApart(locale, gone) + ". ")
                      .append(text(locale, adviceOf(ProblemCode::CertificateGone)))});
    loadList(turn);
}

bool listAnswered(Turn& turn, const Answered& answered) {
    ListState& list = turn.state.list;
    if (!isAnswerTo(list.certificates, answered.number)) return false;
    const ListNews news = std::exchange(list.news, ListNews::None);
    auto answer = readCertificates(answered);
    if (!answer) {
        list.certificates.phase = Phase::Failed;
        list.stale = !list.certificates.value.items.empty();
        list.certificates.problem = answer.error();
        const Locale locale = turn.state.locale;
        std::string words = describe(locale, answer.error());
        if (list.stale) words = std::string(text(locale, Message::ListStaleTitle)) + ". " + words;
        announceList(turn, std::move(words));
        // Whoever has turned the page looks at its end.
        if (list.stale && news == ListNews::Range) turn.add(Reveal{{ControlKind::RetryList}});
        return true;
    }
    if (answer.value().items.empty() && lastPage(answer.value()) < list.page) {
        list.page = lastPage(answer.value());  // the last row of the last page is gone
        list.news = news;
        loadList(turn);
        return true;
    }
    if (list.openMenu >= 0)
        turn.state.focused = {ControlKind::RowMenu, static_cast<std::uint16_t>(list.openMenu)};
    closeRowMenu(turn);  // its row may be another one now
    if (std::exchange(list.stale, false) && turn.state.focused.kind == ControlKind::RetryList)
        moveFocus(turn, {ControlKind::FilterSearch});  // the button goes with what it is about
    list.certificates.phase = Phase::Ready;
    const CertificatePage before = std::exchange(list.certificates.value, std::move(answer).value());
    followRows(turn, before.items);
    if (std::exchange(list.revealsAdded, false)) revealFresh(turn);
    if (news != ListNews::None) announceList(turn, newsOf(turn.state, news));
    return true;
}

void activateOnPage(Turn& turn, Control control) {
    switch (control.kind) {
        case ControlKind::SwitchLanguage:
            turn.add(ChooseLocale{nextLocale(turn.state.locale)});
            return;
        case ControlKind::SwitchTheme:
            switchTheme(turn);
            return;
        case ControlKind::SwitchLayout:
            switchLayout(turn);
            return;
        case ControlKind::OpenCreate:
        case ControlKind::OpenCreateFromEmpty:
            openDialog(turn, {});
            return;
        case ControlKind::RetryList:
            retry(turn);
            return;
        case ControlKind::ShowAll:
            control = {ControlKind::FilterReset, 1};  // it goes with the rows, too
            break;
        case ControlKind::PreviousPage:
            turnPage(turn, -1);
            return;
        case ControlKind::NextPage:
            turnPage(turn, 1);
            return;
        default:
            break;
    }
    if (!activateFilter(turn, control)) activateRow(turn, control);
}

}  // namespace smartca::app
