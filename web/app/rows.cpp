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

void highlight(Turn& turn, int item) {
    turn.state.list.activeItem = item;
    moveFocus(turn, itemControl(item));
}

void openMenu(Turn& turn, int row, int item) {
    if (row >= static_cast<int>(turn.state.list.certificates.value.items.size())) return;
    turn.state.list.openMenu = row;
    highlight(turn, item);
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
                openMenu(turn, control.index, 0);
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
    if (list.openMenu < 0) {
        if (control.kind != ControlKind::RowMenu || (key != Key::ArrowDown && key != Key::ArrowUp)) return;
        turn.handled = true;
        openMenu(turn, control.index, key == Key::ArrowDown ? 0 : kMenuItems - 1);
        return;
    }
    const int item = list.activeItem;
    turn.handled = key != Key::Tab && key != Key::Enter;  // Enter arrives as the item's activation
    switch (key) {
        case Key::ArrowDown:
            highlight(turn, (item + 1) % kMenuItems);
            return;
        case Key::ArrowUp:
            highlight(turn, (item + kMenuItems - 1) % kMenuItems);
            return;
        case Key::Home:
            highlight(turn, 0);
            return;
        case Key::End:
            highlight(turn, kMenuItems - 1);
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

// The highlight moves before the focus does, so leaving the highlighted item means leaving the menu.
void leaveRow(Turn& turn, Control control) {
    ListState& list = turn.state.list;
    if (list.openMenu >= 0 && control == itemControl(list.activeItem)) list.openMenu = list.activeItem = -1;
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
