#include <algorithm>

#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/list_field.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

constexpr int kMenuItems = static_cast<int>(kRowActions.size());

Control itemControl(int item) {
    return {kRowActions[static_cast<std::size_t>(item)]};
}

const Certificate* menuCertificate(const ListState& list) {
    const auto& rows = list.certificates.value.items;
    if (list.openMenu < 0 || list.openMenu >= static_cast<int>(rows.size())) return nullptr;
    return &rows[static_cast<std::size_t>(list.openMenu)];
}

// From that item on in that direction, the end following the beginning: the first that can be pressed, else one
// that is there.
int usableItem(const State& state, int from, int step) {
    const Certificate* certificate = menuCertificate(state.list);
    int there = 0;
    for (int passed = 0; certificate && passed < kMenuItems; ++passed, from += step) {
        const int item = (from + 2 * kMenuItems) % kMenuItems;
        const ControlKind action = itemControl(item).kind;
        if (!isOffered(state, action)) continue;
        if (mayBePressed(action, *certificate, state.now)) return item;
        there = item;
    }
    return there;
}

// The items take the focus themselves: a button has no highlighted descendant that assistive technology would
// read.
void highlight(Turn& turn, int item) {
    turn.state.list.activeItem = item;
    moveFocus(turn, itemControl(item));
}

enum class MenuEnd : std::uint8_t { First, Last };

void openMenu(Turn& turn, int row, MenuEnd end = MenuEnd::First) {
    ListState& list = turn.state.list;
    if (row >= static_cast<int>(list.certificates.value.items.size())) return;
    list.openMenu = row;
    highlight(turn, end == MenuEnd::First ? usableItem(turn.state, 0, 1) : usableItem(turn.state, -1, -1));
}

const Certificate* certificateOf(const ListState& list, Control row) {
    const auto& rows = list.certificates.value.items;
    return row.index < rows.size() ? &rows[row.index] : nullptr;
}

void openRow(Turn& turn, Control row) {
    const Certificate* certificate = certificateOf(turn.state.list, row);
    if (certificate && may(turn.state, Right::Details))
        openDetails(turn, *certificate, {ControlKind::RowMenu, row.index});
}

void copySerial(Turn& turn, Control row) {
    ListState& list = turn.state.list;
    const Certificate* certificate = certificateOf(list, row);
    if (!certificate) return;
    list.copying = certificate->id;
    turn.add(CopyText{certificate->serial});
}

// As before it opened, but for the focus.
void foldMenu(ListState& list) {
    list.openMenu = list.activeItem = -1;
}

void sendDefault(Turn& turn) {
    ListState& list = turn.state.list;
    if (list.changed.empty()) return;
    list.changing = send(turn, Method::Patch, certificatePath(list.changed.front().id), defaultBody());
}

// One after the other, so that the last choice is what stays.
void setDefault(Turn& turn) {
    ListState& list = turn.state.list;
    const Certificate* certificate = menuCertificate(list);
    if (!certificate) return;
    if (mayBecomeDefault(*certificate, turn.state.now)) {
        list.changed.push_back(*certificate);
        if (list.changing == 0) sendDefault(turn);
    }
    closeRowMenu(turn);
}

void askToDelete(Turn& turn) {
    ListState& list = turn.state.list;
    const Certificate* certificate = menuCertificate(list);
    if (!certificate) return;
    const Control row{ControlKind::RowMenu, static_cast<std::uint16_t>(list.openMenu)};
    ask(turn, {.question = Question::DeleteCertificate, .certificate = *certificate, .returnTo = row});
    foldMenu(list);
}

// A dialog about the certificate, which gives the focus back to the row's button.
void openFromMenu(Turn& turn, void (*open)(Turn&, const Certificate&, Control)) {
    ListState& list = turn.state.list;
    const Certificate* certificate = menuCertificate(list);
    if (!certificate) return;
    open(turn, *certificate, {ControlKind::RowMenu, static_cast<std::uint16_t>(list.openMenu)});
    foldMenu(list);
}

// What an answer shows not to be so, though it says that all went well, is not known.
Trouble unconfirmed() {
    Trouble trouble;
    trouble.code = ProblemCode::OutcomeUnknown;
    return trouble;
}

void say(Turn& turn, Message message, const Certificate& certificate) {
    notify(turn, {NoticeKind::Success,
                  format(turn.state.locale, message,
                         {{"name", certificate.name}, {"user", userWords(certificate)}}),
                  tellingApart(turn.state.locale, certificate)});
}

void sayFailed(Turn& turn, Message message, const Certificate& certificate, const Trouble& trouble) {
    const Locale locale = turn.state.locale;
    std::string title = format(locale, message, {{"name", certificate.name}});
    if (mayBeDone(trouble) || message == Message::ChangeUnknown)
        title = std::string(text(locale, Message::ChangeUnknown)) + ": " + certificate.name;
    // Where no answer of the proxy came, the list, which is read now, tells more than another try.
    const std::string words = trouble.origin == Origin::Proxy
                                  ? brief(locale, trouble)
                                  : std::string(text(locale, titleOf(trouble)))
                                        .append(". ")
                                        .append(text(locale, Message::ProblemOutcomeUnknownAdvice));
    notify(turn, {NoticeKind::Error, std::move(title), tellingApart(locale, certificate) + ". " + words});
}

void defaultAnswered(Turn& turn, const Answered& answered) {
    ListState& list = turn.state.list;
    list.changing = 0;
    const Certificate certificate = list.changed.front();
    list.changed.erase(list.changed.begin());
    sendDefault(turn);
    const auto answer = readCertificate(answered);
    if (!answer && isGone(answer.error())) return certificateGone(turn, certificate);
    if (answer && answer.value().isDefault)
        say(turn, Message::DefaultSet, answer.value());
    else
        sayFailed(turn, Message::DefaultFailed, certificate, answer ? unconfirmed() : answer.error());
    loadList(turn);
}

void deleteAnswered(Turn& turn, const Answered& answered) {
    const auto answer = readDeleted(answered);
    // A delete can be sent again: what has been deleted by then is gone.
    if (!answer && answer.error().origin != Origin::Proxy && !std::exchange(turn.state.confirm.again, true))
        return deleteConfirmed(turn);
    const Confirm confirm = std::exchange(turn.state.confirm, {});
    moveFocus(turn, confirm.returnTo);
    const bool gone = !answer && isGone(answer.error());
    if (gone && !confirm.again) return certificateGone(turn, confirm.certificate);
    if (answer || gone) {
        countMore(turn.state, confirm.certificate.userId, -1);
        say(turn, Message::Deleted, confirm.certificate);
    } else  // of one whose answer was lost the refusal of another tells nothing
        sayFailed(turn, confirm.again ? Message::ChangeUnknown : Message::DeleteFailed, confirm.certificate,
                  answer.error());
    loadList(turn);
}

}  // namespace

bool activateRow(Turn& turn, Control control) {
    switch (control.kind) {
        case ControlKind::RowMenu:
            if (turn.state.list.openMenu == control.index)
                closeRowMenu(turn);
            else
                openMenu(turn, control.index);
            return true;
        case ControlKind::RowOpen:
            openRow(turn, control);
            return true;
        case ControlKind::RowCopy:
            copySerial(turn, control);
            return true;
        case ControlKind::RowDetails:
            openFromMenu(turn, openDetails);
            return true;
        case ControlKind::RowRename:
            openFromMenu(turn, openRename);
            return true;
        case ControlKind::RowSetDefault:
            setDefault(turn);
            return true;
        case ControlKind::RowDelete:
            askToDelete(turn);
            return true;
        default:
            return false;
    }
}

void keyInRow(Turn& turn, Control control, Key key) {
    ListState& list = turn.state.list;
    const bool onButton = control.kind == ControlKind::RowMenu;
    if (list.openMenu < 0) {
        if (!onButton || (key != Key::ArrowDown && key != Key::ArrowUp)) return;
        turn.handled = true;
        openMenu(turn, control.index, key == Key::ArrowUp ? MenuEnd::Last : MenuEnd::First);
        return;
    }
    turn.handled = key != Key::Tab && key != Key::Enter;  // Enter is an activation of what has the focus
    switch (key) {
        case Key::ArrowDown:
            return highlight(turn, usableItem(turn.state, list.activeItem + 1, 1));
        case Key::ArrowUp:
            return highlight(turn, usableItem(turn.state, list.activeItem - 1, -1));
        case Key::Home:
            return highlight(turn, usableItem(turn.state, 0, 1));
        case Key::End:
            return highlight(turn, usableItem(turn.state, -1, -1));
        case Key::Escape:
            return closeRowMenu(turn);
        case Key::Tab:
            return foldMenu(list);
        default:
            return;
    }
}

bool isOfRow(Control control) {
    return control.kind >= ControlKind::RowMenu && control.kind <= ControlKind::RowDelete;
}

void enterRow(Turn& turn, Control control) {
    ListState& list = turn.state.list;
    if (list.openMenu < 0 || control.kind == ControlKind::RowMenu || !isOfRow(control)) return;
    const auto item = std::find(kRowActions.begin(), kRowActions.end(), control.kind) - kRowActions.begin();
    list.activeItem = usableItem(turn.state, static_cast<int>(item), 1);
}

// Between the button and the items of its menu the focus moves freely.
void leaveRow(Turn& turn, Control control, Control to) {
    ListState& list = turn.state.list;
    const auto isOfOpenMenu = [&list](Control one) {
        return isOfRow(one) && (one.kind != ControlKind::RowMenu || one.index == list.openMenu);
    };
    if (isOfOpenMenu(control) && !isOfOpenMenu(to)) foldMenu(list);
}

void closeRowMenu(Turn& turn) {
    ListState& list = turn.state.list;
    if (list.openMenu < 0) return;
    moveFocus(turn, {ControlKind::RowMenu, static_cast<std::uint16_t>(list.openMenu)});
    foldMenu(list);
}

void deleteConfirmed(Turn& turn) {
    Confirm& confirm = turn.state.confirm;
    confirm.busy = true;
    confirm.request = send(turn, Method::Delete, certificatePath(confirm.certificate.id));
    announce(turn, std::string(text(turn.state.locale, Message::Deleting)));
}

void rowCopied(Turn& turn, const TextCopied& copied) {
    ListState& list = turn.state.list;
    const std::int64_t id = std::exchange(list.copying, 0);
    if (id == 0) return;
    const Locale locale = turn.state.locale;
    if (!copied.succeeded)
        return notify(turn, {NoticeKind::Error, std::string(text(locale, Message::CopyFailed)), {}});
    list.copied = id;
    turn.add(StartTimer{Timer::Copied, kCopiedMilliseconds});
    announce(turn, std::string(text(locale, Message::Copied)));
}

bool rowAnswered(Turn& turn, const Answered& answered) {
    if (answered.number == 0) return false;
    if (turn.state.list.changing == answered.number) {
        defaultAnswered(turn, answered);
        return true;
    }
    if (turn.state.confirm.request == answered.number) {
        deleteAnswered(turn, answered);
        return true;
    }
    return false;
}

}  // namespace smartca::app
