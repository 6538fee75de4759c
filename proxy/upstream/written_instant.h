// Dates and times in the many ways in which programs write them.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "shared/calendar.h"

namespace smartca::upstream {

// A moment as texts beside certificates have it: ISO 8601 with 'T' or a blank, "dd/MM/yyyy HH:mm:ss",
// "yyyyMMddHHmmss", seconds or milliseconds since 1970. Without a zone it is right to within
// some hours: a day before a blank is one of Vietnam, the others are of UTC.
std::optional<Instant> writtenInstant(std::string text);

}  // namespace smartca::upstream
