// The dialog that shows what a certificate says of itself.
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

void drawDetails(Painter& painter, const app::State& state);

// details_body.cpp: what the dialog's body holds once the answer is there, within `box` from its top; returns
// where it ends.
float drawDetailsBody(Painter& painter, const app::State& state, const Rectangle& box);

}  // namespace smartca::view
