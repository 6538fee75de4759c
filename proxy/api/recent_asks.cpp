#include "proxy/api/recent_asks.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace smartca::api {

RecentAsks::Answer RecentAsks::find(const Identity& identity) {
    std::unique_lock lock(mutex_);
    forgetOld();
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
    const Answer answer = askNow(identity);
    lock.lock();
    ask->came = now_();
    ask->answer = answer;
    if (isWorthKeeping(answer)) {
        forgetOld();
    } else {
        asks_.erase(identity.canonical);
    }
    answered_.notify_all();
    return answer;
}

std::size_t RecentAsks::waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

// Always comes back: others may be waiting for the answer.
RecentAsks::Answer RecentAsks::askNow(const Identity& identity) noexcept {
    try {
        auto found = findRegistered(smartCa_, identity);
        if (!found) return found.error();
        return std::make_shared<const Found>(std::move(found).value());
    } catch (const std::exception&) {  // out of memory
        return upstream::SmartCaError{upstream::SmartCaFault::Unreachable, {}, {}};
    }
}

bool RecentAsks::isWorthKeeping(const Answer& answer) const {
    if (!answer) return false;
    std::size_t bytes = 0;
    for (const auto& certificate : answer.value()->certificates)
        bytes += certificate.der.size() + certificate.subject.size() + certificate.issuer.size();
    return bytes <= options_.bytes;
}

// Those under way stay: they are as many as there are workers.
void RecentAsks::forgetOld() {
    const auto now = now_();
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
