#include "proxy/refused_requests.h"

#include <iterator>
#include <utility>

namespace smartca {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;

}  // namespace

void RefusedRequests::see(const http::RequestRecord& record) {
    if ((record.status != kUnauthorized && record.status != kForbidden) || record.refusedRoute.empty())
        return;
    audit::Entry entry;
    entry.action = audit::Action::Access;
    entry.outcome = audit::Outcome::Refused;
    // All three are of closed sets.
    entry.reason.append(record.outcome)
        .append(" ")
        .append(record.method)
        .append(" ")
        .append(record.refusedRoute);
    entry.source.actor = record.caller.empty() ? "unknown" : record.caller;
    entry.source.peer = record.peer;
    entry.source.requestId = record.requestId;
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kMostWaiting) {
        waiting_.push_back(std::move(entry));
    } else {
        ++leftOut_;
    }
}

bool RefusedRequests::enter() {
    std::vector<audit::Entry> entries;
    {
        const std::lock_guard lock(mutex_);
        entries.swap(waiting_);
        if (!entries.empty()) entries.back().leftOut = std::exchange(leftOut_, 0);
    }
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (journal_.audit(*entry)) continue;
        const std::lock_guard lock(mutex_);
        // Those that have come meanwhile are counted: the log is older than they are.
        leftOut_ += static_cast<std::int64_t>(waiting_.size()) + entries.back().leftOut;
        entries.back().leftOut = 0;
        waiting_.assign(std::make_move_iterator(entry), std::make_move_iterator(entries.end()));
        return false;
    }
    return true;
}

}  // namespace smartca
