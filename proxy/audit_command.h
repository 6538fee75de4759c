// `smartca-proxy audit …`: reads the audit log and writes it to a descriptor.
//
//   smartca-proxy audit --database FILE [--from 2026-11-01] [--user USER01] [--format csv]
//   smartca-proxy audit verify --database postgresql://… --database-password-file FILE [--anchor 17:4f2c…]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proxy/audit/export.h"
#include "proxy/audit/log.h"
#include "proxy/ops/options.h"
#include "shared/result.h"

namespace smartca {

// The status to exit with: 0; 1 when verify has found that the log is not what was written; 2 when it could
// not be read or written out. A reader that goes away early (`| head`) has what it wanted: 0.
struct AuditResult {
    int status = 0;
    std::string error{};  // for stderr, with status 0 a remark; empty: nothing
};

// `arguments`: behind the word "audit". The password of a server comes from its file or from
// SMARTCA_DATABASE_PASSWORD. Precondition: SIGPIPE is ignored.
AuditResult runAudit(const std::vector<std::string>& arguments, const ops::Environment& environment, int fd);

enum class AuditTask : std::uint8_t { Export, Verify, Help };

struct AuditQuery {
    AuditTask task = AuditTask::Export;
    std::string database{};  // a file, or a URL without a password
    std::string databasePasswordFile{};
    audit::Filter filter{};
    audit::Format format = audit::Format::Text;
    audit::Identities identities = audit::Identities::Masked;
    std::optional<audit::Head> anchor{};
};

// What `arguments` ask for. The database may also come from --config and the environment, as for the proxy
// itself. Errors are one sentence with what to do.
Result<AuditQuery, std::string> readAuditQuery(const std::vector<std::string>& arguments,
                                               const ops::Environment& environment);

}  // namespace smartca
