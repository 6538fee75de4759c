#include "web/app/dialogs.h"

#include <algorithm>

#include "shared/text.h"
#include "web/app/list.h"
#include "web/app/list_field.h"
#include "web/app/picks.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

void dismissBanner(DialogState& dialog) {
    dialog.banner.clear();
}

void retryBanner(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (!dialog.banner.trouble) return;
    const Retry what = dialog.banner.retry;
    if (what != Retry::Create)
        dismissBanner(dialog);  // that one stays until it is sent: a look-up may come first
    if (what == Retry::LookUp) {
        lookUp(turn, LookupTrigger::Retry);
        moveFocus(turn, {ControlKind::LookUp});  // the banner's button is gone
    }
    if (what == Retry::Create) {
        moveFocus(turn, {ControlKind::Submit});
        if (dialog.submission.isOfBefore())
            withdrawCreate(turn);  // which is what has failed
        else
            submit(turn);
    }
    // Their own banners may have given way to this one.
    nameUserAgain(turn);
    if (dialog.signature.defaults.phase == Phase::Failed) loadDefaults(turn);
    if (turn.state.session.phase == Phase::Failed) load(turn, turn.state.session, Method::Get, "session");
}

void toggleSecret(const DialogState& dialog, Visibility& visibility) {
    if (dialog.draft.businessAccount == Switch::Off) return;
    visibility = visibility == Visibility::Hidden ? Visibility::Shown : Visibility::Hidden;
}

void textTyped(Turn& turn, Field field, const std::string& typed) {
    const auto text = ruleOf(field).text;
    if (text == nullptr || turn.state.dialog->draft.*text == typed) return;
    turn.state.dialog->draft.*text = typed;
    fieldChanged(turn, field);
}

void refuseToOpen(Turn& turn) {
    const Locale locale = turn.state.locale;
    notify(turn, {NoticeKind::Error, std::string(text(locale, titleOf(ProblemCode::NotAllowed))),
                  std::string(text(locale, adviceOf(ProblemCode::NotAllowed)))});
    if (turn.state.opening != Opening::Dialog) return;
    turn.add(RaiseEvent{"problem", R"({"code":"notAllowed"})"});
    turn.add(RaiseEvent{"closed", "{}"});
}

// As if it were typed, so that the rules, the defaults and the look-up follow; but it is no entry of the person.
void fillIn(Turn& turn, const OpenRequested& asked) {
    Draft& started = turn.state.dialog->startedAs;
    started.identity = asked.identity;
    started.serial = asked.serial;
    if (!asked.signatureText.empty()) started.signatureText = asked.signatureText;
    typeInDialog(turn, {ControlKind::Identity}, asked.identity);
    typeInDialog(turn, {ControlKind::Serial}, asked.serial);
    if (started.signatureText) typeInDialog(turn, {ControlKind::SignatureText}, asked.signatureText);
    turn.state.dialog->validation.touched = turn.state.dialog->validation.edited;  // and left
    if (!asked.identity.empty()) lookUp(turn, LookupTrigger::LeavingField);
}

// Whether the opening may be meant for that dialog: it names its user and its number, or none.
bool isMeant(const OpenRequested& asked, const DialogState& dialog) {
    if (!asked.identity.empty() && asked.identity != dialog.startedAs.identity &&
        asked.identity != dialog.draft.identity)
        return false;
    if (asked.userId > 0) return asked.userId == dialog.draft.userId;
    return asked.userCode.empty() || (dialog.user.chosen && dialog.user.chosen->code == asked.userCode);
}

}  // namespace

void openDialog(Turn& turn, const OpenRequested& asked) {
    State& state = turn.state;
    const UserId user = asked.userId;
    if (state.dialog || state.details || state.rename || state.confirm.question != Question::None) return;
    const bool creates = asked.mode == Mode::Create;
    if (!may(state, creates ? Right::Create : Right::Lookup)) return refuseToOpen(turn);
    // No notice leads back to a create that was left and failed: it stood in a dialog that nobody saw, or was
    // put away. What was discarded opens by its notice alone.
    for (const LeftCreate& left : state.left)
        if (creates && !left.dialog.busy() && !left.dialog.submission.isDiscarded &&
            isMeant(asked, left.dialog) &&
            (state.opening == Opening::Dialog ||
             std::ranges::find(state.notices, left.number, &Notice::left) == state.notices.end()))
            return openLeft(turn, left.number);
    closePageLists(turn);
    DialogState& dialog = state.dialog.emplace();
    dialog.mode = asked.mode;
    dialog.draft.userId = dialog.user.startedWith = user > 0 ? user : 0;
    if (user <= 0) dialog.user.startedCode = asked.userCode;
    if (state.session.phase != Phase::Ready && state.session.request == 0)
        load(turn, state.session, Method::Get, "session");
    loadDefaults(turn);
    resolve(turn);
    revalidate(state);
    nameUser(turn);
    fillIn(turn, asked);
    takePrefill(turn);
    askAboutOpen(turn);
    moveFocus(turn, firstControl(state));
    tellOpened(turn);
}

void tellOpened(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    const bool awaits =
        turn.state.session.request != 0 || (dialog.draft.userId == 0 && dialog.user.naming != 0);
    if (dialog.isTold || (awaits && !dialog.lookup.hasAnswer)) return;
    dialog.isTold = true;
    if (turn.state.opening == Opening::Dialog)
        turn.add(RaiseEvent{"opened", openedDetail(dialog.draft.userId)});
}

bool holdsEntries(const DialogState& dialog) {
    const Draft& draft = dialog.draft;
    if (draft.userId == 0 && !dialog.user.search.text.empty()) return true;
    if (keepsSecrets(dialog) || dialog.submission.isOpen) return true;
    if (dialog.lookup.ticking == Ticking::ByHand && !ticked(dialog).empty()) return true;
    return std::ranges::any_of(fieldTable(), [&](const FieldRule& rule) {
        if (rule.field == Field::User) return draft.userId != 0 && draft.userId != dialog.user.startedWith;
        if (rule.text != nullptr && draft.*rule.text == dialog.startedAs.*rule.text) return false;
        const bool starts = std::ranges::find(kPrefillFields, rule.field) != kPrefillFields.end();
        if (starts && sameValue(draft, dialog.startedAs, rule.field)) return false;
        return isEntered(draft, rule.field);
    });
}

void requestClose(Turn& turn) {
    const DialogState& dialog = *turn.state.dialog;
    if (dialog.busy()) return leaveRunning(turn);
    if (dialog.mode == Mode::Lookup || !holdsEntries(dialog)) return giveUp(turn);
    const bool known = turn.state.focused.kind != ControlKind::None;
    ask(turn, {.question = Question::DiscardDraft,
               .certificate = {},
               .returnTo = known ? turn.state.focused : Control{ControlKind::Cancel}});
}

void giveUp(Turn& turn) {
    if (turn.state.opening == Opening::Dialog)
        turn.add(RequestCancel{});
    else
        discard(turn);
}

void discard(Turn& turn) {
    if (!turn.state.dialog->submission.isOpen) return closeDialog(turn);
    turn.state.dialog->submission.isDiscarded = true;
    withdrawCreate(turn);
    leaveRunning(turn);
    wipeSecrets(turn.state.left.back().dialog);
}

void closeDialog(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    closeUsers(turn, dialogUserField(dialog));
    cancel(turn, dialog.signature.defaults.request);
    cancel(turn, dialog.lookup.answer.request);
    cancel(turn, dialog.user.naming);
    turn.add(StopTimer{Timer::Code});
    if (dialog.signature.preparation) turn.add(StopPreparing{});
    if (dialog.signature.image.phase != Phase::Idle) turn.add(DropImage{ImageSlot::Signature});
    wipeSecrets(dialog);
    turn.state.dialog.reset();
    turn.add(RestoreFocus{});
    if (turn.state.opening != Opening::Dialog) return;
    turn.add(RaiseEvent{"closed", closedDetail(turn.state.notices)});
    std::erase_if(turn.state.notices, [](const Notice& notice) { return notice.stays; });
}

void activateInDialog(Turn& turn, Control control) {
    DialogState& dialog = *turn.state.dialog;
    const bool leaves = control.kind == ControlKind::DialogClose || control.kind == ControlKind::Cancel;
    if ((dialog.busy() && !leaves) || isLocked(turn.state, control.kind)) return;
    switch (control.kind) {
        case ControlKind::DialogClose:
        case ControlKind::Cancel:
            return requestClose(turn);
        case ControlKind::BannerRetry:
            return retryBanner(turn);
        case ControlKind::BannerDismiss:
            return dismissBanner(dialog);
        case ControlKind::User:
            return openUsers(turn, dialogUserField(dialog));
        case ControlKind::UserClear:
            return clearUser(turn);
        case ControlKind::UserOption:
            return chooseUser(turn, control.index);
        case ControlKind::UserMore:
            return showMoreUsers(turn, dialogUserField(dialog));
        case ControlKind::IdentitySuggestion:
            return takeSuggestion(turn, control.index);
        case ControlKind::LookUp:
        case ControlKind::LookUpAgain:
            return lookUp(turn, LookupTrigger::Button);
        case ControlKind::PickAll:
            return tickAll(turn);
        case ControlKind::PickSearchClear:
            pickSearchTyped(turn, {});
            return moveFocus(turn, {ControlKind::PickSearch});
        case ControlKind::Pick:
            return tick(turn, control.index);
        case ControlKind::Business:
            return toggleBusiness(turn);
        case ControlKind::RevealPassword:
            return toggleSecret(dialog, dialog.secrets.password);
        case ControlKind::RevealSecretKey:
            return toggleSecret(dialog, dialog.secrets.secretKey);
        case ControlKind::ResetSignatureText:
            return resetSignature(turn, Field::SignatureText);
        case ControlKind::InsertPlaceholder:
            return openPlaceholders(turn);
        case ControlKind::PlaceholderOption:
            return choosePlaceholder(turn, control.index);
        case ControlKind::DisplayMode:
            return chooseDisplayMode(turn, control.index);
        case ControlKind::ResetDisplayMode:
            return resetSignature(turn, Field::DisplayMode);
        case ControlKind::ResetImage:
            return resetSignature(turn, Field::SignatureImage);
        case ControlKind::StopImage:
            return stopImage(turn);
        case ControlKind::DoubtBack:
            return goBack(turn);
        case ControlKind::DoubtWithout:
        case ControlKind::DoubtWith:
            return answerDoubt(turn, control.kind);
        case ControlKind::Submit:
            return dialog.doubt == Doubt::Asked ? void() : submit(turn);
        default:
            return;
    }
}

void typeInDialog(Turn& turn, Control control, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.busy()) return;  // the draft is what was sent
    if (isLocked(turn.state, control.kind)) return;
    switch (control.kind) {
        case ControlKind::User:
            typeUsers(turn, dialogUserField(dialog), text);
            dialog.validation.edited.set(static_cast<std::size_t>(Field::User));
            // What is typed while a user's name is awaited means another.
            if (!dialog.user.chosen || trimmed(text).empty()) forgetUser(turn);
            return;
        case ControlKind::Identity:
            return identityTyped(turn, text);
        case ControlKind::Serial:
            return serialTyped(turn, text);
        case ControlKind::PickSearch:
            return pickSearchTyped(turn, text);
        case ControlKind::Password:
            return secretTyped(turn, Field::Password, text);
        case ControlKind::SecretKey:
            return secretTyped(turn, Field::SecretKey, text);
        case ControlKind::SignatureText:
            return signatureTyped(turn, text);
        default:
            return textTyped(turn, fieldOf(control.kind), text);
    }
}

void keyInDialog(Turn& turn, Control control, Key key) {
    DialogState& dialog = *turn.state.dialog;
    const bool isNumber = control.kind == ControlKind::Identity || control.kind == ControlKind::Serial;
    if (isNumber && key == Key::Enter && !dialog.busy()) turn.handled = lookUpBeforeSending(turn);
    const bool isPick = control.kind == ControlKind::PickAll || control.kind == ControlKind::PickSearch ||
                        control.kind == ControlKind::Pick;
    if (isPick && !dialog.busy()) return keyInPicks(turn, control, key);
    if (control.kind == ControlKind::SignatureText && !dialog.busy()) keyInPlaceholders(turn, key);
    const bool isSearch = control.kind == ControlKind::User || control.kind == ControlKind::UserOption ||
                          control.kind == ControlKind::UserMore;
    if (!isSearch || dialog.busy() || isLocked(turn.state, control.kind)) return;
    if (key == Key::Escape) return escapeUsers(turn);
    if (const auto option = keyInUsers(turn, dialogUserField(dialog), key)) chooseUser(turn, *option);
}

void leaveInDialog(Turn& turn, Control control) {
    DialogState& dialog = *turn.state.dialog;
    if (control.kind == ControlKind::User) leaveUser(turn);
    if (control.kind == ControlKind::SignatureText) closePlaceholders(dialog);
    // What an input method writes full-width is shown as it is understood.
    const bool isNumber = control.kind == ControlKind::Identity || control.kind == ControlKind::Serial;
    if (isNumber) {
        const std::string& typed = dialog.draft.*ruleOf(fieldOf(control.kind)).text;
        if (std::string plain = foldedTyping(typed); plain != typed) typeInDialog(turn, control, plain);
    }
    const auto field = static_cast<std::size_t>(fieldOf(control.kind));
    // A field that is only passed by is not complained about: the complaint would move what the person is
    // about to press.
    if (field != 0 && dialog.validation.edited[field]) dialog.validation.touched.set(field);
    if (control.kind == ControlKind::Identity && !dialog.busy()) lookUp(turn, LookupTrigger::LeavingField);
}

bool dialogAnswered(Turn& turn, const Answered& answered) {
    if (!userSearchAnswered(turn, answered) && !userNamed(turn, answered) &&
        !defaultsAnswered(turn, answered) && !lookupAnswered(turn, answered))
        return false;
    tellOpened(turn);
    return true;
}

}  // namespace smartca::app
