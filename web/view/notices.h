// What happened, said at the top of the page.
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

void drawNotices(Painter& painter, const app::State& state);

}  // namespace smartca::view
