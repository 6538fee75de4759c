// The schema, as numbered steps from an empty database. A step never changes once it has been released; a new
// wish is a new step.
#pragma once

#include <string>

#include "proxy/registry/database.h"

namespace smartca::registry {

// Brings the database to this program's schema, each step in one transaction. Refuses a database of another
// program and a schema newer than this program knows; the error says so in words for an operator.
Result<Done, std::string> migrate(Database& database);

// Why migrate() would refuse it; empty: it would not.
std::string refusalOf(const SchemaState& state);

// The schema that migrate() ends at.
int newestSchema();

}  // namespace smartca::registry
