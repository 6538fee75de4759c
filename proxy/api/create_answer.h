// The answer to a create, made of what was known when it was sent (the memo, which the journal keeps) and of
// what the registry says came of it: the same whether the registry says so at once, or a day and a restart
// later.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/registry/registry.h"
#include "shared/api.h"
#include "shared/message.h"

namespace smartca::api {

// No secrets: it is kept in the journal.
struct AnswerMemo {
    std::vector<RegisteredCertificate> found;  // at SmartCA, under the identity
    std::vector<Field> notSaved;               // given, and with no place in this registry
    Locale locale = Locale::Vietnamese;        // of the one who asked
    std::string requestId;                     // of that request
};
std::string textOf(const AnswerMemo& memo);
std::optional<AnswerMemo> readAnswerMemo(std::string_view text);

// 201 where something was added, 200 where all was there already.
journal::StoredAnswer answerOf(const AnswerMemo& memo, const registry::Attached& attached);

// Nothing came of it.
journal::StoredAnswer notCreated(const AnswerMemo& memo);

}  // namespace smartca::api
