// The certificates that SmartCA has under an identity, in the terms of our API; for requests that only read,
// out of a cache.
//
//   LookupCache cache(smartCa);
//   auto found = cache.find(parseIdentity("001099012345"));
//
// The cache answers for some seconds, and requests for the same identity at the same time share one call, so
// that a dialog that is opened again and again costs SmartCA one call; who asks again by a button asks past it.
// Attaching never uses it: what is
// written is read anew. Failures are not kept, so that the next request tries again. What is kept are
// certificates, which are no secrets, in memory.
//
// Threads: any; find() waits as long as the client does.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "proxy/upstream/smartca_client.h"
#include "shared/api.h"
#include "shared/identity.h"

namespace smartca::api {

struct Found : upstream::SmartCaAnswer {
    std::string identity{};  // the spelling that SmartCA knows, or the canonical one when it knows none
};

// Asks with the canonical spelling, then, where SmartCA says that it does not know the person or a certificate, or
// refuses the number as it is written, and after no other answer, with the alternative one (a branch's tax code without
// hyphen).
base::Outcome<Found> findRegistered(upstream::SmartCaClient& smartCa, const Identity& identity);

// What SmartCA said, in the order in which it said it; without what only the registry knows.
LookupAnswer lookupAnswerOf(const Found& found, Instant now);

// Time spent waiting for SmartCA.
class UpstreamTimer {
  public:
    std::chrono::microseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                     begin_);
    }

  private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

struct LookupCacheOptions {
    std::chrono::milliseconds lifetime{5'000};  // from when the answer came
    std::size_t maximumEntries = 32;            // the oldest goes
    std::size_t maximumBytes = 128 * 1024;      // of certificates in one answer; a larger one is not kept
};

// Whether an answer of some seconds ago will do. One that is on its way does for both.
enum class Asking : std::uint8_t { Recently, Anew };

class LookupCache {
  public:
    using Clock = std::chrono::steady_clock;
    using Answer = base::Outcome<std::shared_ptr<const Found>>;

    // `smartCa` must outlive it.
    explicit LookupCache(upstream::SmartCaClient& smartCa, LookupCacheOptions options = {},
                         std::function<Clock::time_point()> now = Clock::now)
        : smartCa_(smartCa), options_(options), now_(std::move(now)) {}

    Answer find(const Identity& identity, Asking asking = Asking::Recently);
    // How many requests wait for the call of another one.
    std::size_t waiting();

  private:
    struct Entry {
        std::optional<Answer> answer{};  // nothing while the call is under way
        Clock::time_point cameAt{};
    };
    // The call that several requests may share: however it ends, also by an exception, the others get an
    // answer.
    struct SharedCall {
        LookupCache& cache;
        const std::string& identity;
        const std::shared_ptr<Entry> entry;
        Answer answer = base::Fault{ProblemCode::UpstreamUnreachable};
        Clock::time_point cameAt{};
        ~SharedCall();
    };
    void removeExpired(Clock::time_point now);
    bool isWorthKeeping(const Answer& answer) const;

    upstream::SmartCaClient& smartCa_;
    const LookupCacheOptions options_;
    const std::function<Clock::time_point()> now_;
    std::mutex mutex_;
    std::size_t waiting_ = 0;
    std::condition_variable answered_;
    std::map<std::string, std::shared_ptr<Entry>> entries_;  // by identity
};

}  // namespace smartca::api
