// Entries of the audit log for people and programs: which of them, and as what line of text, JSON or CSV.
//
// Masked: only the last four characters of an identity number are shown, wherever it stands in its entry (a
// name may hold it), and the hash is left out. It covers the number: with everything else in the entry known,
// those twelve digits could be found by trying.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/audit/entry.h"

namespace smartca::audit {

// An entry has to fit everything that is given.
struct Filter {
    std::optional<std::int64_t> from{};  // milliseconds since 1970; that instant and later
    std::optional<std::int64_t> to{};    // before that instant
    std::string user{};                  // its code, or its number
    std::string actor{};
    std::string company{};
    std::string identity{};               // canonical
    std::string serial{};                 // canonical
    std::vector<std::string> actions{};   // of kActionNames
    std::vector<std::string> outcomes{};  // of kOutcomeNames
};

bool fits(const Filter& filter, const Record& record);

enum class Format : std::uint8_t { Text, JsonLines, Csv };

// Whether identity numbers are shown whole, or their last four characters alone.
enum class Identities : std::uint8_t { Masked, Full };

// What stands before the first entry: CSV's line of names, else nothing.
std::string beginningOf(Format format);

// With its line break: CR LF for CSV (RFC 4180), else LF. Text is for a person, what people have written in
// quotes; text and CSV escape as below, JSON has every text as it was entered.
std::string lineOf(const Record& record, Format format, Identities identities);

// Any bytes, made harmless for a terminal: what would steer it, break the line, show nothing or turn the
// writing direction stands as its number, \x1b or \u202e or \U000e0041; a byte that is no UTF-8 as \xff.
std::string forTerminal(std::string_view text);

// The same within double quotes, " and \ with a \ before them: the text ends where the quotes do.
std::string quotedForTerminal(std::string_view text);

// A cell of CSV (RFC 4180). An apostrophe stands before what a spreadsheet would take for a formula: where
// the cell, or what follows a semicolon, a tab or a line break in it (spreadsheets of many countries divide
// there), begins with = + - @, wide ones too, with or without blanks before.
std::string csvCellOf(std::string_view text);

}  // namespace smartca::audit
