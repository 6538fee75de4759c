#include <algorithm>

#include "shared/serial.h"
#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/list_field.h"
#include "web/app/picks.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

Whose whoseIs(Turn& turn, const DialogState& dialog) {
    return leftWith(turn.state, dialog) ? Whose::Left : Whose::Open;
}

constexpr int kPatience = 6;  // how often a create that is still being worked on is asked about again
constexpr int kCheckingPatience = 60;  // and one that is being found out about: some minutes
constexpr int kPauseSeconds = 2;
constexpr int kLongestPauseSeconds = 30;

std::string nextKey(State& state) {
    return state.seed + '-' + std::to_string(++state.lastKey);
}

std::string wordsForUser(const DialogState& dialog) {
    return dialog.user.chosen ? dialog.user.words() : dialog.draft.identity;
}

// An image or a text that its display mode does not show is still sent: the mode may change later.
void sendDraft(State& state, DialogState& dialog, SendRequest& request) {
    SubmissionState& submission = dialog.submission;
    submission.idempotencyKey = nextKey(state);
    submission.isUnchanged = true;
    submission.isDiscarded = false;
    submission.sentAt = state.now;
    submission.userId = dialog.draft.userId;
    submission.wanted = dialog.draft.serials;
    if (const auto typed = parseSerial(dialog.draft.serial); typed && !typed.value().hexadecimal.empty())
        submission.wanted.assign(1, typed.value().hexadecimal);
    submission.user = wordsForUser(dialog);
    request.method = Method::Post;
    request.path = "certificates";
    request.body = createBody(dialog.draft);
    // eContract may be asked for each certificate by itself, one after the other.
    request.timeoutMilliseconds += 1'000 * static_cast<std::uint32_t>(countFound(dialog));
}

// What is to be asked next: what the proxy has found out, what became of the create, or the draft under a key of its
// own. A key is sent once: whose answer is lost is withdrawn first, by whomever is signed in then.
void sendNext(Turn& turn, DialogState& dialog) {
    SubmissionState& submission = dialog.submission;
    submission.request = ++turn.state.lastRequest;
    SendRequest request{.number = submission.request, .path = "creates", .body = {}, .idempotencyKey = {}};
    if (submission.checked != 0)
        request.path = createPath(submission.checked);
    else if (submission.isOpen)
        request.method = Method::Delete;
    else
        sendDraft(turn.state, dialog, request);
    request.idempotencyKey = submission.idempotencyKey;
    turn.add(std::move(request));
}

// Whether it says for certain that nothing was created, and will be said again under the same key.
bool isFinal(const Trouble& trouble) {
    return trouble.origin == Origin::Proxy &&
           (trouble.code == ProblemCode::NotCreated || trouble.code == ProblemCode::PortalRefused);
}

// Whether the answer leaves open what became of the create, so that only the same key may ask again.
bool leavesOpen(const Trouble& trouble, int status) {
    if (isFinal(trouble)) return false;
    return trouble.origin != Origin::Proxy || status >= 500 || trouble.code == ProblemCode::TooManyRequests ||
           trouble.code == ProblemCode::InProgress;
}

// What became of it is told to the caller alone who was signed in when it was sent, and only for a day.
bool isNobodysToTell(const SubmissionState& submission, const Trouble& trouble) {
    return trouble.origin == Origin::Proxy &&
           (trouble.code == ProblemCode::OutcomeUnknown ||
            (trouble.code == ProblemCode::NotFound && submission.checked != 0));
}

// The proxy knows a key for a day (proxy/journal/README.md, "Keys"), and takes it for a new one then.
bool isForgotten(const State& state, const SubmissionState& submission) {
    constexpr Instant kKeptSurely = 23 * 3600;
    return submission.checked == 0 && state.now - submission.sentAt > kKeptSurely;
}

// One timer for all creates: those that wait already are asked about a little later.
void wait(Turn& turn, DialogState& dialog, int seconds) {
    --dialog.submission.retriesLeft;
    dialog.submission.waits = true;
    seconds = std::clamp(seconds, kPauseSeconds, kLongestPauseSeconds);
    turn.add(StartTimer{Timer::CreateAgain, static_cast<std::uint32_t>(seconds) * 1000});
}

// SmartCA has something else by now than the list on screen, whose ticks the same rules let pass.
bool isOfNumber(const Findings& findings) {
    return std::ranges::any_of(findings, [](const Finding& finding) {
        return finding.field == Field::Identity || finding.field == Field::Serial;
    });
}

void failLeft(Turn& turn, DialogState& dialog, const Trouble& trouble) {
    if (trouble.code == ProblemCode::Findings && !trouble.findings.empty()) {
        dialog.validation.refusals = trouble.findings;
        dialog.banner.clear();
    } else {
        dialog.banner.show(trouble, Retry::Create);
    }
    leftFailed(turn, dialog, trouble);
}

void tellFailed(Turn& turn, DialogState& dialog, Trouble trouble) {
    SubmissionState& submission = dialog.submission;
    trouble.became = submission.isOpen ? Became::Unknown : Became::Nothing;
    submission.request = 0;
    submission.checked = 0;
    submission.sendsNext = false;
    if (submission.isOpen)
        turn.add(RaiseEvent{"pending", pendingDetail(submission, whoseIs(turn, dialog))});
    else
        turn.add(RaiseEvent{"problem", endedDetail("notCreated", submission.userId, whoseIs(turn, dialog))});
    if (leftWith(turn.state, dialog)) return failLeft(turn, dialog, trouble);
    if (trouble.code == ProblemCode::Findings && !trouble.findings.empty()) {
        refuse(turn, trouble.findings);
        if (isOfNumber(trouble.findings)) lookUp(turn, LookupTrigger::ListPassed);
        if (focusFirstError(turn)) return;
    }
    dialog.banner.show(trouble, Retry::Create);
    announce(turn, describe(turn.state.locale, trouble), Politeness::Assertive);
    moveFocus(turn, {ControlKind::BannerRetry});
}

void fail(Turn& turn, DialogState& dialog, Trouble trouble) {
    SubmissionState& submission = dialog.submission;
    const bool mayBe = submission.checked != 0 || mayBeDone(trouble) ||
                       trouble.code == ProblemCode::InProgress || trouble.code == ProblemCode::Internal;
    if (mayBe && !isFinal(trouble)) {
        submission.isOpen = true;
        if (may(turn.state, Right::List)) loadList(turn);  // what it may have added stands there
    }
    if (trouble.origin == Origin::NoConnection) trouble.origin = Origin::Lost;
    tellFailed(turn, dialog, std::move(trouble));
}

// Not all was added, so nothing that was entered goes: the rest stays ticked, or something else may be picked.
void keepOpen(Turn& turn, DialogState& dialog, Notice notice) {
    dialog.submission.isUnchanged = false;
    dialog.banner = {.trouble = {},
                     .outcomeTitle = notice.title,
                     .outcome = notice.text,
                     .addedNothing = notice.kind == NoticeKind::Information};
    if (const LeftCreate* left = leftWith(turn.state, dialog)) {
        // Over another user's dialog "nothing new" would be of that one.
        std::string named =
            format(turn.state.locale, Message::LeftFailed, {{"user", dialog.submission.user}});
        if (dialog.banner.addedNothing && notice.title != named)
            notice.text = std::exchange(notice.title, std::move(named)) + ". " + notice.text;
        notice.action = NoticeAction::OpenAgain;
        notice.left = left->number;
        return notify(turn, std::move(notice));
    }
    announce(turn, notice.title + ". " + notice.text);
    lookUp(turn, LookupTrigger::ListPassed);  // what it says of the list is of before
}

// The one that is known now has ended; what the dialog holds is the next one.
void settle(DialogState& dialog) {
    dialog.submission.request = 0;
    dialog.submission.checked = 0;
    dialog.submission.isOpen = false;
}

// What became of it is told, and then the draft has its turn where Create New was pressed for it. Whoever has left
// it, or has something to see of the same user or of what nobody knows, goes on by hand.
void goOn(Turn& turn, DialogState& dialog, Notice notice) {
    const LeftCreate* left = leftWith(turn.state, dialog);
    const bool sends = std::exchange(dialog.submission.sendsNext, false);
    const bool isAgain = std::exchange(dialog.submission.isUnchanged, false);
    if (left && dialog.submission.isDiscarded) {
        forgetLeft(turn.state, left->number);
        return notify(turn, std::move(notice));
    }
    const bool isOthers = dialog.submission.userId != dialog.draft.userId;
    const bool changed = notice.kind == NoticeKind::Success && !isOthers;
    if (changed) addSentence(notice.text, text(turn.state.locale, Message::CreatedBefore));
    if (left && sends && isOthers)
        addSentence(notice.text,
                    format(turn.state.locale, Message::LeftUnsent, {{"user", wordsForUser(dialog)}}));
    if (left || !sends || changed || notice.kind == NoticeKind::Error)
        return keepOpen(turn, dialog, std::move(notice));
    submit(turn);
    dialog.banner.clear();
    dialog.submission.sendsNext &=
        !isAgain;  // the same at most once more: something may keep it from arriving
    if (!isOthers && dialog.busy()) return;
    dialog.banner.outcomeTitle = notice.title;
    dialog.banner.outcome = notice.text;
    notify(turn, std::move(notice));  // for when the dialog has closed
    if (dialog.doubt == Doubt::Asked)
        announceDoubt(turn);  // once more: an outcome stays beside it, and nothing else
}

// Nothing was created, and nothing will be. `why`: of what is said of it, where nothing else was waiting for that.
void undone(Turn& turn, DialogState& dialog, Trouble why) {
    SubmissionState& submission = dialog.submission;
    settle(dialog);
    const bool tries = submission.sendsNext && why.origin != Origin::Proxy && !leftWith(turn.state, dialog);
    const bool isAll = submission.isUnchanged && !submission.isDiscarded;
    if (isAll && !tries) return tellFailed(turn, dialog, std::move(why));
    if (!isAll)
        turn.add(RaiseEvent{"problem", endedDetail("notCreated", submission.userId, whoseIs(turn, dialog))});
    goOn(turn, dialog,
         {NoticeKind::Information,
          format(turn.state.locale, Message::LeftFailed, {{"user", submission.user}}),
          {}});
}

// Nobody can tell any more what became of it.
void forgotten(Turn& turn, DialogState& dialog) {
    const Locale locale = turn.state.locale;
    const SubmissionState& submission = dialog.submission;
    settle(dialog);
    turn.add(RaiseEvent{"problem", endedDetail(nameOf(ProblemCode::OutcomeUnknown), submission.userId,
                                               whoseIs(turn, dialog))});
    if (may(turn.state, Right::List)) loadList(turn);
    goOn(turn, dialog,
         {NoticeKind::Error, format(locale, Message::LeftUnknown, {{"user", submission.user}}),
          std::string(text(locale, Message::ProblemOutcomeUnknownAdvice))});
}

void succeed(Turn& turn, DialogState& dialog, const CreateAnswer& answer) {
    State& state = turn.state;
    const LeftCreate* left = leftWith(state, dialog);
    const bool isOfBefore = dialog.submission.isOfBefore();
    const UserId userId = dialog.submission.userId;
    const std::string number = dialog.identity.canonical;
    Notice notice = noticeOf(state, answer, dialog.submission);
    settle(dialog);
    turn.add(RaiseEvent{
        answer.added.empty() ? "unchanged" : "created",
        createdDetail(userId, answer, notice.title + ". " + notice.text, left ? Whose::Left : Whose::Open)});
    for (const Certificate& certificate : answer.added) {
        state.list.added.push_back(certificate.id);
        if (state.opening == Opening::Page) notice.shows.push_back(certificate.id);
    }
    countMore(state, userId, static_cast<std::int64_t>(answer.added.size()));
    if (!notice.shows.empty() && may(state, Right::List)) notice.action = NoticeAction::Show;
    if (isOfBefore) {
        addSentence(notice.text, serialsWords(state.locale, answer.added));
        goOn(turn, dialog, std::move(notice));
    } else if (answer.added.empty() || !answer.missing.empty()) {
        // Said by the banner now; this is for when the rest has been created and the dialog has closed.
        if (!left && !answer.added.empty() && !answer.notSaved.empty()) {
            Notice lasting = noticeOf(state, answer, dialog.submission, TellOf::Added);
            lasting.action = notice.action;
            lasting.shows = notice.shows;
            state.notices.push_back(std::move(lasting));
        }
        keepOpen(turn, dialog, std::move(notice));
    } else if (!left) {
        closeDialog(turn);
        notify(turn, std::move(notice));
        state.list.revealsAdded = true;
    } else {
        forgetLeft(state, left->number);
        notify(turn, std::move(notice));
        // What another dialog says of that user's list, and of whose list these are on, is of before.
        if (state.dialog &&
            (state.dialog->draft.userId == userId || state.dialog->identity.canonical == number))
            lookUp(turn, LookupTrigger::ListPassed);
    }
    if (may(state, Right::List)) loadList(turn);
}

// Said once, and of a left create not at all: nothing is wrong yet.
void sayOpen(Turn& turn, DialogState& dialog, Origin origin) {
    if (dialog.banner.trouble && dialog.banner.trouble->origin == origin) return;
    Trouble trouble;
    trouble.origin = origin;
    trouble.became = Became::Unknown;
    if (!leftWith(turn.state, dialog)) announce(turn, describe(turn.state.locale, trouble));
    dialog.banner.show(trouble, Retry::None);
}

// The proxy is finding out, and has said when to ask again.
void keepChecking(Turn& turn, DialogState& dialog, const PendingCreate& pending) {
    if (dialog.submission.checked == 0) {
        dialog.submission.checked = pending.id;
        dialog.submission.retriesLeft = kCheckingPatience;
        sayOpen(turn, dialog, Origin::Checking);
    }
    wait(turn, dialog, pending.retryAfterSeconds);
}

void keepAsking(Turn& turn, DialogState& dialog, const Trouble& trouble) {
    SubmissionState& submission = dialog.submission;
    if (trouble.origin != Origin::Proxy && !submission.isOpen) submission.lostTo = trouble.origin;
    if (trouble.code != ProblemCode::UserPending) submission.isOpen = true;
    if (trouble.origin != Origin::Proxy && submission.checked == 0) sayOpen(turn, dialog, Origin::Unanswered);
    wait(turn, dialog, trouble.retryAfterSeconds);
}

template <class Do>
void forEachCreate(State& state, Do&& act) {
    if (state.dialog && state.dialog->busy()) act(*state.dialog);
    for (LeftCreate& left : state.left)
        if (left.dialog.busy()) act(left.dialog);
}

DialogState* dialogSentAs(State& state, RequestNumber number) {
    DialogState* sent = nullptr;
    forEachCreate(state, [&](DialogState& dialog) {
        if (dialog.submission.request == number) sent = &dialog;
    });
    return sent;
}

constexpr std::uint32_t kCreateTickMilliseconds = 1'000;

void startAsking(Turn& turn, DialogState& dialog) {
    SubmissionState& submission = dialog.submission;
    submission.retriesLeft = kPatience;
    submission.since = turn.state.steady;
    submission.seconds = 0;
    turn.add(StartTimer{Timer::Creating, kCreateTickMilliseconds});
    sendNext(turn, dialog);
}

// Apart from createAnswered(), which each answer passes: a first view's need none of this (web/platform/split.mjs).
[[gnu::noinline]] void take(Turn& turn, DialogState& dialog, const Answered& answered) {
    if (answered.status == 202) {
        const auto pending = readPendingCreate(answered);
        if (dialog.submission.retriesLeft == 0) {
            Trouble trouble;
            trouble.code = ProblemCode::InProgress;
            if (dialog.submission.checked != 0) trouble.origin = Origin::Checking;
            fail(turn, dialog, trouble);
        } else if (pending) {
            keepChecking(turn, dialog, pending.value());
        } else {
            wait(turn, dialog, kPauseSeconds);
        }
        return;
    }
    const auto answer = readCreate(answered);
    SubmissionState& submission = dialog.submission;
    const bool isOver = !answer && isNobodysToTell(submission, answer.error());
    const bool isUndone = submission.isOpen && !answer && isFinal(answer.error());
    const bool isWithdrawn = submission.isOpen && answered.status == 204;
    if (isOver || ((isWithdrawn || isUndone) && isForgotten(turn.state, submission)))
        return forgotten(turn, dialog);
    if (isWithdrawn || isUndone)
        return undone(turn, dialog, isUndone ? answer.error() : Trouble{{}, submission.lostTo});
    if (answer) return succeed(turn, dialog, answer.value());
    const Trouble& trouble = answer.error();
    const bool inProgress = trouble.origin == Origin::Proxy && (trouble.code == ProblemCode::InProgress ||
                                                                trouble.code == ProblemCode::UserPending);
    const bool asksAgain = trouble.origin != Origin::Proxy ||
                           (dialog.submission.checked != 0 && leavesOpen(trouble, answered.status));
    if ((inProgress || asksAgain) && dialog.submission.retriesLeft > 0)
        keepAsking(turn, dialog, trouble);
    else
        fail(turn, dialog, trouble);
}

}  // namespace

void withdrawCreate(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    sayOpen(turn, dialog, Origin::Unanswered);
    startAsking(turn, dialog);
}

void askAboutOpen(Turn& turn) {
    State& state = turn.state;
    const auto isNotAsked = [](const DialogState& dialog) {
        return dialog.submission.isOpen && !dialog.busy();
    };
    if (state.dialog && isNotAsked(*state.dialog)) withdrawCreate(turn);
    for (LeftCreate& left : state.left)
        if (isNotAsked(left.dialog)) startAsking(turn, left.dialog);
}

void submit(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.busy()) return;
    if (dialog.mode == Mode::Lookup) return lookUp(turn, LookupTrigger::Button);
    if (dialog.submission.isOpen) {
        dialog.submission.sendsNext = true;
        return withdrawCreate(turn);
    }
    dialog.isTooEarly = dialog.signature.preparation.has_value();  // it is to be sent, and not the one before
    if (dialog.isTooEarly) return announce(turn, footWords(turn.state.locale, dialog));
    dialog.validation.submitted = true;
    // What was refused before may be fine by now, but for a user whom only the portal can name.
    std::erase_if(dialog.validation.refusals, [&turn](const Finding& refusal) {
        return refusal.code != FindingCode::UserUnknown || !isLocked(turn.state, Field::User);
    });
    if (hasImage(dialog)) dialog.signature.refused.reset();
    revalidate(turn.state);
    // SmartCA may know the number by now.
    if (isLookedUp(dialog) && countFound(dialog) == 0) return lookUp(turn, LookupTrigger::Button);
    if (focusFirstError(turn)) return;
    if (lookUpBeforeSending(turn)) return;
    dialog.isTooEarly = dialog.user.naming != 0 || dialog.signature.defaults.phase == Phase::Loading;
    if (dialog.isTooEarly) return announce(turn, footWords(turn.state.locale, dialog));
    const bool isUnseen = dialog.isUnseen && dialog.lookup.ticking == Ticking::ByItself;
    if (isUnseen || addsNothing(prospectOf(dialog)))
        return announce(turn, prospectWords(turn.state.locale, dialog));
    if (askAboutDoubts(turn)) return;
    dialog.banner.clear();
    announce(turn, std::string(text(turn.state.locale, Message::Creating)));
    dialog.submission.sendsNext = true;  // once more, where it has never arrived
    startAsking(turn, dialog);
}

void letBeSeen(Turn& turn) {
    constexpr std::uint32_t kLongerThanADoubleClick = 600;  // milliseconds; systems end it at 500
    turn.state.dialog->isUnseen = true;
    turn.add(StartTimer{Timer::Seen, kLongerThanADoubleClick});
}

void createAgain(Turn& turn) {
    forEachCreate(turn.state, [&turn](DialogState& dialog) {
        if (std::exchange(dialog.submission.waits, false)) sendNext(turn, dialog);
    });
}

void createTick(Turn& turn) {
    bool runs = false;
    forEachCreate(turn.state, [&](DialogState& dialog) {
        runs = true;
        SubmissionState& submission = dialog.submission;
        const Instant seconds = turn.state.steady - submission.since;
        const Instant before = std::exchange(submission.seconds, seconds);
        if (before < kMayLeaveAfter && seconds >= kMayLeaveAfter && !leftWith(turn.state, dialog))
            announce(turn, std::string(text(turn.state.locale, takesLongWords(submission))));
    });
    if (runs) turn.add(StartTimer{Timer::Creating, kCreateTickMilliseconds});
}

bool createAnswered(Turn& turn, const Answered& answered) {
    DialogState* const sent = answered.number == 0 ? nullptr : dialogSentAs(turn.state, answered.number);
    if (!sent || sent->submission.waits) return false;
    take(turn, *sent, answered);
    return true;
}

}  // namespace smartca::app
