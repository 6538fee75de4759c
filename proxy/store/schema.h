// The tables, as the steps that lead to them from an empty database. migrations.h makes those that a database
// lacks. Every step is in SQLite's words; postgres_dialect.h translates them.
//
// Until the first release, edit the first step. A step that has been in a release stays as it is: what is to
// change then becomes another one, at the end.
//
// Threads: any.
#pragma once

#include <span>
#include <string_view>

namespace smartca::store {

std::span<const std::string_view> schemaSteps();

}  // namespace smartca::store
