// Instants and days without the C library's clock, zone or locale. Instants are seconds since 1970-01-01T00:00:00Z.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smartca {

using Instant = std::int64_t;

// ISO 8601 with 'T', optional fraction (ignored), and 'Z', an offset, or nothing (read as UTC).
std::optional<Instant> parseInstant(std::string_view iso);

// "2026-11-22T08:04:00Z"
std::string isoOf(Instant instant);

// In Vietnam's time (UTC+7, no daylight saving): "22/11/2026" and "22/11/2026 15:04".
std::string dateInVietnam(Instant instant);
std::string dateAndTimeInVietnam(Instant instant);

// "22/11/2026", "22-11-2026" or "2026-11-22" as a day in Vietnam: its first instant. Empty for no such day.
std::optional<Instant> parseDay(std::string_view typed);

// Whole days from now until then, rounded up; negative when it is past.
std::int64_t daysUntil(Instant now, Instant then);

}  // namespace smartca
