#include "proxy/upstream/written_instant.h"

#include <algorithm>
#include <cstdint>

#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::upstream {

std::optional<Instant> writtenInstant(std::string text) {
    constexpr std::int64_t kLargest = 100'000'000'000'000;
    constexpr std::int64_t kFirstMilliseconds = 100'000'000'000;
    const bool isStamp = text.size() >= 14 && std::all_of(text.begin(), text.begin() + 14, isAsciiDigit);
    if (isStamp) {
        const std::string rest = text.substr(14);
        return parseInstant(text.substr(0, 4) + '-' + text.substr(4, 2) + '-' + text.substr(6, 2) + 'T' +
                            text.substr(8, 2) + ':' + text.substr(10, 2) + ':' + text.substr(12, 2) + rest);
    }
    if (const auto number = base::wholeNumberOf(text, 0, kLargest); number && text.size() >= 9)
        return *number >= kFirstMilliseconds ? *number / 1000 : *number;
    const auto blank = std::min(text.find(' '), text.size());
    if (const auto day = parseDay(text.substr(0, blank))) {
        const auto hours = parseInstant("1970-01-01T" + text.substr(std::min(blank + 1, text.size())));
        if (blank == text.size() || hours) return *day + hours.value_or(0);
    }
    if (blank == 10) text[blank] = 'T';
    return parseInstant(text);
}

}  // namespace smartca::upstream
