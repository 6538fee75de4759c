// The tables, as the steps that lead to them from an empty database. migrations.h makes those that a database
// lacks.
//
// A step that has been in a release stays as it is: databases have it behind them. What is to change becomes
// another one, at the end.
//
// Threads: any.
#pragma once

#include <span>
#include <string_view>

namespace smartca::registry {

// Words that both databases are given, and then those that one alone is: nearly everything is the same, see
// postgres_dialect.h.
struct Step {
    std::string_view both = {};
    std::string_view sqlite = {};
    std::string_view postgres = {};
};
std::span<const Step> schemaSteps();

}  // namespace smartca::registry
