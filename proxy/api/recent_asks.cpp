#include "proxy/api/recent_asks.h"

#include <algorithm>
#include <utility>

namespace smartca::api {

RecentAsks::Answer RecentAsks::find(const Identity& identity) {
    std::unique_lock lock(mutex_);
    forgetOld(now_());
    if (const auto known = asks_.find(identity.canonical); known != asks_.end()) {
        const auto ask = known->second;
        ++waiting_;
        answered_.wait(lock, [&ask] { return ask->answer.has_value(); });
        --waiting_;
        return *ask->answer;
    }
    const auto ask = std::make_shared<Ask>();
    asks_.emplace(identity.canonical, ask);
    lock.unlock();
    Turn turn{*this, identity.canonical, ask};
    auto found = findRegistered(smartCa_, identity);
    turn.answer = found ? Answer(std::make_shared<const Found>(std::move(found).value())) : found.error();
    turn.came = now_();
    return turn.answer;
}

std::size_t RecentAsks::waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

// Allocates nothing: memory may be what has run out.
RecentAsks::Turn::~Turn() {
    const std::lock_guard lock(asks.mutex_);
    ask->came = came;
    ask->answer = std::move(answer);
    if (asks.isWorthKeeping(*ask->answer)) {
        asks.forgetOld(came);
    } else {
        asks.asks_.erase(identity);
    }
    asks.answered_.notify_all();
}

bool RecentAsks::isWorthKeeping(const Answer& answer) const {
    if (!answer) return false;
    std::size_t bytes = 0;
    for (const auto& certificate : answer.value()->certificates)
        bytes += certificate.der.size() + certificate.subject.size() + certificate.issuer.size();
    return bytes <= options_.bytes;
}

// Those under way stay: they are as many as there are workers.
void RecentAsks::forgetOld(Clock::time_point now) {
    std::erase_if(asks_, [&](const auto& item) {
        return item.second->answer.has_value() && now - item.second->came >= options_.serves;
    });
    while (asks_.size() > options_.answers) {
        const auto oldest = std::min_element(asks_.begin(), asks_.end(), [](const auto& a, const auto& b) {
            const auto cameAt = [](const auto& item) {
                return item.second->answer ? item.second->came : Clock::time_point::max();
            };
            return cameAt(a) < cameAt(b);
        });
        if (!oldest->second->answer) return;
        asks_.erase(oldest);
    }
}

}  // namespace smartca::api
