// How often one person may ask: requests at all, look-ups of identities, creates. A bucket of each for every actor of
// every company (Caller::key()), which is full again after a minute or an hour.
//
//   Limiter limiter({.lookupsPerHour = 300});
//   if (const auto refused = limiter.take(caller, Cost::Lookup)) ...   // refused->limit, refused->wait
//
// Of this process: two proxies behind one balancer let through twice as much. Whoever cannot be told apart is not
// limited: a program without --auth, and the portal's server where it names nobody.
//
// Memory is bounded: of more than kMostActors those are forgotten who have asked for nothing for the longest time, and a
// forgotten one begins with full buckets.
//
// Threads: any.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "proxy/session/caller.h"

namespace smartca::http {

// What is asked for. A create comes on top of its request, which has been let through before its body was read: only then
// is it known whether it repeats one, which costs no other (api/create.cpp).
enum class Cost : std::uint8_t { Request, Lookup, Create };

constexpr const char* kAskedTooOften = "This caller has asked too often.";  // the reason of a 429

struct Limits {  // 0: no limit
    int requestsPerMinute = 600;
    int lookupsPerHour = 300;
    int createsPerHour = 300;
};

class Limiter {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t kMostActors = 20'000;  // of some 150 bytes

    explicit Limiter(Limits limits, std::function<Clock::time_point()> now = Clock::now)
        : limits_(limits), now_(std::move(now)) {}

    struct Refused {
        std::string_view limit;  // "requests", "lookups" or "creates"
        std::chrono::seconds wait;
    };
    // Takes a request and what it costs out of the caller's buckets, or a create alone; where one of them is empty, nothing.
    std::optional<Refused> take(const session::Caller& caller, Cost cost);

  private:
    // When each bucket will be full again, as if everything that was taken out came back one after the other.
    using Actor = std::array<Clock::time_point, 3>;
    using Actors = std::unordered_map<std::string, Actor>;  // by the digest of their keys
    Actor& actorOf(const std::string& key);

    const Limits limits_;
    const std::function<Clock::time_point()> now_;
    std::mutex mutex_;
    // Half of them at the most in each. A full recent_ becomes earlier_, and what earlier_ held is forgotten.
    Actors recent_, earlier_;
};

}  // namespace smartca::http
