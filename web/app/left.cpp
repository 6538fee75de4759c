#include <algorithm>
#include <utility>

#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

std::list<LeftCreate>::iterator leftAt(State& state, std::uint16_t number) {
    return std::ranges::find(state.left, number, &LeftCreate::number);
}

bool isCovered(const State& state) {
    return state.dialog || state.details || state.rename || state.confirm.question != Question::None;
}

// What was under way beside the create was given up when the dialog was left.
void resume(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.signature.defaults.phase == Phase::Loading) loadDefaults(turn);
    if (dialog.lookup.answer.phase == Phase::Loading) {
        dialog.lookup.answer.phase = Phase::Idle;
        lookUp(turn, LookupTrigger::Retry);
    } else if (!dialog.busy() && !dialog.submission.isOpen) {
        lookUp(turn, LookupTrigger::ListPassed);
    }
    takePrefill(turn);  // what a token has locked since
    showImageAgain(turn);
    resolve(turn);
    codeTick(turn);
}

}  // namespace

void leaveRunning(Turn& turn) {
    State& state = turn.state;
    LeftCreate& left = state.left.emplace_back();
    left.number = ++state.lastLeft;
    left.dialog = std::move(*state.dialog);  // whose requests and secrets closeDialog() looks after
    DialogState& dialog = left.dialog;
    dialog.secrets.password = dialog.secrets.secretKey = Visibility::Hidden;
    dialog.secrets.code = {};
    dialog.signature.preparation.reset();  // which closeDialog() stops
    dialog.user.search.list = Visibility::Hidden;
    dialog.user.search.results = {};  // which counts what each has had until now
    dialog.signature.defaults.request = dialog.lookup.answer.request = 0;
    turn.add(RaiseEvent{"pending", pendingDetail(dialog.submission, Whose::Open)});
    const Message message = dialog.submission.isOpen ? Message::LeftUnknown : Message::LeftRunning;
    std::string words = format(state.locale, message, {{"user", dialog.submission.user}});
    if (state.opening == Opening::Dialog && dialog.submission.isDiscarded)
        state.notices.push_back(
            {.title = words,
             .text = std::string(text(state.locale, Message::ProblemOutcomeUnknownAdvice)),
             .stays = true});  // for closeDialog() to tell
    closeDialog(turn);
    announce(turn, std::move(words));
}

void openLeft(Turn& turn, std::uint16_t number) {
    State& state = turn.state;
    const auto left = leftAt(state, number);
    if (left == state.left.end() || isCovered(state)) return;
    closePageLists(turn);
    state.dialog.emplace() = std::move(left->dialog);
    forgetLeft(state, number);
    state.dialog->submission.sendsNext = false;    // whoever left was told so
    state.dialog->submission.isDiscarded = false;  // it is theirs again
    resume(turn);
    askAboutOpen(turn);
    const DialogState& dialog = *state.dialog;
    if (state.opening == Opening::Dialog) turn.add(RaiseEvent{"opened", openedDetail(dialog.draft.userId)});
    if (dialog.busy()) return moveFocus(turn, {ControlKind::DialogClose});
    if (dialog.banner.trouble) return moveFocus(turn, {ControlKind::BannerRetry});
    if (const BannerState& banner = dialog.banner; !banner.outcomeTitle.empty()) {
        // A hand that expects an empty form would go on typing in this one.
        announce(turn, banner.outcomeTitle + ". " + banner.outcome);
        return moveFocus(turn, {ControlKind::BannerDismiss});
    }
    if (!focusFirstError(turn)) moveFocus(turn, firstControl(state));
}

void leftFailed(Turn& turn, DialogState& dialog, const Trouble& trouble) {
    const LeftCreate* left = leftWith(turn.state, dialog);
    if (!left) return;
    const Locale locale = turn.state.locale;
    Notice notice;
    notice.kind = NoticeKind::Error;
    notice.title =
        format(locale, trouble.became == Became::Unknown ? Message::LeftUnknown : Message::LeftFailed,
               {{"user", dialog.submission.user}});
    notice.text = trouble.code == ProblemCode::Findings && !trouble.findings.empty()
                      ? describe(locale, trouble.findings.front())
                      : brief(locale, trouble);
    // Over a dialog alone stands the form of somebody else, where nothing can be tried again. Of what was discarded
    // the secrets are gone.
    if (turn.state.opening == Opening::Dialog || dialog.submission.isDiscarded) notice.text.clear();
    if (turn.state.opening != Opening::Dialog) notice.action = NoticeAction::OpenAgain;
    notice.stays = true;  // that form hides it
    notice.left = left->number;
    notify(turn, std::move(notice));
}

void forgetLeft(State& state, std::uint16_t number) {
    const auto left = leftAt(state, number);
    if (left == state.left.end()) return;
    std::erase_if(state.notices, [number](const Notice& notice) { return notice.left == number; });
    wipeSecrets(left->dialog);
    state.left.erase(left);
}

LeftCreate* leftWith(State& state, const DialogState& dialog) {
    const auto left = std::ranges::find_if(
        state.left, [&dialog](const LeftCreate& each) { return &each.dialog == &dialog; });
    return left == state.left.end() ? nullptr : &*left;
}

}  // namespace smartca::app
