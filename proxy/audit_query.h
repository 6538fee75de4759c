// The command line of `smartca-proxy audit`.
//
//   smartca-proxy audit --database FILE [--from 2026-11-01] [--user USER01] [--format csv]
//   smartca-proxy audit verify --database postgresql://… --database-password-file FILE [--anchor 17:4f2c…]
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proxy/audit/entry.h"
#include "proxy/audit/export.h"
#include "proxy/audit/filter.h"
#include "proxy/audit/reader.h"
#include "proxy/ops/options.h"
#include "shared/result.h"

namespace smartca {

enum class Task : std::uint8_t { Export, Verify, Help };

struct Query {
    Task task = Task::Export;
    std::string database{};  // a file, or a URL without a password
    std::string databasePasswordFile{};
    audit::Filter filter{};
    audit::Format format = audit::Format::Text;
    audit::Identities identities = audit::Identities::Masked;
    std::optional<audit::Anchor> anchor{};
};

// `arguments`: behind the word "audit". The database may also come from --config and the environment, as for
// the proxy itself. Errors are one sentence with what to do.
Result<Query, std::string> readQuery(const std::vector<std::string>& arguments,
                                     const ops::Environment& environment);

std::string queryHelp();

}  // namespace smartca
