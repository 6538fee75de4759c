#include "web/app/confirm.h"
#include "web/app/list.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

constexpr int kMenuItems = 2;

Control itemControl(int item) {
    return {item == 0 ? ControlKind::RowSetDefault : ControlKind::RowDelete};
}

const Certificate* menuCertificate(const ListState& list) {
    const auto& rows = list.certificates.value.items;
    if (list.openMenu < 0 || list.openMenu >= static_cast<int>(rows.size())) return nullptr;
    return &rows[static_cast<std::size_t>(list.openMenu)];
}

// What is the default already cannot be made it.
int firstItem(const ListState& list) {
    const Certificate* certificate = menuCertificate(list);
    return certificate && certificate->isDefault ? 1 : 0;
}

// The focus stays on the row's button while the highlight moves, as in the other lists.
void openMenu(Turn& turn, int row) {
    ListState& list = turn.state.list;
    if (row >= static_cast<int>(list.certificates.value.items.size())) return;
    list.openMenu = row;
    list.activeItem = firstItem(list);
    moveFocus(turn, {ControlKind::RowMenu, static_cast<std::uint16_t>(row)});
}

void setDefault(Turn& turn) {
    ListState& list = turn.state.list;
    const Certificate* certificate = menuCertificate(list);
    if (!certificate) return;
    if (!certificate->isDefault && list.changing == 0) {
        list.changed = *certificate;
        list.changing = send(turn, Method::Patch, certificatePath(certificate->id), defaultBody());
    }
    closeRowMenu(turn);
}

void askToDelete(Turn& turn) {
    ListState& list = turn.state.list;
    const Certificate* certificate = menuCertificate(list);
    if (!certificate) return;
    const Control row{ControlKind::RowMenu, static_cast<std::uint16_t>(list.openMenu)};
    ask(turn, {.question = Question::DeleteCertificate, .certificate = *certificate, .returnTo = row});
    list.openMenu = list.activeItem = -1;
}

void say(Turn& turn, Message message, const Certificate& certificate) {
    notify(turn,
           {NoticeKind::Success,
            format(turn.state.locale, message, {{"name", certificate.name}, {"user", certificate.userName}}),
            {}});
}

void sayFailed(Turn& turn, Message message, const Certificate& certificate, const Trouble& trouble) {
    std::string why(text(turn.state.locale, titleOf(trouble)));
    if (!trouble.requestId.empty())
        why += ". " + format(turn.state.locale, Message::RequestNumber, {{"id", trouble.requestId}});
    notify(turn, {NoticeKind::Error, format(turn.state.locale, message, {{"name", certificate.name}}),
                  std::move(why)});
}

void defaultAnswered(Turn& turn, const Answered& answered) {
    ListState& list = turn.state.list;
    list.changing = 0;
    const Certificate certificate = std::exchange(list.changed, {});
    const auto answer = readCertificate(answered);
    if (answer)
        say(turn, Message::DefaultSet, certificate);
    else
        sayFailed(turn, Message::DefaultFailed, certificate, answer.error());
    loadList(turn);
}

void deleteAnswered(Turn& turn, const Answered& answered) {
    const Confirm confirm = std::exchange(turn.state.confirm, {});
    const auto answer = readDeleted(answered);
    const bool goneAnyway = !answer && answer.error().code == ProblemCode::NotFound;
    if (answer || goneAnyway)
        say(turn, Message::Deleted, confirm.certificate);
    else
        sayFailed(turn, Message::DeleteFailed, confirm.certificate, answer.error());
    moveFocus(turn, confirm.returnTo);
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
        openMenu(turn, control.index);
        if (list.openMenu >= 0 && key == Key::ArrowUp) list.activeItem = kMenuItems - 1;
        return;
    }
    const int first = firstItem(list);
    const int count = kMenuItems - first;
    const int item = list.activeItem - first;
    turn.handled = key != Key::Tab && (onButton || key != Key::Enter);  // an item's Enter is its activation
    switch (key) {
        case Key::ArrowDown:
            list.activeItem = first + (item + 1) % count;
            return;
        case Key::ArrowUp:
            list.activeItem = first + (item + count - 1) % count;
            return;
        case Key::Home:
            list.activeItem = first;
            return;
        case Key::End:
            list.activeItem = kMenuItems - 1;
            return;
        case Key::Enter:
            if (onButton) activateRow(turn, itemControl(list.activeItem));
            return;
        case Key::Escape:
            closeRowMenu(turn);
            return;
        case Key::Tab:
            list.openMenu = list.activeItem = -1;
            return;
        default:
            return;
    }
}

void leaveRow(Turn& turn, Control control) {
    ListState& list = turn.state.list;
    if (control.kind == ControlKind::RowMenu && control.index == list.openMenu)
        list.openMenu = list.activeItem = -1;
}

void closeRowMenu(Turn& turn) {
    ListState& list = turn.state.list;
    if (list.openMenu < 0) return;
    moveFocus(turn, {ControlKind::RowMenu, static_cast<std::uint16_t>(list.openMenu)});
    list.openMenu = list.activeItem = -1;
}

void deleteConfirmed(Turn& turn) {
    Confirm& confirm = turn.state.confirm;
    confirm.busy = true;
    confirm.request = send(turn, Method::Delete, certificatePath(confirm.certificate.id));
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
