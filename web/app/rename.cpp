#include "web/app/dialogs.h"

#include <algorithm>

#include "shared/validation.h"
#include "web/app/list.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

constexpr Control kField = {ControlKind::RenameName};

void submitName(Turn& turn) {
    RenameState& rename = *turn.state.rename;
    std::string name = certificateNameOf(rename.name);
    // There is nothing to change, unless a change may have been made of which no answer told.
    if (name == rename.certificate.name && !rename.unknown) return closeRename(turn);
    rename.showsFault = true;
    rename.banner.reset();
    if (const auto fault = faultOfCertificateName(name)) {
        announce(turn, describe(turn.state.locale, *fault), Politeness::Assertive);
        return moveFocus(turn, kField);
    }
    rename.submitting =
        send(turn, Method::Patch, certificatePath(rename.certificate.id), renameBody(std::move(name)));
}

// The row shows the new name where it stands; the list's order is the next load's matter.
void showInList(ListState& list, const Certificate& certificate) {
    auto& rows = list.certificates.value.items;
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return each.id == certificate.id; });
    if (row != rows.end()) *row = certificate;
}

}  // namespace

void openRename(Turn& turn, const Certificate& certificate, Control returnTo) {
    RenameState& rename = turn.state.rename.emplace();
    rename.certificate = certificate;
    rename.name = certificate.name;
    rename.returnTo = returnTo;
    moveFocus(turn, kField, Selection::All);
}

bool holdsEntries(const RenameState& rename) {
    // What may have been saved is not lost.
    const std::string name = certificateNameOf(rename.name);
    return name != rename.certificate.name && name != rename.unknown;
}

void requestCloseRename(Turn& turn) {
    if (!turn.state.rename || turn.state.rename->busy())
        return;  // the answer is about to say what became of it
    if (!holdsEntries(*turn.state.rename)) return closeRename(turn);
    const bool known = turn.state.focused.kind != ControlKind::None;
    ask(turn, {.question = Question::DiscardDraft,
               .certificate = {},
               .returnTo = known ? turn.state.focused : kField});
}

void closeRename(Turn& turn) {
    if (!turn.state.rename) return;
    cancel(turn, turn.state.rename->submitting);
    if (turn.state.rename->unknown && turn.state.list.stale) loadList(turn);  // which tells what it is
    moveFocus(turn, turn.state.rename->returnTo);
    turn.state.rename.reset();
}

void endRename(Turn& turn) {
    std::string words =
        format(turn.state.locale, Message::Renamed, {{"name", turn.state.rename->certificate.name}});
    closeRename(turn);
    notify(turn, {NoticeKind::Success, std::move(words), {}});
}

void activateInRename(Turn& turn, Control control) {
    if (!turn.state.rename || turn.state.rename->busy()) return;
    switch (control.kind) {
        case ControlKind::RenameClose:
        case ControlKind::RenameCancel:
            return requestCloseRename(turn);
        case ControlKind::RenameSubmit:
            return submitName(turn);
        default:
            return;
    }
}

void typeInRename(Turn& turn, Control control, const std::string& text) {
    if (!turn.state.rename || turn.state.rename->busy() || control != kField) return;
    RenameState& rename = *turn.state.rename;
    rename.name = text;
    rename.banner.reset();
}

void leaveRename(Turn& turn) {
    if (turn.state.rename) turn.state.rename->showsFault = true;
}

bool renameAnswered(Turn& turn, const Answered& answered) {
    State& state = turn.state;
    if (!state.rename || answered.number == 0 || state.rename->submitting != answered.number) return false;
    RenameState& rename = *state.rename;
    rename.submitting = 0;
    const auto answer = readCertificate(answered);
    if (!answer && isGone(answer.error())) {
        const Certificate gone = rename.certificate;
        closeRename(turn);
        certificateGone(turn, gone);
        return true;
    }
    if (!answer) {
        rename.banner = answer.error();
        announce(turn,
                 std::string(bannerTitle(state.locale, rename)) + ". " + brief(state.locale, answer.error()),
                 Politeness::Assertive);
        moveFocus(turn, kField);
        if (mayBeDone(answer.error())) rename.unknown = certificateNameOf(rename.name);
        loadList(turn);  // which tells, and shows the proxy whose it is
        return true;
    }
    showInList(state.list, answer.value());
    if (state.list.stale || state.list.certificates.phase == Phase::Loading)
        loadList(turn);  // what comes else is from before
    rename.certificate = answer.value();
    endRename(turn);
    return true;
}

}  // namespace smartca::app
