// Writing to the audit log. An entry is appended inside the transaction that does what it tells of: neither
// is ever there without the other.
//
// Threads: whoever has the store's writer.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

#include "proxy/audit/entry.h"
#include "proxy/store/database.h"

namespace smartca::audit {

// Milliseconds since 1970-01-01T00:00:00Z.
std::int64_t clockNow();

// Within a write transaction that is open. Its time is clockNow().
store::DatabaseResult<Done> append(store::Database& database, const Entry& entry);

// How many refusals and failures may be entered, so that a flood of them does not fill the disk: `burst` at
// once, and one more for each `refill`. What is left out is counted, and the next one that is entered tells
// how many. What has been done is entered always: it costs the caller at least what it costs us.
//
// A value: keep the copy that a transaction has changed only when the transaction was committed.
class Budget {
  public:
    using Clock = std::chrono::steady_clock;
    explicit Budget(int burst = 60, Clock::duration refill = std::chrono::seconds(10))
        : burst_(burst), refill_(refill), left_(burst) {}

    // Whether that entry may be made now; where it may not, it and what it stands for are counted.
    bool admits(const Entry& entry, Clock::time_point now);
    // How many were left out before the entry that is being made. Forgets them: the entry says it.
    std::int64_t takeLeftOut() { return std::exchange(leftOut_, 0); }

  private:
    int burst_;
    Clock::duration refill_;
    int left_;
    std::int64_t leftOut_ = 0;
    Clock::time_point refilled_{};
};

}  // namespace smartca::audit
