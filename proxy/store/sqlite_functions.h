// What our searches ask of SQLite that it has not, or has slower: a walk over 100 000 certificates calls them
// for each one. PostgreSQL's words for the same are in postgres_dialect.h.
//
//   contains(text, part)     1 where the part is in the text, byte by byte; NULL where one of them is. Twice
//                            as fast as instr() > 0, which looks at one byte after the other.
//   count_distinct(number)   how many different numbers there are; count(DISTINCT …) sorts them into a table.
//
// Threads: the connection's.
#pragma once

#include <sqlite3.h>

namespace smartca::store {

// False: out of memory.
bool addFunctions(sqlite3* connection);

}  // namespace smartca::store
