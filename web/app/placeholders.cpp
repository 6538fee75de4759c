// The menu of placeholders over the signature's content: it opens where "{{" is typed, or by its button.
#include <algorithm>

#include "shared/signature_text.h"
#include "shared/unaccented.h"
#include "web/app/dialogs.h"
#include "web/app/list_field.h"

namespace smartca::app {
namespace {

constexpr std::string_view kOpen = "{{";

constexpr PlaceholderRow kRows[] = {
    {"SubjectDN.CN", Message::PlaceholderCommonName},
    {"SubjectDN.UID", Message::PlaceholderIdentity},
    {"SubjectDN.T", Message::PlaceholderTitle},
    {"SubjectDN.O", Message::PlaceholderOrganization},
    {"SubjectDN.OU", Message::PlaceholderUnit},
    {"SignTime", Message::PlaceholderSignTime},
    {"Name", Message::PlaceholderName},
    {"SubjectDN", Message::PlaceholderSubject},
    {"Reason", Message::PlaceholderReason},
};

// Where the placeholder begins that the caret stands in, if it does.
std::optional<std::size_t> openPlaceholder(std::string_view before) {
    const std::size_t open = before.rfind(kOpen);
    if (open == std::string_view::npos) return {};
    const bool ends = before.find_first_of("{}\n", open + kOpen.size()) != std::string_view::npos;
    return ends ? std::nullopt : std::optional(open);
}

bool beginsSo(std::string_view text, std::string_view typed) {
    return unaccented(text).starts_with(typed);
}

// What is typed begins the name, what follows its dot, or a word of what it means.
bool matches(Locale locale, const PlaceholderRow& row, const std::string& typed) {
    if (typed.empty() || beginsSo(row.name, typed)) return true;
    if (const std::size_t dot = row.name.find('.'); dot != std::string_view::npos)
        if (beginsSo(row.name.substr(dot + 1), typed)) return true;
    return (' ' + unaccented(text(locale, row.meaning))).find(' ' + typed) != std::string::npos;
}

void hide(DialogState& dialog) {
    dialog.signature.menu.list = Visibility::Hidden;
    dialog.signature.menu.active = 0;
}

}  // namespace

std::vector<PlaceholderRow> placeholderRows(Locale locale, const PlaceholderMenu& menu) {
    std::vector<PlaceholderRow> rows;
    for (const PlaceholderRow& row : kRows)
        if (matches(locale, row, unaccented(menu.typed))) rows.push_back(row);
    return rows;
}

void caretMoved(Turn& turn, const CaretMoved& moved) {
    DialogState& dialog = *turn.state.dialog;
    PlaceholderMenu& menu = dialog.signature.menu;
    if (moved.control.kind != ControlKind::SignatureText || dialog.busy()) return;
    const bool afterTyping = std::exchange(menu.afterTyping, false);
    const auto open = openPlaceholder(moved.before);
    if (open != menu.begin) menu.dismissed = false;
    const bool wasOpen = menu.isOpen;
    menu.end = moved.before.size();
    menu.begin = open.value_or(menu.end);
    menu.isOpen = open.has_value();
    if (!open) {
        menu.typed.clear();
        if (wasOpen) hide(dialog);  // a menu that the button opened goes with the caret
        return;
    }
    std::string typed = moved.before.substr(*open + kOpen.size());
    if (typed != menu.typed) menu.active = 0;
    menu.typed = std::move(typed);
    if (menu.dismissed) return hide(dialog);
    if (!afterTyping) return;  // walking past a placeholder opens nothing
    if (menu.list == Visibility::Hidden) turn.add(Reveal{{ControlKind::PlaceholderOption}});
    menu.list = Visibility::Shown;
}

void openPlaceholders(Turn& turn) {
    PlaceholderMenu& menu = turn.state.dialog->signature.menu;
    const bool shown = menu.list == Visibility::Shown;
    menu.list = shown ? Visibility::Hidden : Visibility::Shown;
    menu.active = 0;
    menu.dismissed = false;
    moveFocus(turn, {ControlKind::SignatureText});
    if (!shown) turn.add(Reveal{{ControlKind::PlaceholderOption}});
}

void closePlaceholders(DialogState& dialog) {
    hide(dialog);
    dialog.signature.menu.afterTyping = false;
}

void choosePlaceholder(Turn& turn, int option) {
    DialogState& dialog = *turn.state.dialog;
    const std::vector<PlaceholderRow> rows = placeholderRows(turn.state.locale, dialog.signature.menu);
    if (dialog.signature.menu.list == Visibility::Hidden || option < 0 ||
        option >= static_cast<int>(rows.size()))
        return;
    hide(dialog);
    moveFocus(turn, {ControlKind::SignatureText});
    turn.add(InsertText{{ControlKind::SignatureText},
                        "{{" + std::string(rows[static_cast<std::size_t>(option)].name) + "}}",
                        dialog.signature.menu.isOpen ? Insertion::FromBraces : Insertion::AtCaret});
}

void keyInPlaceholders(Turn& turn, Key key) {
    PlaceholderMenu& menu = turn.state.dialog->signature.menu;
    const auto count = static_cast<int>(placeholderRows(turn.state.locale, menu).size());
    if (menu.list == Visibility::Hidden || count == 0) return;
    switch (key) {
        case Key::ArrowDown:
        case Key::ArrowUp:
        case Key::PageDown:
        case Key::PageUp:
            turn.handled = true;
            menu.active = std::max(0, movedHighlight(menu.active, count, key));
            return;
        case Key::Enter:
        case Key::Tab:
            turn.handled = true;
            return choosePlaceholder(turn, menu.active);
        case Key::Escape:
            turn.handled = true;
            menu.dismissed = menu.isOpen;
            return hide(*turn.state.dialog);
        default:
            return;
    }
}

}  // namespace smartca::app
