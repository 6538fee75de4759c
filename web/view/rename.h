// The small dialog that gives a certificate another name on the list.
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

void drawRename(Painter& painter, const app::State& state);

}  // namespace smartca::view
