// An entry of the audit log as a line of text, JSON or CSV.
//
// Masked: only the last four characters of an identity number are shown, wherever it stands in its entry (a
// name may hold it), and the hash is left out. It covers the number, and whoever knows everything else in the
// entry could find those twelve digits by trying.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "proxy/audit/chain.h"

namespace smartca::audit {

enum class Format : std::uint8_t { Text, JsonLines, Csv };

// Whether identity numbers are shown whole, or their last four characters alone.
enum class Identities : std::uint8_t { Masked, Full };

// What stands before the first entry: CSV's line of names, else nothing.
std::string beginningOf(Format format);

// With its line break: CR LF for CSV (RFC 4180), else LF.
//
// text: for a person, what people have written in quotes; escapes.h says what is shown otherwise than it is,
// in text and CSV. JSON has every text as it was entered.
std::string lineOf(const Record& record, Format format, Identities identities);

}  // namespace smartca::audit
