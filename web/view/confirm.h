// The questions that are asked before something is lost.
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

void drawConfirm(Painter& painter, const app::State& state);

}  // namespace smartca::view
