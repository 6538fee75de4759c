// One state for each thing that the view can show, made by hand: the design's pictures and what lies between.
#pragma once

#include <string>
#include <vector>

#include "web/app/state.h"
#include "web/view/view.h"

namespace smartca::view::test {

struct Sample {
    std::string name;
    app::State state;
    app::Control focused = {};
};

// All of them, in that language and theme.
std::vector<Sample> samples(Locale locale, app::Theme theme);

}  // namespace smartca::view::test
