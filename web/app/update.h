// The program's one loop: (state, event) -> state, effects. Pure: no clock, no network, no browser; the same
// events give the same state and effects. Compiles natively, so the whole behaviour is tested without a
// browser.
#pragma once

#include "web/app/effect.h"
#include "web/app/event.h"
#include "web/app/state.h"

namespace smartca::app {

struct Reaction {
    Effects effects;
    // For KeyPressed: the key was used (moved a highlight, closed a list); the browser must not use it as
    // well.
    bool handled = false;
};

Reaction update(State& state, const Event& event);

}  // namespace smartca::app
