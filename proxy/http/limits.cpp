#include "proxy/http/limits.h"

#include <algorithm>
#include <utility>

#include "proxy/base/crypto.h"

namespace smartca::http {
namespace {

struct Bucket {
    std::string_view name;
    int Limits::* size;
    std::chrono::seconds period;
};
// In the order of Cost.
constexpr std::array<Bucket, 3> kBuckets = {
    {{"requests", &Limits::requestsPerMinute, std::chrono::minutes(1)},
     {"lookups", &Limits::lookupsPerHour, std::chrono::hours(1)},
     {"creates", &Limits::createsPerHour, std::chrono::hours(1)}}};

}  // namespace

std::optional<Limiter::Refused> Limiter::take(const session::Caller& caller, Cost cost) {
    if (caller.issuer.empty()) return std::nullopt;
    const auto now = now_();
    const std::lock_guard lock(mutex_);
    Actor& actor = actorOf(base::sha256(caller.key()));
    Actor after = actor;
    for (std::size_t i = 0; i < kBuckets.size(); ++i) {
        const bool counts = i == static_cast<std::size_t>(cost) || (i == 0 && cost != Cost::Create);
        const int size = limits_.*kBuckets[i].size;
        if (!counts || size == 0) continue;
        const Clock::duration period = kBuckets[i].period;
        after[i] = std::max(actor[i], now) + period / size;
        if (after[i] - now > period)
            return Refused{kBuckets[i].name,
                           std::chrono::ceil<std::chrono::seconds>(after[i] - now - period)};
    }
    actor = after;
    return std::nullopt;
}

Limiter::Actor& Limiter::actorOf(const std::string& key) {
    if (const auto found = recent_.find(key); found != recent_.end()) return found->second;
    if (recent_.size() >= kMostActors / 2) {
        earlier_ = std::move(recent_);
        recent_.clear();
    }
    const auto known = earlier_.extract(key);
    return recent_.emplace(key, known ? known.mapped() : Actor{}).first->second;
}

}  // namespace smartca::http
