#include "web/app/update.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "web/app/address.h"
#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/list_field.h"
#include "web/app/requests.h"
#include "web/app/turn.h"

namespace smartca::app {
namespace {

bool asksSomething(const State& state) {
    return state.confirm.question != Question::None;
}

bool isInDialog(Control control) {
    return control.kind >= ControlKind::DialogClose && control.kind <= ControlKind::Submit;
}

// "20 days left" is another number after midnight, on a page that nobody touches as well.
void awaitNewDay(Turn& turn) {
    constexpr Instant kDay = 24 * 3600, kAhead = 7 * 3600;  // of Vietnam
    const Instant rest = kDay - (turn.state.now + kAhead) % kDay;
    turn.add(StartTimer{Timer::NewDay, static_cast<std::uint32_t>(rest) * 1000});
}

void sessionAnswered(Turn& turn, const Answered& answered) {
    Loaded<Session>& session = turn.state.session;
    auto answer = readSession(answered);
    if (!answer) {
        session.phase = Phase::Failed;
        session.problem = answer.error();
        // What can be saved is not known: no field must look as if it were.
        if (turn.state.dialog && !turn.state.dialog->banner.isShown())
            turn.state.dialog->banner.show(answer.error(), Retry::Settings);
        if (turn.state.dialog) tellOpened(turn);
        return;
    }
    session.phase = Phase::Ready;
    session.value = std::move(answer).value();
    if (session.value.now > 0) {
        // The proxy read its clock at some time since it was asked: only what cannot be the way is the clock's.
        const Instant least = session.value.now - turn.state.now;
        const Instant wrong = std::clamp<Instant>(0, least, least + answered.age);
        turn.state.clockAhead += wrong;
        turn.state.now += wrong;
    }
    awaitNewDay(turn);
    if (!turn.state.dialog) return;
    takePrefill(turn);
    revalidate(turn.state);  // the limits are known now
    tellOpened(turn);
}

// What was known of it counts until then, lest fields and buttons come and go.
void readSessionAgain(Turn& turn) {
    if (turn.state.session.phase != Phase::Ready) return;
    load(turn, turn.state.session, Method::Get, "session");
    turn.state.session.phase = Phase::Ready;
}

void on(Turn& turn, const Started& started) {
    State& state = turn.state;
    const RequestNumber lastRequest = state.lastRequest;  // numbers are never used again
    std::destroy_at(&state);  // no assignment: moving each member would be 1 KB of the page
    std::construct_at(&state);
    state.lastRequest = lastRequest;
    state.opening = started.opening;
    state.locale = started.locale;
    state.theme = started.theme;
    state.layout = started.layout;
    state.now = started.now;
    state.seed = started.seed;
    load(turn, state.session, Method::Get, "session");
    if (state.opening == Opening::Page) takeFilters(turn, started.address);
    loadList(turn);
    if (state.opening == Opening::Page) openNamed(turn, started.address);
}

// Only what lies on top can be operated: the question, else a dialog, else the page.
void on(Turn& turn, const Activated& activated) {
    const Control control = activated.control;
    if (control.kind == ControlKind::NoticeDismiss) return dismissNotice(turn.state, control.index);
    if (asksSomething(turn.state)) {
        if (control.kind == ControlKind::ConfirmAccept) confirmAccepted(turn);
        if (control.kind == ControlKind::ConfirmReject) confirmRejected(turn);
    } else if (turn.state.dialog) {
        activateInDialog(turn, control);
    } else if (turn.state.details) {
        activateInDetails(turn, control);
    } else if (turn.state.rename) {
        activateInRename(turn, control);
    } else if (control.kind == ControlKind::NoticeAct) {
        actOnNotice(turn, control.index);
    } else if (control.kind == ControlKind::LeftOpen) {
        openLeft(turn, control.index);
    } else if (turn.state.opening == Opening::Page) {
        activateOnPage(turn, control);
    }
}

void on(Turn& turn, const TextChanged& changed) {
    if (asksSomething(turn.state)) return;
    if (turn.state.dialog)
        typeInDialog(turn, changed.control, changed.text);
    else if (turn.state.rename)
        typeInRename(turn, changed.control, changed.text);
    else if (turn.state.opening == Opening::Page)
        typeInFilter(turn, changed.control, changed.text);
}

void on(Turn& turn, const CaretMoved& moved) {
    if (turn.state.dialog && !asksSomething(turn.state)) caretMoved(turn, moved);
}

void on(Turn& turn, const FocusGained& gained) {
    turn.state.focused = gained.control;
    if (turn.state.dialog && gained.control.kind == ControlKind::Pick)
        turn.state.dialog->lookup.stop = gained.control.index;
    enterRow(turn, gained.control);
}

// The page is left for the dialog and the dialog for a question, so this reaches what lies below, too.
void on(Turn& turn, const FocusLost& lost) {
    State& state = turn.state;
    if (state.focused == lost.control && !asksSomething(state)) state.focused = {};
    if (isInDialog(lost.control)) {
        if (state.dialog) leaveInDialog(turn, lost.control);
        return;
    }
    if (lost.control.kind == ControlKind::RenameName) return leaveRename(turn);
    leaveFilter(turn, lost.control);
    leaveRow(turn, lost.control, lost.to);
}

void on(Turn& turn, const KeyPressed& pressed) {
    const Control control = pressed.control;
    if (asksSomething(turn.state)) return;
    if (turn.state.dialog) return keyInDialog(turn, control, pressed.key);
    if (turn.state.opening != Opening::Page || turn.state.details || turn.state.rename) return;
    if (isOfRow(control))
        keyInRow(turn, control, pressed.key);
    else
        keyInFilter(turn, control, pressed.key);
}

void on(Turn& turn, const ImageOffered& offered) {
    if (turn.state.dialog && !asksSomething(turn.state)) imageOffered(turn, offered);
}

void on(Turn& turn, const ImageProgress& progress) {
    if (turn.state.dialog) imageProgresses(*turn.state.dialog, progress);
}

void on(Turn& turn, const ImageChosen& chosen) {
    if (turn.state.dialog) imageChosen(turn, chosen);
}

void on(Turn& turn, const ImageLoaded& loaded) {
    if (turn.state.dialog) imageLoaded(turn, loaded);
}

void on(Turn& turn, const Answered& answered) {
    State& state = turn.state;
    if (isAnswerTo(state.session, answered.number)) return sessionAnswered(turn, answered);
    // The rights may have been taken away.
    if (answered.status == 403) readSessionAgain(turn);
    if (listAnswered(turn, answered) || rowAnswered(turn, answered)) return;
    if (detailsAnswered(turn, answered) || renameAnswered(turn, answered)) return;
    if (filterUserNamed(turn, answered) || filterUsersAnswered(turn, answered) ||
        createAnswered(turn, answered))
        return;
    if (state.dialog) dialogAnswered(turn, answered);
}

void on(Turn& turn, const SessionRenewed&) {
    readSessionAgain(turn);
}

void on(Turn& turn, const TimerFired& fired) {
    State& state = turn.state;
    switch (fired.timer) {
        case Timer::UserSearch:
            searchUsers(turn, state.dialog ? dialogUserField(*state.dialog) : filterUserField(state.list));
            return;
        case Timer::FilterSearch:
            filterPauses(turn);
            return;
        case Timer::Code:
            if (state.dialog) codeTick(turn);
            return;
        case Timer::Notice:
            return noticesExpire(turn);
        case Timer::CreateAgain:
            return createAgain(turn);
        case Timer::Creating:
            return createTick(turn);
        case Timer::Seen:
            if (state.dialog) state.dialog->isUnseen = false;
            return;
        case Timer::NewDay:  // the time has been read with it
            return awaitNewDay(turn);
        case Timer::Copied:
            if (state.details) state.details->copied = ControlKind::None;
            state.list.copied = 0;
            return;
    }
}

void on(Turn& turn, const ClockRead& read) {
    State& state = turn.state;
    const Instant now = read.now + state.clockAhead;
    // By which somebody has set the clock since, or the computer has slept: what was learnt of it is wrong.
    const Instant moved = state.steady == 0 ? 0 : (now - state.now) - (read.steady - state.steady);
    state.now = now;
    state.steady = read.steady;
    if (moved > 2 || moved < -2) readSessionAgain(turn);
}

void on(Turn& turn, const CodeComputed& computed) {
    if (turn.state.dialog) codeComputed(turn, computed);
}

void on(Turn& turn, const TextCopied& copied) {
    textCopied(turn, copied);
}

void on(Turn& turn, const LocaleChosen& chosen) {
    turn.state.locale = chosen.locale;
}
void on(Turn& turn, const LocaleMissing&) {
    const Locale locale = turn.state.locale;
    notify(turn, {NoticeKind::Error, std::string(text(locale, Message::NoConnectionTitle)),
                  std::string(text(locale, Message::NoConnectionAdvice))});
}

void on(Turn& turn, const ThemeChosen& chosen) {
    turn.state.theme = chosen.theme;
}

void on(Turn& turn, const LayoutChosen& chosen) {
    turn.state.layout = chosen.layout;
}
void on(Turn& turn, const OpenRequested& requested) {
    openDialog(turn, requested);
}

// A create that was sent goes on; what was only entered is gone.
void on(Turn& turn, const ClosedByPage&) {
    State& state = turn.state;
    state.confirm = {};
    if (!state.dialog) return;
    if (state.dialog->submission.isOpen && !state.dialog->busy())
        withdrawCreate(turn);  // it is told once more
    if (state.dialog->busy())
        leaveRunning(turn);
    else
        closeDialog(turn);
}

void on(Turn& turn, const CancelAllowed&) {
    const State& state = turn.state;
    if (state.opening != Opening::Dialog || !state.dialog || state.dialog->busy()) return;
    if (!asksSomething(state)) discard(turn);
}

// Innermost first: an open list, the question, the dialog, an open menu.
void on(Turn& turn, const CloseRequested&) {
    State& state = turn.state;
    if (state.dialog && state.dialog->user.search.list == Visibility::Shown)
        escapeUsers(turn);
    else if (asksSomething(state))
        confirmRejected(turn);
    else if (state.dialog && state.dialog->doubt == Doubt::Asked)
        goBack(turn);
    else if (state.dialog)
        requestClose(turn);
    else if (state.details)
        closeDetails(turn);
    else if (state.rename)
        requestCloseRename(turn);
    else
        closeRowMenu(turn);
}

// "Back" closes what lies on top, with the same question as Escape; with nothing open it goes through the
// filters. The browser is told where we are in any case: it may be one step too far back by now.
void on(Turn& turn, const WentBack& back) {
    State& state = turn.state;
    state.place.isTold = false;
    if (layersOf(state) > back.layers) on(turn, CloseRequested{});
    if (layersOf(state) > 0)
        return;  // else the address may be one that was written over an open certificate's
    closePageLists(turn);
    if (takeFilters(turn, back.address)) {
        state.list.news = state.list.page > 1 ? ListNews::Range : ListNews::Count;
        loadList(turn);
    }
    openNamed(turn, back.address);
}

}  // namespace

Reaction update(State& state, const Event& event) {
    Turn turn{state};
    std::visit([&turn](const auto& happened) { on(turn, happened); }, event);
    followAddress(turn);
    takeBackWhatIsPast(turn);
    return {std::move(turn.effects), turn.handled};
}

}  // namespace smartca::app
