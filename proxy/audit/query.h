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

#include "proxy/ops/options.h"
#include "proxy/registry/audit_entry.h"
#include "proxy/registry/audit_reader.h"
#include "shared/result.h"

namespace smartca::audit {

enum class Format : std::uint8_t { Text, JsonLines, Csv };

// Whether identity numbers are shown whole, or their last four characters alone.
enum class Identities : std::uint8_t { Masked, Full };

// An entry has to fit everything that is given.
struct Filter {
    std::optional<std::int64_t> from{};  // milliseconds since 1970; that instant and later
    std::optional<std::int64_t> to{};    // before that instant
    std::string user{};                  // its code, or its number
    std::string actor{};
    std::string identity{};  // canonical
    std::string serial{};    // canonical
    std::vector<registry::AuditAction> actions{};
    std::vector<registry::AuditOutcome> outcomes{};
};

enum class Task : std::uint8_t { Export, Verify, Help };

struct Query {
    Task task = Task::Export;
    std::string database{};  // a file, or a URL without a password
    std::string databasePasswordFile{};
    Filter filter{};
    Format format = Format::Text;
    Identities identities = Identities::Masked;
    std::optional<registry::AuditAnchor> anchor{};
};

// `arguments`: behind the word "audit". The database may also come from --config and the environment, as for
// the proxy itself. Errors are one sentence with what to do.
Result<Query, std::string> readQuery(const std::vector<std::string>& arguments,
                                     const ops::Environment& environment);

std::string queryHelp();

}  // namespace smartca::audit
