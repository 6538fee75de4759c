// Texts that people have written, made harmless for the program that will show them: a terminal, a
// spreadsheet.
//
// Pure and linear; any bytes; any thread.
#pragma once

#include <string>
#include <string_view>

namespace smartca::audit {

// What would steer a terminal, break the line, show nothing or turn the writing direction stands as its
// number,
// \x1b or \u202e or \U000e0041; a byte that is no UTF-8 as \xff.
std::string forTerminal(std::string_view text);

// The same within double quotes, " and \ with a \ before them: whatever the text is, it ends where the quotes
// do.
std::string quotedForTerminal(std::string_view text);

// A cell of CSV (RFC 4180). An apostrophe stands before what a spreadsheet would take for a formula: where
// the cell, or what follows a semicolon, a tab or a line break in it (spreadsheets of many countries divide
// there), begins with = + - @, wide ones too, with or without blanks before.
std::string csvCellOf(std::string_view text);

}  // namespace smartca::audit
