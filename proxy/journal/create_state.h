// Where a create stands, and where it can go from there: the one table behind the journal. README.md beside
// this file tells it in prose.
//
// Pure; any thread. The numbers are stored in the database and never change their meaning.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace smartca::journal {

enum class CreateState : std::uint8_t {
    Absent = 0,    // no record: never begun, given back, or forgotten
    Received = 1,  // the key is claimed; nothing has been written anywhere else
    Intent = 2,    // what is about to be added is recorded; not a byte of the add has been sent
    Sent = 3,      // the add may be on its way: from here on nothing is sent again
    Unknown = 4,   // sent, and no answer said what became of it: it is being found out by reading
    Created = 5,   // done, with the answer that was earned
    Rejected = 6,  // not done, for certain, with the answer that says so
};

inline constexpr std::array kCreateStates = {
    CreateState::Absent,  CreateState::Received, CreateState::Intent,   CreateState::Sent,
    CreateState::Unknown, CreateState::Created,  CreateState::Rejected,
};

// Whether the journal ever makes that step. Staying is no step.
bool mayBecome(CreateState from, CreateState to);

// Whether a restart has to find out what became of it.
constexpr bool isOpen(CreateState state) {
    return state == CreateState::Sent || state == CreateState::Unknown;
}
// Whether its answer is final.
constexpr bool isSettled(CreateState state) {
    return state == CreateState::Created || state == CreateState::Rejected;
}

std::string_view nameOf(CreateState state);  // "received"
std::optional<CreateState> createStateOfName(std::string_view name);

}  // namespace smartca::journal
