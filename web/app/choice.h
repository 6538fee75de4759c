// A button with a short list of fixed options under it: the filters "type" and "status".
#pragma once

#include <optional>

#include "web/app/turn.h"

namespace smartca::app {

constexpr int kTypeOptions = 3;    // all, SmartCA, business
constexpr int kStatusOptions = 3;  // all, active, expired

// Opens the list, or takes the highlighted option when it is open (Space on a list that is open does that).
std::optional<int> pressChoice(Choice& choice);
void closeChoice(Choice& choice);
std::optional<int> keyInChoice(Turn& turn, Choice& choice, int count, Key key);

}  // namespace smartca::app
