// What a create has led to: a closed dialog, one that stays with what is to be seen first, or a notice of one that was left.
#include <algorithm>

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

// SmartCA has something else by now than the list on screen, whose ticks the same rules let pass.
bool isOfNumber(const Findings& findings) {
    return std::ranges::any_of(findings, [](const Finding& finding) {
        return finding.field == Field::Identity || finding.field == Field::Serial;
    });
}

// All that it was to add was added by another one since; what became of it is known.
bool isMade(const State& state, const SubmissionState& failed) {
    const auto since = state.list.added.begin() + static_cast<std::ptrdiff_t>(failed.addedBefore);
    const auto isAdded = [&](const std::string& serial) {
        return std::any_of(since, state.list.added.end(), [&](const Certificate& added) {
            return added.userId == failed.userId && added.serial == serial;
        });
    };
    return !failed.isOpen && !failed.wanted.empty() && std::ranges::all_of(failed.wanted, isAdded);
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
    if (const LeftCreate* left = leftWith(turn.state, dialog)) {
        if (isMade(turn.state, submission)) return forgetLeft(turn.state, left->number);
        return failLeft(turn, dialog, trouble);
    }
    if (trouble.code == ProblemCode::Findings && !trouble.findings.empty()) {
        refuse(turn, trouble.findings);
        if (isOfNumber(trouble.findings)) lookUp(turn, LookupTrigger::ListPassed);
        takePrefill(turn);  // what a renewed token locks waited for the end of it, and is refused no more
        if (focusFirstError(turn)) return;
    } else {
        takePrefill(turn);
    }
    dialog.banner.show(trouble, Retry::Create);
    announce(turn, describe(turn.state.locale, trouble), Politeness::Assertive);
    moveFocus(turn, {ControlKind::BannerRetry});
}

// Not all was added, so nothing that was entered goes: the rest stays ticked, or something else may be picked.
void keepOpen(Turn& turn, DialogState& dialog, Notice notice) {
    const LeftCreate* const left = leftWith(turn.state, dialog);
    dialog.submission.isUnchanged = false;
    if (!left) takePrefill(turn);  // another user or number takes what the banner says with it
    dialog.banner = {.trouble = {},
                     .outcomeTitle = notice.title,
                     .outcome = notice.text,
                     .addedNothing = notice.kind == NoticeKind::Information};
    if (left) {
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
    revealBanner(turn);
    lookUp(turn, LookupTrigger::ListPassed);  // what it says of the list is of before
}

// Whoever has begun anew in place of a left one has what that was to add: its "nothing was added" would deny it.
void forgetMended(State& state, const DialogState& by) {
    for (auto next = state.left.begin(); next != state.left.end();) {
        const LeftCreate& left = *next++;
        if (&left.dialog != &by && !left.dialog.busy() && isMade(state, left.dialog.submission))
            forgetLeft(state, left.number);
    }
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
    notice.stays = true;
    if (left && dialog.submission.isDiscarded) {
        forgetLeft(turn.state, left->number);
        return notify(turn, std::move(notice));
    }
    const bool isOthers = dialog.submission.userId != dialog.draft.userId;
    const bool changed = notice.kind == NoticeKind::Success && !isOthers;
    if (changed) addSentence(notice.text, text(turn.state.locale, Message::CreatedBefore));
    if (left && sends && isOthers)
        addSentence(notice.text,
                    format(turn.state.locale, Message::LeftUnsent, {{"user", userWords(dialog)}}));
    const bool locks =
        !lockFindings(dialog.draft, turn.state.session.value.prefill).empty();  // since the press
    if (left || !sends || changed || locks || notice.kind == NoticeKind::Error)
        return keepOpen(turn, dialog, std::move(notice));
    submit(turn);
    dialog.banner.clear();
    // The same at most once more: something may keep it from arriving.
    dialog.submission.sendsNext &= !isAgain;
    if (!isOthers && dialog.busy()) return;
    dialog.banner.outcomeTitle = notice.title;
    dialog.banner.outcome = notice.text;
    revealBanner(turn);
    // For when the dialog has closed; beside what is created for the same user it would deny that.
    if (isOthers)
        notify(turn, std::move(notice));
    else
        announce(turn, wordsOf(notice), Politeness::Assertive);
    if (dialog.doubt == Doubt::Asked)
        announceDoubt(turn);  // once more: an outcome stays beside it, and nothing else
}

}  // namespace

void createFailed(Turn& turn, DialogState& dialog, Trouble trouble) {
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

void createUndone(Turn& turn, DialogState& dialog, Trouble why) {
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

void createForgotten(Turn& turn, DialogState& dialog) {
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

void createSucceeded(Turn& turn, DialogState& dialog, const CreateAnswer& answer) {
    State& state = turn.state;
    const LeftCreate* left = leftWith(state, dialog);
    const bool isOfBefore = dialog.submission.isOfBefore();
    const UserId userId = dialog.submission.userId;
    const std::string number = dialog.identity.canonical;
    Notice notice = noticeOf(state, answer, dialog.submission);
    settle(dialog);
    for (const Certificate& certificate : answer.added) {
        state.list.added.push_back(certificate);
        if (state.opening == Opening::Page) notice.shows.push_back(certificate.id);
    }
    forgetMended(state, dialog);
    const bool isPlain =
        notice.text == format(state.locale, Message::CreatedFor, {{"user", dialog.submission.user}});
    if (isOfBefore) addSentence(notice.text, serialsWords(state.locale, answer.added));
    // Whoever discards is promised to be told; and over a portal another form may hide it.
    notice.stays = dialog.submission.isDiscarded || (left && state.opening == Opening::Dialog);
    turn.add(RaiseEvent{
        answer.added.empty() ? "unchanged" : "created",
        createdDetail(userId, answer, notice.title + ". " + notice.text, left ? Whose::Left : Whose::Open)});
    countMore(state, userId, static_cast<std::int64_t>(answer.added.size()));
    if (!notice.shows.empty() && may(state, Right::List)) notice.action = NoticeAction::Show;
    if (isOfBefore) {
        goOn(turn, dialog, std::move(notice));
    } else if (answer.added.empty() || !answer.missing.empty()) {
        // Said by the banner now; this is for when the rest has been created and the dialog has closed.
        if ((!left || state.opening == Opening::Page) && !answer.added.empty() && !answer.notSaved.empty()) {
            Notice lasting = noticeOf(state, answer, dialog.submission, TellOf::Added);
            lasting.action = notice.action;
            lasting.shows = notice.shows;
            state.notices.push_back(std::move(lasting));
        }
        keepOpen(turn, dialog, std::move(notice));
    } else if (!left) {
        closeDialog(turn);
        std::erase_if(state.notices, [](const Notice& other) { return other.makesRoom; });
        notice.makesRoom = isPlain;
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

}  // namespace smartca::app
