// The dialog "Create new VNPT SmartCA certificate".
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

void drawDialog(Painter& painter, const app::State& state);

// What darkens the rest of the page.
Ink scrimInk(const Painter& painter, const app::State& state);

}  // namespace smartca::view
