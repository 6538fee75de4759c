// The answer to a create, made of what was known when it was sent (AnswerMemo, which the journal keeps) and
// of what the registry says came of it: the same bytes whether the registry says so at once, or a day and a
// restart later.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proxy/registry/registry.h"

namespace smartca::registry {

std::string textOf(const AnswerMemo& memo);
std::optional<AnswerMemo> readAnswerMemo(std::string_view text);

// The JSON of a CreateAnswer. Its HTTP status is the API's choice.
std::string createBody(const AnswerMemo& memo, const Attached& attached);

}  // namespace smartca::registry
