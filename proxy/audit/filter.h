// Which entries are asked for. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proxy/audit/chain.h"
#include "proxy/audit/entry.h"

namespace smartca::audit {

// An entry has to fit everything that is given.
struct Filter {
    std::optional<std::int64_t> from{};  // milliseconds since 1970; that instant and later
    std::optional<std::int64_t> to{};    // before that instant
    std::string user{};                  // its code, or its number
    std::string actor{};
    std::string identity{};  // canonical
    std::string serial{};    // canonical
    std::vector<Action> actions{};
    std::vector<Outcome> outcomes{};
};

bool fits(const Filter& filter, const Record& record);

}  // namespace smartca::audit
