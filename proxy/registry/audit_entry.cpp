#include "proxy/registry/audit_entry.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <utility>

namespace smartca::registry {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(AuditAction::Count)> kActions = {
    "create", "rename", "setDefault", "remove", "access",
};
constexpr std::array<std::string_view, static_cast<std::size_t>(AuditOutcome::Count)> kOutcomes = {
    "attached", "alreadyOnList", "changed", "removed", "sent", "unknown", "rejected", "refused", "failed",
};

template <class Word, std::size_t size>
std::optional<Word> wordOf(const std::array<std::string_view, size>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Word>(found - names.begin());
}

}  // namespace

std::string_view nameOf(AuditAction action) {
    return kActions[static_cast<std::size_t>(action)];
}

std::string_view nameOf(AuditOutcome outcome) {
    return kOutcomes[static_cast<std::size_t>(outcome)];
}

std::optional<AuditAction> auditActionOfName(std::string_view name) {
    return wordOf<AuditAction>(kActions, name);
}

std::optional<AuditOutcome> auditOutcomeOfName(std::string_view name) {
    return wordOf<AuditOutcome>(kOutcomes, name);
}

AuditEntry auditEntry(AuditEntry entry, AuditOutcome outcome, std::string_view reason) {
    entry.outcome = outcome;
    entry.reason = reason;
    return entry;
}

std::string auditHashOf(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * digest.size());
    for (const auto byte : digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

}  // namespace smartca::registry
