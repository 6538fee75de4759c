#include "shared/identity.h"

#include <algorithm>

#include "shared/text.h"

namespace smartca {
namespace {

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isAsciiDigit);
}

bool isBranch(std::string_view text) {
    return text.size() == 14 && text[10] == '-' && allDigits(text.substr(0, 10)) &&
           allDigits(text.substr(11));
}

bool isForeignPassport(std::string_view text) {
    constexpr std::size_t kShortest = 5;
    constexpr std::size_t kLongest = 20;
    constexpr std::size_t kMachineReadable = 9;
    if (text.size() < kShortest || text.size() > kLongest) return false;
    const auto isAlphanumeric = [](char c) { return isAsciiDigit(c) || isAsciiLetter(c); };
    return std::all_of(text.begin(), text.end(), isAlphanumeric) &&
           std::any_of(text.begin(), text.end(), isAsciiLetter) &&
           (text.size() <= kMachineReadable || isAsciiLetter(text.front()));
}

IdentityKind kindOf(std::string_view text) {
    if (text.empty()) return IdentityKind::Empty;
    if (allDigits(text)) {
        switch (text.size()) {
            case 9:
                return IdentityKind::OldIdentityCard;
            case 10:
                return IdentityKind::TaxCode;
            case 12:
                return IdentityKind::CitizenCard;
            case 13:
                return IdentityKind::TaxCodeBranch;
            default:
                return IdentityKind::Unknown;
        }
    }
    if (isBranch(text)) return IdentityKind::TaxCodeBranch;
    const bool letterAndDigits = isAsciiLetter(text.front()) && allDigits(text.substr(1));
    if (letterAndDigits && (text.size() == 8 || text.size() == 9)) return IdentityKind::VietnamesePassport;
    return isForeignPassport(text) ? IdentityKind::ForeignPassport : IdentityKind::Unknown;
}

// Without a colon a prefix is taken off only where what remains is a number of that prefix's own kind, and so
// long that the whole cannot be a passport number that happens to begin with these letters.
bool canFollowWithoutColon(std::string_view prefix, IdentityKind rest) {
    if (prefix == "CCCD") return rest == IdentityKind::CitizenCard;
    if (prefix == "CMND") return rest == IdentityKind::CitizenCard || rest == IdentityKind::OldIdentityCard;
    if (prefix == "MST") return rest == IdentityKind::TaxCode || rest == IdentityKind::TaxCodeBranch;
    return false;
}

std::string_view withoutPrefix(std::string_view text) {
    if (text.starts_with("UID=")) text.remove_prefix(4);
    for (const std::string_view prefix : {"CCCD", "CMND", "MST", "HC"}) {
        if (!text.starts_with(prefix)) continue;
        const std::string_view rest = text.substr(prefix.size());
        if (rest.starts_with(':')) return rest.substr(1);
        if (canFollowWithoutColon(prefix, kindOf(rest))) return rest;
    }
    return text;
}

}  // namespace

Identity parseIdentity(std::string_view typed) {
    std::string folded = foldedTyping(typed);
    std::erase_if(folded, [](char c) { return c == ' ' || c == '.'; });
    std::transform(folded.begin(), folded.end(), folded.begin(), asciiUpper);

    Identity identity;
    identity.canonical = withoutPrefix(folded);
    identity.kind = kindOf(identity.canonical);
    if (identity.kind == IdentityKind::TaxCodeBranch && identity.canonical.size() == 13)
        identity.canonical.insert(10, 1, '-');
    return identity;
}

std::optional<char> taxCodeCheckDigit(std::string_view nine) {
    constexpr int kWeights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    if (nine.size() != std::size(kWeights) || !allDigits(nine)) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < nine.size(); ++i)
        sum += kWeights[i] * (nine[i] - '0');
    const int digit = 10 - sum % 11;
    if (digit == 10) return std::nullopt;
    return static_cast<char>('0' + digit);
}

std::string alternativeSpelling(const Identity& identity) {
    if (identity.kind != IdentityKind::TaxCodeBranch) return {};
    std::string joined = identity.canonical;
    std::erase(joined, '-');
    return joined;
}

}  // namespace smartca
