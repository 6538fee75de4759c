// Requests to the API that were turned away at the door (401, 403), for the audit log. They are seen on the
// transport's thread, which must not wait for a disk, and entered later; a flood of them is counted, not
// kept.
//
//   TurnedAway turnedAway(journal);
//   turnedAway.see(record);   // of every request, on any thread
//   turnedAway.enter();       // every second, on the owner's
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "proxy/http/message.h"
#include "proxy/registry/journal.h"

namespace smartca::audit {

class TurnedAway {
  public:
    // `journal` must outlive it.
    explicit TurnedAway(registry::Journal& journal) : journal_(journal) {}

    void see(const http::RequestRecord& record);
    // False: the log could not be written; what was seen stays.
    bool enter();

    static constexpr std::size_t kMostWaiting = 64;

  private:
    registry::Journal& journal_;
    std::mutex mutex_;
    std::vector<registry::AuditEntry> waiting_;
    std::int64_t leftOut_ = 0;  // seen after the last of them
};

}  // namespace smartca::audit
