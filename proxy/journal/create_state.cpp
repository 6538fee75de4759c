#include "proxy/journal/create_state.h"

#include <algorithm>
#include <utility>

namespace smartca::journal {
namespace {

using enum CreateState;

constexpr std::array kTransitions = {
    std::pair{Absent, Received},    // a key is used for the first time
    std::pair{Received, Absent},    // refused before anything was written: the key is free again
    std::pair{Received, Intent},    // the registry is another system: what will be added is recorded
    std::pair{Received, Created},   // one transaction did it all, or nothing had to be added
    std::pair{Received, Rejected},  // withdrawn before it came, or after a crash: it will not be done
    std::pair{Intent, Absent},      // given up before a byte was sent: the key is free again
    std::pair{Intent, Received},    // a crash came before a byte was sent: the next request begins anew
    std::pair{Intent, Sent},        // right before the first byte of the add
    std::pair{Sent, Intent},        // the request did not get through, so that it may be sent again
    std::pair{Sent, Created},       // the registry said yes, or reading back showed it
    std::pair{Sent, Rejected},      // the registry said no, or reading back showed nothing
    std::pair{Sent, Unknown},       // no answer, or one that leaves it open
    std::pair{Unknown, Created},    // reading back showed it
    std::pair{Unknown, Rejected},   // reading back showed nothing, for long enough
    std::pair{Created, Absent},     // forgotten with age
    std::pair{Rejected, Absent},    // forgotten with age
};

constexpr std::array<std::string_view, kCreateStates.size()> kNames = {
    "absent", "received", "intent", "sent", "unknown", "created", "rejected",
};

}  // namespace

bool mayBecome(CreateState from, CreateState to) {
    return std::find(kTransitions.begin(), kTransitions.end(), std::pair{from, to}) != kTransitions.end();
}

std::string_view nameOf(CreateState state) {
    return kNames[static_cast<std::size_t>(state)];
}

std::optional<CreateState> createStateOfName(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return kCreateStates[static_cast<std::size_t>(found - kNames.begin())];
}

}  // namespace smartca::journal
