// Instants and days without the C library's clock, zone or locale. Instants are seconds since
// 1970-01-01T00:00:00Z.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smartca {

using Instant = std::int64_t;

// ISO 8601 date and time, years 0000 to 9999, with 'T', optional seconds and fraction (ignored), and 'Z', an
// offset ("+07:00",
// "+0700", "+07") or nothing (read as UTC). Empty for anything else.
std::optional<Instant> parseInstant(std::string_view iso);

// "2026-11-22T08:04:00Z". Instants outside the years 0000 to 9999 are shown as the nearest inside, here and
// below.
std::string isoOf(Instant instant);

// In Vietnam's time (UTC+7, no daylight saving): "22/11/2026" and "22/11/2026 15:04".
std::string dateInVietnam(Instant instant);
std::string dateAndTimeInVietnam(Instant instant);

// "22/11/2026", "1/2/26" (of this century) or "2026/11/22", also with '-', '.' or a blank between, or "22112026" or
// "20261122" (a phone's number pad has no slash), as a day in Vietnam: its first instant. Empty for no such day.
std::optional<Instant> parseDay(std::string_view typed);

// Midnights in Vietnam from now until then: 0 on the same day, 1 on the next, -1 on the one before.
std::int64_t daysUntil(Instant now, Instant then);

}  // namespace smartca
