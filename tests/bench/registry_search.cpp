// Searches of the list of certificates among 100 000, as the API makes them: a page and its counts. Warm:
// each search is made a few times before it is timed, since a list that is looked at is looked at again.
#include <cstdio>
#include <optional>

#include "registry.h"

namespace smartca::bench {
namespace {

constexpr std::int64_t kCertificates = 100'000;
constexpr int kRuns = 5;
constexpr int kTimes = 100;  // a run
constexpr double kBudget = 20;

struct Search {
    const char* name;
    registry::CertificateQuery query;
};

std::vector<Search> searches() {
    const std::string rare = certificateOf(77'777).serial.substr(6, 12);
    const auto with = [](const char* name, const std::string& words, auto change) {
        Search search{name, {}};
        search.query.search = words;
        search.query.now = kNow;
        change(search.query);
        return search;
    };
    const auto plain = [](registry::CertificateQuery&) {};
    const auto page = [](int number) {
        return [number](registry::CertificateQuery& query) { query.page = number; };
    };
    return {
        with("no search, first page", "", plain),
        with("no search, middle page", "", page(5'000)),
        with("no search, last page", "", page(10'000)),
        with("rare: part of a serial", rare, plain),
        with("nothing fits", "zzzzzzzz", plain),
        with("common: nguyen, first page", "nguyen", plain),
        with("common: nguyen, middle page", "nguyen", page(2'300)),
        with("common: nguyen, last page", "nguyen", page(4'600)),
        with("common: 540101 (in all), last page", "540101", page(10'000)),
        with("one letter: n", "n", plain),
        with("one digit: 1", "1", plain),
        with("two letters: ng", "ng", plain),
        with("two words: nguyen an", "nguyen an", plain),
        with("three words: tran thi hoa", "tran thi hoa", plain),
        with("valid ones alone", "", [](auto& query) { query.status = CertificateStatus::Active; }),
        with("expired and business", "",
             [](auto& query) {
                 query.status = CertificateStatus::Expired;
                 query.type = CertificateType::Business;
             }),
        with("nguyen, valid, personal, in a period", "nguyen",
             [](auto& query) {
                 query.status = CertificateStatus::Active;
                 query.type = CertificateType::SmartCa;
                 query.validFrom = kNow - Instant{300} * 86'400;
                 query.validTo = kNow + Instant{700} * 86'400;
             }),
        with("one user's", "", [](auto& query) { query.userId = 4'321; }),
    };
}

// The p99 of one run, or nothing when a search failed.
std::optional<double> run(registry::SqlRegistry& registry, const registry::CertificateQuery& query,
                          std::vector<double>& medians) {
    std::vector<double> times;
    for (int i = 0; i < kTimes; ++i) {
        const Stopwatch watch;
        const auto found = registry.certificates(query);
        times.push_back(watch.elapsed());
        if (!found) return std::nullopt;
    }
    medians.push_back(percentile(times, 0.5));
    return percentile(times, 0.99);
}

}  // namespace

int benchSearch(const std::filesystem::path& folder) {
    const auto store = openStore({.path = folder / "search.db", .readers = 1});
    fill(*store, kCertificates);
    registry::SqlRegistry registry(store, std::nullopt);
    std::printf("%-40s %10s %10s   of %d runs of %d, budget p99 %.0f ms\n", "search of 100 000 certificates",
                "p50 ms", "p99 ms", kRuns, kTimes, kBudget);
    int status = 0;
    for (const Search& search : searches()) {
        std::vector<double> medians;
        std::vector<double> tails;
        for (int i = 0; i < 3; ++i)
            static_cast<void>(registry.certificates(search.query));
        for (int i = 0; i < kRuns; ++i) {
            const auto tail = run(registry, search.query, medians);
            if (!tail) return 2;
            tails.push_back(*tail);
        }
        const double tail = percentile(tails, 0.5);
        std::printf("%-40s %10.2f %10.2f   %s\n", search.name, percentile(medians, 0.5), tail,
                    tail <= kBudget ? "ok" : "MISSED");
        std::fflush(stdout);
        if (tail > kBudget) status = 1;
    }
    return status;
}

}  // namespace smartca::bench
