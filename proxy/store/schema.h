// The tables, as the steps that lead to them from an empty database, and the migration that makes the steps
// that a database lacks. Every step is in SQLite's words; postgres_dialect.h translates them.
//
// Until the first release, edit the first step. A step that has been in a release stays as it is: what is to
// change then becomes another one, at the end.
//
// Threads: those of the database.
#pragma once

#include <string>

#include "proxy/store/database.h"

namespace smartca::store {

// Brings the database to this program's schema, each step in one transaction. Refuses a database of another
// program and a schema newer than this program knows; the error says so in words for an operator.
Result<Done, std::string> migrate(Database& database);

// Why migrate() would refuse it; empty: it would not.
std::string refusalOf(const SchemaState& state);

// The schema that migrate() ends at.
int newestSchema();

}  // namespace smartca::store
