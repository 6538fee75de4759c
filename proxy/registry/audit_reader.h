// Reading the audit log: of a proxy that runs, or of a database that nobody has open, a file or on a server.
// Nothing is written, no lock is held between two pages, and memory does not grow with the log.
//
//   auto reader = AuditReader::open("/var/lib/smartca/registry.db");
//   if (!reader) fail(reader.error());
//   reader.value().each([&](const AuditRecord& record) { return print(record); });
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "proxy/registry/audit_chain.h"
#include "proxy/registry/database.h"

namespace smartca::registry {

// Where the log ends.
struct AuditHead {
    std::int64_t sequence = 0;            // of the last entry; 0: there is none
    std::string hash = auditBeginning();  // of the last entry
};

// What verify() found.
struct AuditVerdict {
    std::int64_t entries = 0;  // that fit, from the first on
    AuditHead head{};          // as the entries that fit make it
    std::string fault{};       // empty: the chain is whole; else a sentence that names the first that is not
};

// A hash that was printed or exported earlier, and kept where whoever can write the database cannot.
struct AuditAnchor {
    std::int64_t sequence = 0;
    std::string hash{};
};

class AuditReader {
  public:
    // As StoreOptions has them. On a server, a role that may read audit, audit_head and smartca_schema is
    // enough. Errors are sentences for an operator.
    static Result<AuditReader, std::string> open(const std::string& path,
                                                 const std::function<std::string()>& password = {});

    Result<AuditHead, std::string> head();
    // From the oldest on to what is the last when it begins; until `take` says false.
    Result<Done, std::string> each(const std::function<bool(const AuditRecord&)>& take);
    // Walks the whole chain. With an anchor that entry has to have that hash.
    Result<AuditVerdict, std::string> verify(const std::optional<AuditAnchor>& anchor = std::nullopt);

  private:
    explicit AuditReader(Database database) : database_(std::move(database)) {}

    Database database_;
};

}  // namespace smartca::registry
