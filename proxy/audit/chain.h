// An entry of the audit log as it stands in the database, and the chain that its hashes make: each entry's
// hash covers its own fields and the hash of the entry before it, so that an entry that was changed, taken
// out or put in shows at the first one whose hash no longer fits. README.md has the bytes.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "proxy/audit/entry.h"
#include "proxy/store/database.h"

namespace smartca::audit {

// Texts as stored: an action or outcome that a newer program wrote is shown as it is.
struct Record {
    std::int64_t sequence = 0;      // 1, 2, 3, …
    std::int64_t milliseconds = 0;  // since 1970-01-01T00:00:00Z
    std::string action{};
    std::string outcome{};
    std::string reason{};
    std::string actor{};
    std::string peer{};
    std::string requestId{};
    std::string keyHash{};
    std::int64_t createId = 0;
    std::int64_t userId = 0;
    std::string userCode{};
    std::string userName{};
    std::string identity{};
    std::string serials{};         // one blank between two
    std::string certificateIds{};  // one blank between two
    std::string name{};
    std::string previousName{};
    std::int64_t leftOut = 0;  // refusals and failures that were not entered, between the entry before and it
    std::string hash{};
};

// The hash before the first entry: 64 times '0'.
std::string chainBeginning();

// The hash of `record`, whatever stands in its own, behind an entry with the hash `previous`.
std::string chainHash(const std::string& previous, const Record& record);

// An entry as it will stand, but for its place in the chain, with U+FFFD for what is no text; and back,
// without its time.
Record recordOf(const Entry& entry);
Entry entryOf(const Record& record);

// All columns in the order of the members above; recordOfRow() reads them from a row.
inline constexpr const char* kColumns =
    "seq, at, action, outcome, reason, actor, peer, request_id, key_hash, create_id, user_id, user_code,"
    " user_name, identity, serials, certificate_ids, name, previous_name, left_out, hash";
Record recordOfRow(const store::Statement& row);
// Binds them, in that order.
void bindRecord(store::Statement& statement, const Record& record);

}  // namespace smartca::audit
