// Requests to the API that were refused before they reached a route (401, 403, 429), for the audit log. They are
// seen on the transport's thread, which must not wait for a disk, and entered later; a flood of them is
// counted, not kept.
//
//   RefusedRequests refused(journal);
//   refused.see(record);   // of every request, on any thread
//   refused.enter();       // every second, on the owner's thread
#pragma once

#include <deque>
#include <mutex>

#include "proxy/http/message.h"
#include "proxy/journal/journal.h"

namespace smartca {

class RefusedRequests {
  public:
    // `journal` must outlive it.
    explicit RefusedRequests(journal::Journal& journal) : journal_(journal) {}

    void see(const http::RequestRecord& record);
    // False: the log could not be written. The entries stay, for the next call.
    bool enter();

    static constexpr std::size_t kMostWaiting = 64;

  private:
    journal::Journal& journal_;
    std::mutex mutex_;
    std::deque<audit::Entry> waiting_;  // the last one of a full queue counts those that found no room
};

}  // namespace smartca
