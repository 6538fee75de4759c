// The token that calls to the portal carry: kept in memory alone, made by one log-in for however many wait
// for it, renewed before it ends.
//
//   Session session(logIn);
//   auto ticket = session.ticket(deadline);
//   … the portal answers 401 …
//   session.refused(ticket.value().number);      // of many who say so, the first counts
//   auto other = session.ticket(deadline);       // a new log-in
//
// A log-in that fails fails for all who waited for it, so that a portal in trouble gets one question, not a
// storm. There is no renewal but to log in again: the API documents none.
//
// Threads: any. `logIn` runs on the thread of one of the callers, never twice at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "proxy/econtract/answer.h"
#include "shared/result.h"

namespace smartca::econtract {

struct Token {
    std::string text;
    std::chrono::seconds life{0};  // from now
};

class Session {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using LogIn = std::function<base::Outcome<Token>(TimePoint deadline)>;
    using Clock = std::function<TimePoint()>;

    explicit Session(LogIn logIn, Clock clock = std::chrono::steady_clock::now);

    struct Ticket {
        std::string token;
        std::uint64_t number = 0;
    };
    base::Outcome<Ticket> ticket(TimePoint deadline);

    // The portal did not take the token with that number.
    void refused(std::uint64_t number);

  private:
    bool usable() const { return !token_.empty() && clock_() < endsAt_; }
    base::Outcome<Ticket> renew(std::unique_lock<std::mutex>& lock, TimePoint deadline);

    const LogIn logIn_;
    const Clock clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string token_;
    std::uint64_t number_ = 0;
    TimePoint endsAt_{};
    TimePoint renewAt_{};
    bool loggingIn_ = false;
    std::uint64_t flights_ = 0;           // log-ins that have ended
    std::optional<base::Fault> failure_;  // of the last one
};

}  // namespace smartca::econtract
