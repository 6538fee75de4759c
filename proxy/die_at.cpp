#include "proxy/die_at.h"

#include <signal.h>

#include <atomic>
#include <charconv>
#include <memory>
#include <string_view>

#include "proxy/registry/create_state.h"

namespace smartca {

Result<registry::CommitWatch, std::string> dieAt(const std::string& text) {
    using registry::CreateState;
    using registry::Moment;
    if (text.empty()) return registry::CommitWatch{};
    const std::string wrong =
        "SMARTCA_DIE_AT must be a step and maybe how often it is reached, as after-sent or before-created:3.";
    std::string_view step = text;
    int times = 1;
    if (const auto colon = step.find(':'); colon != std::string_view::npos) {
        const auto number = step.substr(colon + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), times);
        if (error != std::errc{} || end != number.data() + number.size() || times < 1) return wrong;
        step = step.substr(0, colon);
    }
    const bool after = step.starts_with("after-");
    if (!after && !step.starts_with("before-")) return wrong;
    const auto state = registry::createStateOfName(step.substr(step.find('-') + 1));
    if (!state || *state == CreateState::Absent) return wrong;
    const Moment wanted = after ? Moment::After : Moment::Before;
    auto left = std::make_shared<std::atomic<int>>(times);
    return registry::CommitWatch([state = *state, wanted, left](std::string_view to, Moment moment) {
        if (to == nameOf(state) && moment == wanted && --*left == 0) ::raise(SIGKILL);
    });
}

}  // namespace smartca
