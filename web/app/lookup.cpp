#include "web/app/dialogs.h"
#include "web/app/picks.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

// Warnings included: a number that is probably mistyped is looked up when the person asks for it, not by
// itself.
bool looksRight(const DialogState& dialog) {
    if (dialog.identity.kind == IdentityKind::Empty || dialog.identity.kind == IdentityKind::Unknown)
        return false;
    for (const Finding& finding : dialog.validation.findings)
        if (finding.field == Field::Identity) return false;
    return true;
}

// Text that the proxy would not even pass on.
bool isUnusable(const DialogState& dialog) {
    for (const Finding& finding : dialog.validation.findings)
        if (finding.field == Field::Identity && severityOf(finding.code) == Severity::Error &&
            finding.code != FindingCode::NoCertificate && finding.code != FindingCode::PersonUnknown)
            return true;
    return dialog.identity.canonical.empty();
}

bool isRunning(const DialogState& dialog) {
    return dialog.lookup.answer.request != 0 && dialog.lookup.identity == dialog.identity.canonical &&
           dialog.lookup.user == dialog.draft.userId;
}

void showWhatIsWrong(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    dialog.validation.touched.set(static_cast<std::size_t>(Field::Identity));
    if (const Finding* finding = findingAt(dialog, Field::Identity))
        announce(turn, findingWords(turn.state, *finding), Politeness::Assertive);
    moveFocus(turn, {ControlKind::Identity});
}

void forget(DialogState& dialog) {
    dialog.lookup.answer.value = {};
    dialog.lookup.registered.reset();
    dialog.lookup.hasAnswer = false;
    arrange(dialog);
}

void forgetRefusals(DialogState& dialog, Field field) {
    std::erase_if(dialog.validation.refusals,
                  [field](const Finding& refusal) { return refusal.field == field; });
}

void start(Turn& turn, bool quiet) {
    DialogState& dialog = *turn.state.dialog;
    const std::string& identity = dialog.identity.canonical;
    if (dialog.lookup.identity != identity) {
        forget(dialog);
        // What was ticked is another number's; a serial that was typed may be meant for this one.
        dialog.draft.serials.clear();
        dialog.lookup.aside.clear();
        dialog.lookup.behind.clear();
        dialog.lookup.ticking = Ticking::ByItself;
        dialog.lookup.search.clear();
    }
    dialog.lookup.identity = identity;
    dialog.lookup.user = dialog.draft.userId;
    dialog.lookup.isSilent = quiet;
    if (dialog.banner.retry == Retry::LookUp) dialog.banner.clear();
    dialog.banner.also.clear();
    load(turn, dialog.lookup.answer, Method::Post, "lookups", lookupBody({identity, dialog.draft.userId}));
    revalidate(turn.state);
}

void failed(Turn& turn, const Trouble& trouble) {
    DialogState& dialog = *turn.state.dialog;
    dialog.lookup.answer.phase = Phase::Failed;
    dialog.lookup.answer.problem = trouble;
    forget(dialog);
    if (trouble.origin == Origin::Proxy && trouble.code == ProblemCode::Findings &&
        !trouble.findings.empty()) {
        refuse(turn, trouble.findings);
        return;
    }
    revalidate(turn.state);
    tell(turn, trouble, Retry::LookUp);
}

}  // namespace

std::string whatWasFound(const State& state) {
    const Locale locale = state.locale;
    const DialogState& dialog = *state.dialog;
    const LookupAnswer& answer = dialog.lookup.answer.value;
    if (countFound(dialog) == 0)
        return std::string(
            text(locale, answer.personUnknown ? Message::FindingPersonUnknown : Message::LookupNone));
    std::string words = foundWords(locale, dialog);
    if (dialog.draft.businessAccount == Switch::On && answer.certificates.size() > 1 &&
        ticked(dialog).empty())
        words.append(", ").append(text(locale, Message::LookupPickOne));
    words += '.';
    if (const std::string foot = footWords(locale, dialog); !foot.empty()) addSentence(words, foot);
    if (const Finding* wrong = findingAt(dialog, Field::Serial))
        addSentence(words, findingWords(state, *wrong));
    return words;
}

// What became of a create is not known until the list tells, whatever is entered now; it is not tried again.
void withdrawBanner(DialogState& dialog) {
    BannerState& banner = dialog.banner;
    banner.also.clear();
    if (banner.trouble && banner.trouble->became == Became::Unknown)
        banner.retry = Retry::None;
    else if (banner.retry != Retry::Settings)
        banner.clear();
}

void revealBanner(Turn& turn) {
    turn.add(Reveal{{ControlKind::BannerDismiss}});
}

void tell(Turn& turn, const Trouble& trouble, Retry retry) {
    const Locale locale = turn.state.locale;
    DialogState& dialog = *turn.state.dialog;
    BannerState& banner = dialog.banner;
    std::string words = describe(locale, trouble);
    announce(turn, words, Politeness::Assertive);
    const bool isUnknown = banner.trouble && banner.trouble->became == Became::Unknown;
    // What to do may stand there already (view/banner.cpp).
    if (isUnknown && !dialog.submission.isOfBefore() &&
        adviceOf(locale, *banner.trouble).find(adviceOf(locale, trouble)) != std::string::npos)
        words = std::string(text(locale, titleOf(trouble))) + '.';
    if (isUnknown || !banner.outcomeTitle.empty())
        banner.also = ' ' + words;
    else
        banner.show(trouble, retry);
    revealBanner(turn);
}

void identityTyped(Turn& turn, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.draft.identity == text) return;
    dialog.draft.identity = text;
    dialog.identity = parseIdentity(text);
    if (dialog.lookup.answer.request != 0 && dialog.lookup.identity != dialog.identity.canonical) {
        abandon(turn, dialog.lookup.answer);
        forget(dialog);
        dialog.lookup.identity.clear();
    }
    withdrawBanner(dialog);
    fieldChanged(turn, Field::Identity);
}

void takeSuggestion(Turn& turn, std::size_t index) {
    const std::vector<std::string> numbers = identitySuggestions(*turn.state.dialog);
    if (index >= numbers.size()) return;
    identityTyped(turn, numbers[index]);
    moveFocus(turn, {ControlKind::Identity});
    turn.add(InsertText{{ControlKind::Identity}, numbers[index], Insertion::All});
}

void lookUp(Turn& turn, LookupTrigger trigger) {
    DialogState& dialog = *turn.state.dialog;
    dialog.mayMeetCreate = trigger != LookupTrigger::Button && trigger != LookupTrigger::Retry;
    const bool same = !dialog.lookup.identity.empty() && dialog.lookup.identity == dialog.identity.canonical;
    switch (trigger) {
        case LookupTrigger::LeavingField:
            if (!same && looksRight(dialog)) start(turn, false);
            return;
        case LookupTrigger::OtherUser:
        case LookupTrigger::ListPassed:
            if (same && (dialog.lookup.hasAnswer || dialog.lookup.answer.request != 0))
                start(turn, dialog.lookup.hasAnswer);
            return;
        case LookupTrigger::Button:
        case LookupTrigger::Retry:
            nameUserAgain(turn);  // whose banner may have given way to this one's
            if (isUnusable(dialog)) return showWhatIsWrong(turn);
            announce(turn, std::string(text(turn.state.locale, Message::LookingUp)));
            dialog.lookup.isSilent = false;  // its end is waited for now
            if (isRunning(dialog)) return;
            if (trigger == LookupTrigger::Button) forgetRefusals(dialog, Field::Serial);
            return start(turn, false);
    }
}

bool lookUpBeforeSending(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (isLookedUp(dialog) || isUnusable(dialog)) return false;
    lookUp(turn, LookupTrigger::Button);
    dialog.mayMeetCreate = true;
    return true;
}

void announceProspect(Turn& turn) {
    const DialogState& dialog = *turn.state.dialog;
    if (fieldsInError(dialog) > 0 || prospectOf(dialog) == Prospect::LookingUp) return;
    turn.state.dialog->isTooEarly = false;  // the foot says this in its place
    if (auto words = prospectWords(turn.state.locale, dialog); !words.empty())
        announce(turn, std::move(words));
}

bool lookupAnswered(Turn& turn, const Answered& answered) {
    DialogState& dialog = *turn.state.dialog;
    if (!isAnswerTo(dialog.lookup.answer, answered.number)) return false;
    auto answer = readLookup(answered);
    const bool quiet = std::exchange(dialog.lookup.isSilent, false);
    if (dialog.mayMeetCreate) letBeSeen(turn);
    if (!answer) {
        withdrawDoubt(turn);
        failed(turn, answer.error());
        return true;
    }
    dialog.lookup.answer.value = std::move(answer).value();
    dialog.lookup.answer.phase = Phase::Ready;
    dialog.lookup.hasAnswer = true;
    dialog.lookup.listOf = dialog.lookup.user;
    const bool asked = std::exchange(dialog.doubt, Doubt::None) == Doubt::Asked;
    // The rules say it again where it is so still. What was said of a pick stays: it tells why its tick has gone.
    forgetRefusals(dialog, Field::Identity);
    takeAnswer(dialog);
    tickByItself(dialog);
    revalidate(turn.state);
    tellOpened(turn);
    if (!quiet) turn.add(RaiseEvent{"lookedup", lookedUpDetail(dialog)});
    if (!quiet)
        announce(turn, whatWasFound(turn.state));
    else if (!dialog.banner.isShown())  // which has been said
        announceProspect(turn);
    if (asked && !askAboutDoubts(turn)) moveFocus(turn, {ControlKind::Submit});
    // Create New has asked: what is wrong, or else what was found, may be out of sight.
    const bool hasAsked = dialog.validation.submitted && turn.state.focused.kind == ControlKind::Submit;
    if (hasAsked && !focusFirstError(turn) && !dialog.lookup.rows.empty())
        turn.add(Reveal{{ControlKind::Pick, dialog.lookup.rows.front()}});
    return true;
}

}  // namespace smartca::app
