// What stands beside a `status_code` of success and denies it: `success`, `error`, a second code, a count.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "proxy/upstream/plain_words.h"

namespace smartca::upstream {

struct Denial {
    std::string words;   // the upstream's, cleaned; empty where it has none
    std::string remark;  // for our log: which member says what
};

// Looks at the envelope and at its `data`. Members that are null, empty, zero, or say success deny nothing.
std::optional<Denial> denialIn(const nlohmann::json& envelope);

struct Missing {
    std::size_t count = 0;  // at most 1 000 of a larger count
    std::string member;     // that says so, for our log
};

// How many certificates there are beside the `listed` ones, by a count, a flag or a link beside the list ("total": 15,
// "hasNextPage": true, "next": "/…page=2"). A flag alone tells of one at least, and is counted as one.
Missing moreThanListed(const nlohmann::json& envelope, std::size_t listed);

// The words of an answer: those of its message, under the names that gateways have for it; a number as it stands.
// Cleaned; empty where there are none.
std::string messageIn(const nlohmann::json& body);

// Of such words: that something has failed, or may have; that all is done, and nothing else.
bool saysFailed(const PlainWords& words);
bool saysDone(const PlainWords& words);

}  // namespace smartca::upstream
