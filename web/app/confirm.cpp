#include "web/app/dialogs.h"

#include "web/app/list.h"

namespace smartca::app {

void ask(Turn& turn, Confirm confirm) {
    turn.state.confirm = std::move(confirm);
    moveFocus(turn, {ControlKind::ConfirmReject});
}

void confirmAccepted(Turn& turn) {
    Confirm& confirm = turn.state.confirm;
    if (confirm.busy) return;
    if (confirm.question == Question::DeleteCertificate) return deleteConfirmed(turn);
    const Confirm discarded = std::exchange(confirm, {});
    if (turn.state.rename) return closeRename(turn);
    // Back to where it was, in case the embedding page keeps the dialog open.
    if (turn.state.opening == Opening::Dialog) moveFocus(turn, discarded.returnTo);
    giveUp(turn);
}

void confirmRejected(Turn& turn) {
    if (turn.state.confirm.busy) return;
    const Confirm confirm = std::exchange(turn.state.confirm, {});
    if (confirm.returnTo.kind != ControlKind::None) moveFocus(turn, confirm.returnTo);
}

}  // namespace smartca::app
