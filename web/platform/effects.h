// Carries out what update() asks for, by way of the browser. Answers come back as events, later.
#pragma once

#include "web/app/effect.h"

namespace smartca::platform {

void carryOut(const app::Effect& effect);

}  // namespace smartca::platform
