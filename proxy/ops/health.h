// Whether the process lives and wants requests, and how many it has answered, for a surface of its own:
// nothing of this is on the address that browsers reach.
//
// Liveness never depends on SmartCA: a restart would not bring it back. Threads: any.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::ops {

class Health {
  public:
    void setReady(bool ready) { ready_ = ready; }
    // Whether the database answers, without which nothing can be served; until this is called, it does.
    void setDatabase(bool reachable) { database_ = reachable; }
    void count(const http::RequestRecord& record);
    // Creates that were sent and of which it is not known yet what became of them.
    void setOpenCreates(std::size_t count) { openCreates_ = count; }
    void countBrokenSecret() { ++brokenSecrets_; }

    // GET /livez, /readyz and /metrics (Prometheus text format 0.0.4). Must not outlive this object.
    std::vector<http::Route> routes();

  private:
    std::string metricsText() const;

    std::atomic<bool> ready_{false};
    std::atomic<bool> database_{true};
    std::atomic<std::size_t> openCreates_{0};
    std::atomic<std::uint64_t> brokenSecrets_{0};
    struct Sum {
        std::uint64_t requests = 0;
        std::uint64_t microseconds = 0;
        std::uint64_t upstreamMicroseconds = 0;
    };
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, Sum, std::less<>>
        sums_;                                      // by route pattern and status: a bounded number
    std::map<std::string, std::uint64_t> limited_;  // by the limit that was met
};

}  // namespace smartca::ops
