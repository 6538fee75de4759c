#include <algorithm>
#include <utility>

#include "shared/text.h"
#include "shared/validation.h"
#include "web/app/dialogs.h"
#include "web/app/picks.h"

namespace smartca::app {
namespace {

constexpr int kPageOfRows = 5;

void tickedByHand(Turn& turn, const std::vector<std::uint16_t>& places) {
    DialogState& dialog = *turn.state.dialog;
    dialog.lookup.ticking = Ticking::ByHand;
    if (dialog.draft.businessAccount == Switch::Off) dialog.lookup.behind.clear();
    tickOnly(dialog, places);
    fieldChanged(turn, Field::Serial);
}

bool holds(const std::vector<std::uint16_t>& places, std::uint16_t place) {
    return std::ranges::find(places, place) != places.end();
}

void moveInRows(Turn& turn, int from, Key key) {
    DialogState& dialog = *turn.state.dialog;
    const auto& rows = dialog.lookup.rows;
    const int last = static_cast<int>(rows.size()) - 1;
    int to = from;
    if (key == Key::ArrowDown) to = from + 1;
    if (key == Key::ArrowUp) to = from - 1;
    if (key == Key::PageDown) to = from + kPageOfRows;
    if (key == Key::PageUp) to = from - kPageOfRows;
    if (key == Key::Home) to = 0;
    if (key == Key::End) to = last;
    if (last < 0) return;
    if (key == Key::ArrowUp && to < 0 && isSearched(dialog))
        return moveFocus(turn, {ControlKind::PickSearch});
    moveFocus(turn, {ControlKind::Pick, rows[static_cast<std::size_t>(std::clamp(to, 0, last))]});
}

void emptySearch(Turn& turn) {
    pickSearchTyped(turn, {});
    moveFocus(turn, {ControlKind::PickSearch});
}

}  // namespace

void tick(Turn& turn, int place) {
    DialogState& dialog = *turn.state.dialog;
    const auto* certificates = registeredCertificates(dialog);
    if (certificates == nullptr || place >= static_cast<int>(certificates->size())) return;
    const RegisteredCertificate& certificate = (*certificates)[static_cast<std::size_t>(place)];
    const auto pressed = static_cast<std::uint16_t>(place);
    if (!mayBeTicked(dialog, pressed)) return;
    if (dialog.draft.businessAccount == Switch::On) {
        tickedByHand(turn, {pressed});
        return announceProspect(turn);
    }
    const auto before = ticked(dialog);
    std::vector<std::uint16_t> places;
    for (const std::uint16_t each : dialog.lookup.order) {
        // Two of one serial number cannot be told apart, so they are ticked together.
        const bool same = (*certificates)[each].serial == certificate.serial;
        if (same ? !holds(before, pressed) : holds(before, each)) places.push_back(each);
    }
    tickedByHand(turn, places);
    announceProspect(turn);
}

void tickAll(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (registeredCertificates(dialog) == nullptr || dialog.draft.businessAccount == Switch::On) return;
    const auto before = ticked(dialog), wanted = fitting(dialog);
    const bool empties =
        boxOfAll(dialog) != BoxState::None &&
        std::ranges::all_of(wanted, [&](std::uint16_t place) { return holds(before, place); });
    std::vector<std::uint16_t> places;
    for (const std::uint16_t each : dialog.lookup.order) {
        const bool stays = holds(before, each) && !(empties && holds(dialog.lookup.rows, each));
        if (stays || (!empties && holds(wanted, each))) places.push_back(each);
    }
    tickedByHand(turn, places);
    announce(turn, selectedWords(turn.state.locale, dialog));
}

void serialTyped(Turn& turn, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    if (text == serialShown(dialog)) return;
    const bool isListed = registeredCertificates(dialog) != nullptr;
    // Several stand aside while one is typed, and count again once it is deleted.
    auto &serials = dialog.draft.serials, &behind = dialog.lookup.behind;
    if (serials.size() > 1) behind = serials;
    dialog.draft.serial = text;
    serials.clear();
    if (text.empty() && isListed && dialog.draft.businessAccount == Switch::Off)
        serials = std::exchange(behind, {});
    dialog.lookup.ticking = isListed ? Ticking::ByHand : Ticking::ByItself;
    fieldChanged(turn, Field::Serial);
    if (isListed) announceProspect(turn);
}

void pickSearchTyped(Turn& turn, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.lookup.search == text) return;
    dialog.lookup.search = text;
    arrange(dialog);
    announce(turn, shownWords(turn.state.locale, dialog));
}

void keyInPicks(Turn& turn, Control control, Key key) {
    DialogState& dialog = *turn.state.dialog;
    if (registeredCertificates(dialog) == nullptr) return;
    if (control.kind == ControlKind::PickSearch) {
        turn.handled = key == Key::ArrowDown || key == Key::Enter ||
                       (key == Key::Escape && !dialog.lookup.search.empty());
        if (key == Key::ArrowDown) moveInRows(turn, -1, key);
        if (key == Key::Escape && turn.handled) emptySearch(turn);
        return;
    }
    turn.handled = key != Key::Enter && key != Key::Escape && key != Key::Tab;
    if (!turn.handled) return;
    if (key == Key::SelectAll) return tickAll(turn);
    const auto& rows = dialog.lookup.rows;
    const auto at = std::ranges::find(rows, control.index);
    if (control.kind == ControlKind::PickAll)
        moveInRows(turn, -1, key);
    else if (at != rows.end())
        moveInRows(turn, static_cast<int>(at - rows.begin()), key);
}

void namesChanged(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (registeredCertificates(dialog) == nullptr) return;
    arrange(dialog);
    tickByItself(dialog);
    revalidate(turn.state);
}

void swapTicks(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    auto &serials = dialog.draft.serials, &aside = dialog.lookup.aside, &behind = dialog.lookup.behind;
    if (!trimmed(dialog.draft.serial).empty()) return;  // the one that is typed counts for both
    const auto holds = [](const std::vector<std::string>& all, const std::string& one) {
        return std::ranges::find(all, one) != all.end();
    };
    if (dialog.draft.businessAccount == Switch::Off) {
        aside = std::exchange(serials, std::exchange(behind, {}));
        for (const std::string& serial : aside)
            if (!holds(serials, serial)) serials.push_back(serial);
    } else {
        behind = serials;
        if (!aside.empty() && holds(serials, aside.front()))
            serials = aside;
        else if (serials.size() > 1)
            serials.clear();
    }
    if (registeredCertificates(dialog) == nullptr) return;
    tickByItself(dialog);
}

}  // namespace smartca::app
