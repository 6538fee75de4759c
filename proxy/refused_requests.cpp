#include "proxy/refused_requests.h"

#include <utility>

namespace smartca {

void RefusedRequests::see(const http::RequestRecord& record) {
    // Unauthorized, Forbidden, Too Many Requests
    const bool refused = record.status == 401 || record.status == 403 || record.status == 429;
    if (!refused || record.refusedRoute.empty()) return;
    audit::Entry entry;
    entry.action = audit::Action::Access;
    entry.outcome = audit::Outcome::Refused;
    for (const std::string_view word :
         {record.outcome, record.method, record.refusedRoute})  // of closed sets
        entry.reason.append(entry.reason.empty() ? "" : " ").append(word);
    entry.source.actor = "unknown";
    if (record.caller != nullptr) {
        entry.source.actor = record.caller->subject;
        entry.source.actorName = record.caller->name;
        entry.source.issuer = record.caller->issuer;
        entry.source.company = record.caller->company;
    }
    entry.source.peer = record.peer;
    entry.source.requestId = record.requestId;
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kMostWaiting) {
        waiting_.push_back(std::move(entry));
    } else {
        ++waiting_.back().leftOut;
    }
}

bool RefusedRequests::enter() {
    // No more than were waiting at once, so that a flood does not keep the owner's thread here.
    for (std::size_t left = kMostWaiting; left > 0; --left) {
        std::unique_lock lock(mutex_);
        if (waiting_.empty()) break;
        const audit::Entry next = waiting_.front();
        lock.unlock();
        if (!journal_.audit(next)) return false;
        // Still the same one: see() adds behind it, and counts at the back of a full queue.
        lock.lock();
        waiting_.pop_front();
    }
    return true;
}

}  // namespace smartca
