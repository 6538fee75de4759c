// The parts of smartca-bench-registry. Times are in milliseconds, by the monotonic clock.
#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/registry/sql_registry.h"
#include "proxy/store/store.h"

namespace smartca::bench {

inline constexpr Instant kNow = 1'795'000'000;  // 2026-11-18
inline constexpr UserId kUsers = 10'000;        // who have the certificates
inline constexpr UserId kNewUsers = 4'000;      // the next ids, who have none

class Stopwatch {
  public:
    double elapsed() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_).count();
    }

  private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// Of this thread's own work, whatever else the machine does meanwhile. A server's is not in it.
class WorkWatch {
  public:
    double elapsed() const { return now() - begin_; }

  private:
    static double now() {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    double begin_ = now();
};

// The value that `share` of all are no larger than. Precondition: not empty.
inline double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto place = static_cast<std::size_t>(static_cast<double>(values.size()) * share);
    return values[std::min(place, values.size() - 1)];
}

inline std::shared_ptr<store::Store> openStore(store::StoreOptions options) {
    auto store = store::Store::open(options);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().c_str());
        std::exit(2);
    }
    return std::move(store).value();
}

// A file there; with SMARTCA_TEST_POSTGRES set (tests/postgres.sh run …) that server, which is empty.
inline std::string databaseIn(const std::filesystem::path& folder) {
    const char* server = std::getenv("SMARTCA_TEST_POSTGRES");
    return server != nullptr ? server : folder / "bench.db";
}

// The one whose all of it is.
inline registry::CompanyId companyIn(store::Store& store) {
    return registry::enterCompany(store, "main").value();
}

// A certificate as SmartCA gives one, with a Vietnamese name: the same for the same number.
registry::NewCertificate certificateOf(std::int64_t number);
// The users where there are none, and certificates until there are `wanted`; beyond 100 000 they are
// copies of those, with serial numbers of their own.
void fill(store::Store& store, std::int64_t wanted);

// Each prints what it finds; the value is the exit status. `folder` is empty, and goes afterwards.
int benchSearch(const std::filesystem::path& folder);
int benchAudit(const std::filesystem::path& folder);

}  // namespace smartca::bench
