// smartca-proxy-mortal: the proxy, which ends as in a power cut at a step of a create that a test names.
// Built with -DSMARTCA_DIE_AT=ON and never installed.
//
//   SMARTCA_DIE_AT=after-sent      right after the first create has been recorded as sent
//   SMARTCA_DIE_AT=before-created:3
//
// The steps are those of proxy/journal/create_state.h, "before-" and "after-" the commit that makes them;
// the number says which time it is reached. Without the variable, or with an empty one, it is the proxy.
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "proxy/base/text.h"
#include "proxy/journal/create_state.h"
#include "proxy/run.h"

namespace {

using smartca::store::Moment;

struct Step {
    std::string_view state;
    Moment moment = Moment::Before;
    int times = 1;
};

std::optional<Step> stepOf(std::string_view text) {
    Step step;
    if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        const auto times = smartca::base::wholeNumberOf(text.substr(colon + 1), 1, 1'000'000);
        if (!times) return std::nullopt;
        step.times = static_cast<int>(*times);
        text = text.substr(0, colon);
    }
    const bool after = text.starts_with("after-");
    if (!after && !text.starts_with("before-")) return std::nullopt;
    step.moment = after ? Moment::After : Moment::Before;
    step.state = text.substr(text.find('-') + 1);
    if (!smartca::journal::createStateOfName(step.state)) return std::nullopt;
    return step;
}

}  // namespace

int main(int count, char** arguments) {
    const char* variable = std::getenv("SMARTCA_DIE_AT");
    if (variable == nullptr || *variable == '\0') return smartca::run(count, arguments);
    const auto step = stepOf(variable);
    if (!step) {
        std::fputs("SMARTCA_DIE_AT must be a step and maybe how often it is reached: before-created:3.\n",
                   stderr);
        return 2;
    }
    std::atomic<int> left = step->times;
    return smartca::run(count, arguments, [&](std::string_view state, Moment moment) {
        if (state == step->state && moment == step->moment && --left == 0) ::raise(SIGKILL);
    });
}
