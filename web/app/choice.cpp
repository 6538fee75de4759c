#include "web/app/choice.h"

#include <algorithm>

#include "web/app/user_search.h"

namespace smartca::app {

std::optional<int> pressChoice(Choice& choice) {
    if (choice.list == Visibility::Shown) return choice.active;
    choice.list = Visibility::Shown;
    choice.active = choice.selected;
    return {};
}

void closeChoice(Choice& choice) {
    choice.list = Visibility::Hidden;
    choice.active = -1;
}

std::optional<int> keyInChoice(Turn& turn, Choice& choice, int count, Key key) {
    const bool arrow = key == Key::ArrowDown || key == Key::ArrowUp;
    if (choice.list == Visibility::Hidden) {
        if (!arrow) return {};  // Enter and Space arrive as an activation
        turn.handled = true;
        pressChoice(choice);
        return {};
    }
    turn.handled = key != Key::Tab;
    if (key == Key::Enter) return choice.active;
    if (key == Key::Escape || key == Key::Tab)
        closeChoice(choice);
    else
        choice.active = std::max(0, movedHighlight(choice.active, count, key));
    return {};
}

}  // namespace smartca::app
