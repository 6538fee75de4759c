// Numbers, lists and moments as they are written in ASCII. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smartca::base {

// Decimal digits, perhaps after a '-', and nothing else; nothing for a number outside of the bounds.
std::optional<std::int64_t> wholeNumberOf(std::string_view text, std::int64_t minimum, std::int64_t maximum);

// What stands between the separators, without empty parts; parts of `text`.
std::vector<std::string_view> partsOf(std::string_view text, char separator);

std::string lowerCase(std::string_view text);  // of ASCII letters

// Whether a browser could write that as a page's origin, byte by byte: "https://portal.example.vn", without a path, a
// capital letter, or the port that its scheme has anyway.
bool isOrigin(std::string_view text);

// RFC 3339, UTC, with milliseconds: "2026-11-22T08:04:00.123Z". Of milliseconds since 1970.
std::string timestampOf(std::int64_t milliseconds);

}  // namespace smartca::base
