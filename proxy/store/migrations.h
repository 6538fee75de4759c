// Brings a database to this program's schema (schema_steps.h).
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
