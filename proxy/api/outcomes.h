// What has to be found out: creates that were sent and of which no answer said what became of them, or which
// a crash cut off. One thread reads the users' certificates back, each create at growing intervals, until the
// registry shows what became of it, and writes the answer that was earned into the journal.
//
//   Outcomes outcomes(finder);   // takes up at once what an earlier process has left
//   outcomes.wake();             // another one has been left open
//
// All that was asked for is there: done, at once. Something is missing: it may still come (a portal that is
// slow to work or whose reads lag behind), so it counts as not done only when several reads in a row, over
// OutcomesOptions::settle, have not shown it. A registry that cannot be read is asked again for as long as it
// takes. One that does not know the user (any more) may only not let us see them for a while: that has to
// last longer, OutcomesOptions::gone.
//
// Threads: wake() from any; the rest from the owner's.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "proxy/journal/journal.h"
#include "proxy/registry/registry.h"

namespace smartca::api {

struct OutcomesOptions {
    std::chrono::milliseconds firstPause{500};
    std::chrono::milliseconds longestPause{8'000};
    std::chrono::milliseconds settle{20'000};  // longer than the registry's own deadline for a call
    int looks = 3;                             // that have to agree that something is missing
    std::chrono::milliseconds gone{600'000};   // how long nothing but "no such user" has to be said
    std::chrono::milliseconds idle{60'000};    // between two looks at a journal with nothing open
};

// Finds out; knows no threads, so that tests can give it the time.
class OutcomeFinder {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Clock = std::function<Instant()>;
    // Called on the thread that runs round().
    struct Watchers {
        std::function<void(const std::string& note)> note;  // for our log
        std::function<void(std::size_t count)> open;        // after each round: how many are not settled
    };

    // That of the company; null: it is not served now, and what became of its creates stays open until it is again.
    using RegistryOf = std::function<registry::Registry*(const std::string& company)>;

    // `journal` and what `registryOf` gives must outlive it.
    OutcomeFinder(RegistryOf registryOf, journal::Journal& journal, Clock clock, Watchers watchers,
                  OutcomesOptions options);

    // Looks at everything that is due. The value is how long nothing will be.
    std::chrono::milliseconds round(TimePoint now);
    // Ends a round early, from another thread, and every later one.
    void stop() { stopped_ = true; }

  private:
    struct Watch {
        TimePoint since;
        TimePoint due;
        std::chrono::milliseconds pause;
        int looks = 0;                         // in a row that showed the user
        std::optional<TimePoint> goneSince{};  // since when there has been no such user
    };
    enum class Look : std::uint8_t { Settled, Again };
    Look look(const journal::OpenCreate& create, Watch& watch, TimePoint now);
    // Whether what was seen last, and since when, is enough.
    bool isCertain(const Watch& watch, const registry::Attached& attached, TimePoint now) const;
    Look settle(const journal::OpenCreate& create, const registry::Attached& attached);

    const RegistryOf registryOf_;
    journal::Journal& journal_;
    const Clock clock_;
    const Watchers watchers_;
    const OutcomesOptions options_;
    std::map<std::int64_t, Watch> watched_;  // by the record's id
    std::atomic<bool> stopped_ = false;
};

class Outcomes {
  public:
    // `finder` must outlive it.
    explicit Outcomes(OutcomeFinder& finder);
    // Waits for a read that is under way.
    ~Outcomes();
    Outcomes(const Outcomes&) = delete;
    Outcomes& operator=(const Outcomes&) = delete;

    void wake();

  private:
    void run();

    OutcomeFinder& finder_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace smartca::api
