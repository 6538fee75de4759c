// Reading the audit log: of a proxy that runs, or of a database that nobody has open, a file or on a server.
// Nothing is written, no lock is held between two pages, and memory does not grow with the log.
//
//   auto reader = Reader::open("/var/lib/smartca/registry.db");
//   if (!reader) fail(reader.error());
//   reader.value().each([&](const Record& record) { return print(record); });
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "proxy/audit/chain.h"
#include "proxy/store/database.h"

namespace smartca::audit {

// Where the log ends.
struct Head {
    std::int64_t sequence = 0;            // of the last entry; 0: there is none
    std::string hash = chainBeginning();  // of the last entry
};

// What verify() found.
struct Verdict {
    std::int64_t entries = 0;  // that fit, from the first on
    Head head{};               // as the entries that fit make it
    std::string fault{};       // empty: the chain is whole; else a sentence that names the first that is not
};

// A hash that was printed or exported earlier, and kept where whoever can write the database cannot.
struct Anchor {
    std::int64_t sequence = 0;
    std::string hash{};
};

class Reader {
  public:
    // As StoreOptions has them. On a server, a role that may read audit, audit_head and smartca_schema is
    // enough. Errors are sentences for an operator.
    static Result<Reader, std::string> open(const std::string& path,
                                            const std::function<std::string()>& password = {});

    Result<Head, std::string> head();
    // From the oldest on to what is the last when it begins; until `take` says false.
    Result<Done, std::string> each(const std::function<bool(const Record&)>& take);
    // Walks the whole chain. With an anchor that entry has to have that hash.
    Result<Verdict, std::string> verify(const std::optional<Anchor>& anchor = std::nullopt);

  private:
    explicit Reader(store::Database database) : database_(std::move(database)) {}

    store::Database database_;
};

}  // namespace smartca::audit
