#include "proxy/audit/log.h"

#include <algorithm>

#include "proxy/audit/chain.h"

namespace smartca::audit {
std::int64_t clockNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

store::DatabaseResult<Done> append(store::Database& database, const Entry& entry) {
    Record record = recordOf(entry);
    record.milliseconds = clockNow();
    std::string previous;
    {
        // A write transaction keeps everybody else from continuing the same entry.
        store::Statement head(database, "SELECT last_seq, last_hash FROM audit_head WHERE id = 1");
        const bool found = head.next();
        if (head.failed()) return head.error();
        if (!found)
            return store::DatabaseError{store::DatabaseFault::Other, "audit_head has no row",
                                        "the audit log has lost its head"};
        record.sequence = head.number(0) + 1;
        previous = head.text(1);
    }
    record.hash = chainHash(previous, record);
    store::Statement insert(database,
                            std::string("INSERT INTO audit(") + kColumns +
                                ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bindRecord(insert, record);
    if (auto inserted = insert.run(); !inserted) return inserted;
    // No trigger and no RETURNING on this: SQLite makes a temporary table for either, which costs more than
    // all the rest.
    store::Statement head(database, "UPDATE audit_head SET last_seq = ?, last_hash = ? WHERE id = 1");
    return head.bind(record.sequence).bind(std::string_view(record.hash)).run();
}

bool Budget::admits(const Entry& entry, Clock::time_point now) {
    if (entry.outcome != Outcome::Refused && entry.outcome != Outcome::Failed) return true;
    if (left_ < burst_) {
        const auto earned = (now - refilled_) / refill_;
        left_ = static_cast<int>(std::min<std::int64_t>(burst_, left_ + earned));
        refilled_ += earned * refill_;
    } else {
        refilled_ = now;
    }
    if (left_ == 0) {
        leftOut_ += 1 + entry.leftOut;
        return false;
    }
    --left_;
    return true;
}

}  // namespace smartca::audit
