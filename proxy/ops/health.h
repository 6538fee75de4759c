// Whether the process lives and wants requests, and how many it has answered, for a surface of its own:
// nothing of this is on the address that browsers reach.
//
// Liveness never depends on SmartCA: a restart would not bring it back. Threads: any.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/http/message.h"
#include "proxy/http/server.h"

namespace smartca::ops {

// How long things took: counts of those that took no longer than each bound, as Prometheus has it.
class Histogram {
  public:
    void add(std::chrono::microseconds duration);
    // Its samples; `labels` as in `route="static"`.
    std::string text(std::string_view name, std::string_view labels) const;

  private:
    static constexpr std::array kBounds = {"0.005", "0.025", "0.1", "0.25", "0.5",
                                           "1",     "2.5",   "5",   "10",   "30"};
    std::array<std::uint64_t, kBounds.size()> within_{};
    std::uint64_t count_ = 0;
    std::uint64_t microseconds_ = 0;
};

class Health {
  public:
    explicit Health(std::string_view version = "none") : version_(version) {}

    // Until the first call it starts; after it, what is not ready stops.
    void setReady(bool ready);
    // Why nothing can be read or written, without which nothing can be served; empty, as until this is called: it can.
    void setDatabase(const std::string& trouble);
    void count(const http::RequestRecord& record);
    // A call to "smartca" or "econtract", and how it ended: a word of a closed set.
    void countCall(std::string_view upstream, std::string_view outcome, std::chrono::microseconds duration);
    // Whether it hangs, and is asked now and then only.
    void setHanging(std::string_view upstream, bool hangs);
    // Creates that were sent and of which it is not known yet what became of them.
    void setOpenCreates(std::size_t count);
    void setServer(const http::ServerState& state);
    void countBrokenSecret();
    void countDatabaseFaults(std::uint64_t count);

    // GET /livez, /readyz, /version and /metrics (Prometheus text format 0.0.4). Must not outlive this object.
    std::vector<http::Route> routes();

  private:
    std::string readiness() const;  // empty: ready
    std::string metricsText() const;

    struct Upstream {
        std::map<std::string, std::uint64_t, std::less<>> calls;  // by outcome
        Histogram seconds;
        bool hangs = false;
    };
    const std::string version_;
    mutable std::mutex mutex_;               // guards all that follows
    std::string_view unready_ = "starting";  // empty: it serves
    std::string trouble_;
    std::size_t openCreates_ = 0;
    std::uint64_t brokenSecrets_ = 0;
    std::uint64_t databaseFaults_ = 0;
    http::ServerState server_;
    // By route pattern and status, route pattern, and upstream: bounded numbers.
    std::map<std::pair<std::string, int>, std::uint64_t> requests_;
    std::map<std::string, Histogram, std::less<>> seconds_;
    std::map<std::string, Upstream, std::less<>> upstreams_;
    std::map<std::string, std::uint64_t> limited_;  // by the limit that was met
};

}  // namespace smartca::ops
