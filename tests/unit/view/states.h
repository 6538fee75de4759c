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

// certificate_states.cpp: the dialogs about the first certificate of the page's list.
std::vector<Sample> certificateSamples(const app::State& page);

// What both files are made of.
app::Trouble trouble(ProblemCode code);
inline constexpr const char* kSubject = "C=VN,ST=HÀ NỘI,T=Giám đốc,CN=Nguyễn Văn A,UID=CCCD:001099000001";

}  // namespace smartca::view::test
