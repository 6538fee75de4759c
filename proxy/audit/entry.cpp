#include "proxy/audit/entry.h"

#include <algorithm>
#include <array>
#include <utility>

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::audit {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Action::Count)> kActions = {
    "create", "rename", "setDefault", "remove", "access",
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Outcome::Count)> kOutcomes = {
    "attached", "alreadyOnList", "changed", "removed", "sent", "unknown", "rejected", "refused", "failed",
};

template <class Word, std::size_t size>
std::optional<Word> wordOf(const std::array<std::string_view, size>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Word>(found - names.begin());
}

}  // namespace

std::string_view nameOf(Action action) {
    return kActions[static_cast<std::size_t>(action)];
}

std::string_view nameOf(Outcome outcome) {
    return kOutcomes[static_cast<std::size_t>(outcome)];
}

std::optional<Action> actionOfName(std::string_view name) {
    return wordOf<Action>(kActions, name);
}

std::optional<Outcome> outcomeOfName(std::string_view name) {
    return wordOf<Outcome>(kOutcomes, name);
}

Entry withOutcome(Entry entry, Outcome outcome, std::string_view reason) {
    entry.outcome = outcome;
    entry.reason = reason;
    return entry;
}

std::string hashOf(std::string_view bytes) {
    return hexadecimalOf(base::sha256(bytes));
}

}  // namespace smartca::audit
