// Spares callers, and the threads that would wait for them, an upstream that hangs: after a number of calls in a row
// that got no answer in time, further ones fail at once. Every few seconds one is let through, and any answer to it,
// also a refusal, ends that.
//
//   if (!breaker.lets(now)) return …;
//   breaker.saw(answered ? Breaker::Call::Answered : Breaker::Call::TimedOut, now);
//
// Threads: any.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace smartca::upstream {

class Breaker {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    enum class Call : std::uint8_t { Answered, TimedOut };

    explicit Breaker(std::size_t limit = 8, std::chrono::milliseconds pause = std::chrono::seconds(5))
        : limit_(limit), pause_(pause) {}

    bool lets(TimePoint now) {
        const std::lock_guard lock(mutex_);
        if (timedOut_ < limit_) return true;
        if (now < next_) return false;
        next_ = now + pause_;
        return true;
    }
    void saw(Call call, TimePoint now) {
        const std::lock_guard lock(mutex_);
        timedOut_ = call == Call::TimedOut ? timedOut_ + 1 : 0;
        if (timedOut_ == limit_) next_ = now + pause_;
    }
    bool isOpen() const {
        const std::lock_guard lock(mutex_);
        return timedOut_ >= limit_;
    }

  private:
    const std::size_t limit_;
    const std::chrono::milliseconds pause_;
    mutable std::mutex mutex_;
    std::size_t timedOut_ = 0;  // in a row
    TimePoint next_;            // when one is let through
};

}  // namespace smartca::upstream
