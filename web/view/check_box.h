// The boxes of a list that things are picked from.
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

enum class BoxLook : std::uint8_t { Empty, Ticked, Mixed, Off };

float boxSize(const Painter& painter);
void paintCheckBox(Painter& painter, Point centre, BoxLook look);
void paintRadio(Painter& painter, Point centre, BoxLook look);
void paintTurning(Painter& painter, Point centre);  // in their place: it is being added

}  // namespace smartca::view
