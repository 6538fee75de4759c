#include <algorithm>

#include "shared/serial.h"
#include "web/app/dialogs.h"
#include "web/app/picks.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

constexpr int kPatience = 6;  // how often a create that is still being worked on is asked about again
constexpr int kCheckingPatience = 60;  // and one that is being found out about: some minutes
constexpr int kPauseSeconds = 2;
constexpr int kLongestPauseSeconds = 30;

std::string nextKey(State& state) {
    return state.seed + '-' + std::to_string(++state.lastKey);
}

// An image or a text that its display mode does not show is still sent: the mode may change later.
void sendDraft(State& state, DialogState& dialog, SendRequest& request) {
    SubmissionState& submission = dialog.submission;
    submission.idempotencyKey = nextKey(state);
    submission.isUnchanged = true;
    submission.isDiscarded = false;
    submission.sentAt = state.now;
    submission.addedBefore = state.list.added.size();
    submission.userId = dialog.draft.userId;
    submission.wanted = dialog.draft.serials;
    if (const auto typed = parseSerial(dialog.draft.serial); typed && !typed.value().hexadecimal.empty())
        submission.wanted.assign(1, typed.value().hexadecimal);
    submission.user = userWords(dialog);
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

// Said once, and of a left create not at all: nothing is wrong yet.
void sayOpen(Turn& turn, DialogState& dialog, Origin origin) {
    if (dialog.banner.trouble && dialog.banner.trouble->origin == origin) return;
    Trouble trouble;
    trouble.origin = origin;
    trouble.became = Became::Unknown;
    dialog.banner.show(trouble, Retry::None);
    if (leftWith(turn.state, dialog)) return;
    announce(turn, describe(turn.state.locale, trouble));
    revealBanner(turn);
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
            createFailed(turn, dialog, trouble);
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
        return createForgotten(turn, dialog);
    if (isWithdrawn || isUndone)
        return createUndone(turn, dialog, isUndone ? answer.error() : Trouble{{}, submission.lostTo});
    if (answer) return createSucceeded(turn, dialog, answer.value());
    const Trouble& trouble = answer.error();
    const bool inProgress = trouble.origin == Origin::Proxy && (trouble.code == ProblemCode::InProgress ||
                                                                trouble.code == ProblemCode::UserPending);
    const bool asksAgain = trouble.origin != Origin::Proxy ||
                           (dialog.submission.checked != 0 && leavesOpen(trouble, answered.status));
    if ((inProgress || asksAgain) && dialog.submission.retriesLeft > 0)
        keepAsking(turn, dialog, trouble);
    else
        createFailed(turn, dialog, trouble);
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
    dialog.isTooEarly = dialog.signature.preparation.has_value();  // it is to be sent, and not the one before
    if (dialog.isTooEarly) return announce(turn, footWords(turn.state.locale, dialog));
    if (dialog.submission.isOpen) {
        dialog.submission.sendsNext = isLookedUp(dialog);  // nothing is added that was not there to be seen
        return withdrawCreate(turn);
    }
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
