// Spares callers, and the threads that would wait for them, an upstream that hangs: after a number of calls in a row
// that got no answer in time, further ones fail at once. Every few seconds one is let through, and any answer to it,
// also a refusal, ends that.
//
//   if (!breaker.lets(now)) return …;
//   breaker.saw(answered ? Breaker::Call::Answered : Breaker::Call::TimedOut, now);
//
// Threads: any. Whoever watches is told of each change once and in its order, on the thread of the call that made it, and
// must not call the breaker.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>

namespace smartca::upstream {

enum class Upstream : std::uint8_t { Answers, Hangs };

class Breaker {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    enum class Call : std::uint8_t { Answered, TimedOut };

    explicit Breaker(std::function<void(Upstream)> changed = [](Upstream) {})
        : changed_(std::move(changed)) {}

    bool lets(TimePoint now) {
        const std::lock_guard lock(mutex_);
        if (timedOut_ < kLimit) return true;
        if (now < next_) return false;
        next_ = now + kPause;
        return true;
    }
    void saw(Call call, TimePoint now) {
        const std::lock_guard lock(mutex_);
        const std::size_t before = std::exchange(timedOut_, call == Call::TimedOut ? timedOut_ + 1 : 0);
        if (timedOut_ == kLimit) {
            next_ = now + kPause;
            changed_(Upstream::Hangs);
        } else if (timedOut_ == 0 && before >= kLimit) {
            changed_(Upstream::Answers);
        }
    }

  private:
    static constexpr std::size_t kLimit = 8;
    static constexpr std::chrono::seconds kPause{5};
    const std::function<void(Upstream)> changed_;
    std::mutex mutex_;
    std::size_t timedOut_ = 0;  // in a row
    TimePoint next_;            // when one is let through
};

}  // namespace smartca::upstream
