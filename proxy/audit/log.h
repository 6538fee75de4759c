// The audit log: appending an entry inside the transaction that does what it tells of, so that neither is
// ever there without the other; and reading and verifying the log.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proxy/audit/entry.h"
#include "proxy/store/database.h"

namespace smartca::audit {

// Milliseconds since 1970-01-01T00:00:00Z.
std::int64_t clockNow();

// Within a write transaction that is open, on the thread that has the store's writer. Its time is clockNow().
store::DatabaseResult<Done> append(store::Database& database, const Entry& entry);

// The newest entry that says that the create was sent: who had asked for it, and for what.
store::DatabaseResult<std::optional<Entry>> sentEntry(store::Database& database, std::int64_t createId);

// How many refusals and failures may be entered, so that a flood of them does not fill the disk: `burst` at
// once, and one more for each `refill`. What is left out is counted, and the next one that is entered tells
// how many. What has been done is entered always: it costs the caller at least what it costs us.
//
// A value: keep the copy that a transaction has changed only when the transaction was committed.
class Budget {
  public:
    using Clock = std::chrono::steady_clock;
    explicit Budget(int burst = 60, Clock::duration refill = std::chrono::seconds(10))
        : burst_(burst), refill_(refill) {}

    // Whether that entry may be made now; where it may not, it and what it stands for are counted.
    bool admits(const Entry& entry, Clock::time_point now);
    // How many were left out before the entry that is being made. Forgets them: the entry says it.
    std::int64_t takeLeftOut() { return std::exchange(leftOut_, 0); }

  private:
    int burst_;
    Clock::duration refill_;
    std::int64_t leftOut_ = 0;
    Clock::time_point full_{};  // when all of them may be entered again
};

// As append() above, if the budget has room for it.
store::DatabaseResult<Done> append(store::Database& database, const Entry& entry, Budget& budget);

// Where the log ends: its last entry. One that was printed earlier, and kept out of reach of the
// database's owner, is an anchor.
struct Head {
    std::int64_t sequence = 0;                // 0: there is no entry
    std::string hash = std::string(64, '0');  // what the first entry is chained to
};

// What verify() found.
struct Verdict {
    Head head{};          // as the entries that fit make it, from the first on
    std::string fault{};  // empty: the chain is whole; else what is wrong behind that head, as a sentence
};

// The log of a proxy that runs, or of a database that nobody has open, a file or on a server, to be read.
// Nothing is written, no lock is held between two pages, and memory does not grow with the log.
//
//   auto log = openLog("/var/lib/smartca/registry.sqlite");
//   if (!log) fail(log.error());
//   eachRecord(log.value(), [&](const Record& record) { return print(record); });
//
// `path` and `password`: as StoreOptions has them. On a server, a role that may read audit, audit_head and
// smartca_schema is enough. Errors, here and below, are sentences for an operator.
Result<store::Database, std::string> openLog(const std::string& path,
                                             const std::function<std::string()>& password = {});

// From the oldest on to what is the last when it begins; until `take` says false.
Result<Done, std::string> eachRecord(store::Database& log, const std::function<bool(const Record&)>& take);

// A place in the log: behind that entry. The time tells the entry from one of the same number in another log: of a
// new database, or of one that was restored from a copy.
struct Cursor {
    std::int64_t sequence = 0;  // 0: before the oldest
    std::int64_t milliseconds = 0;
};
struct Slice {
    std::vector<Record> records;
    Cursor end;
};
// What follows it, in order, `limit` entries at most; nothing where its entry is not there. An entry is seen
// only when all before it are: who writes one holds the log's end until the commit.
store::DatabaseResult<std::optional<Slice>> entriesAfter(store::Database& log, const Cursor& after,
                                                         std::int64_t limit);

// Walks the whole chain. With an anchor that entry has to have that hash.
Result<Verdict, std::string> verify(store::Database& log, const std::optional<Head>& anchor = std::nullopt);

}  // namespace smartca::audit
