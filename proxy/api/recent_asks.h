// What SmartCA has under an identity, for who only looks: whoever asks while another asks for the same
// identity waits for that one's answer, and an answer serves for some seconds more. So a dialog that is
// opened again and again, or by many at once, costs SmartCA one call. Attaching never uses it: what is
// written is asked for anew.
//
//   auto found = asks.find(parseIdentity("001099012345"));
//
// Kept are answers alone, no failures: who tries again is to have another try. They are certificates, which
// are no secrets; at most RecentAsksOptions::answers of them, in memory.
//
// Threads: any; find() waits as long as the client does.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "proxy/api/registered.h"
#include "proxy/upstream/smartca_client.h"
#include "shared/identity.h"
#include "shared/result.h"

namespace smartca::api {

struct RecentAsksOptions {
    std::chrono::milliseconds serves{5'000};  // from when the answer came
    std::size_t answers = 32;                 // kept at once; the oldest goes
    std::size_t bytes = 128 * 1024;           // of certificates in one answer; a larger one is not kept
};

class RecentAsks {
  public:
    using Clock = std::chrono::steady_clock;
    using Answer = base::Outcome<std::shared_ptr<const Found>>;

    // `smartCa` must outlive it.
    explicit RecentAsks(upstream::SmartCaClient& smartCa, RecentAsksOptions options = {},
                        std::function<Clock::time_point()> now = Clock::now)
        : smartCa_(smartCa), options_(options), now_(std::move(now)) {}

    Answer find(const Identity& identity);
    // How many wait for another's answer.
    std::size_t waiting();

  private:
    struct Ask {
        std::optional<Answer> answer{};
        Clock::time_point came{};
    };
    // Of the one who asks for all: whichever way it ends, the others are answered.
    struct Turn {
        RecentAsks& asks;
        const std::string& identity;
        const std::shared_ptr<Ask> ask;
        Answer answer = base::Fault{ProblemCode::UpstreamUnreachable, {}, {}};
        Clock::time_point came{};
        ~Turn();
    };
    void forgetOld(Clock::time_point now);
    bool isWorthKeeping(const Answer& answer) const;

    upstream::SmartCaClient& smartCa_;
    const RecentAsksOptions options_;
    const std::function<Clock::time_point()> now_;
    std::mutex mutex_;
    std::size_t waiting_ = 0;
    std::condition_variable answered_;
    std::map<std::string, std::shared_ptr<Ask>> asks_;  // by identity: those under way, and answers kept
};

}  // namespace smartca::api
