// What stands beside a `status_code` of success and denies it: `success`, `error`, a second code, a count.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace smartca::upstream {

struct Denial {
    std::string words;   // the upstream's, cleaned; empty where it has none
    std::string remark;  // for our log: which member says what
};

// Looks at the envelope and at its `data`. Members that are null, empty, zero, or say success deny nothing.
std::optional<Denial> denialIn(const nlohmann::json& envelope);

// How many certificates there are by a count beside the list ("total": 15); 0 where there is none.
std::size_t announcedIn(const nlohmann::json& envelope);

// The words of an answer: those of its message, under the names that gateways have for it; a number as it stands.
// Cleaned; empty where there are none.
std::string messageIn(const nlohmann::json& body);

// Without accents and case; "CREDENTIAL_NOT_EXIST" is three words.
std::string plainWords(std::string_view text);

// Of such words.
bool saysFailed(const std::string& words);
bool saysDone(const std::string& words);

}  // namespace smartca::upstream
