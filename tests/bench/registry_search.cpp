// Searches of the list of certificates among 100 000, as the API makes them: a page and its counts. Warm:
// each search is made a few times before it is timed, since a list that is looked at is looked at again.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "registry.h"

namespace smartca::bench {
namespace {

constexpr std::int64_t kCertificates = 100'000;
constexpr int kRuns = 3;
constexpr int kTimes = 100;           // a run
constexpr double kBudget = 20;        // ms, p99, of an SQLite file
constexpr double kMostOfPlain = 1.3;  // of the same SQL by hand

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
        with("no search, middle page", "", page(500)),
        with("no search, last page", "", page(1'000)),
        with("rare: part of a serial", rare, plain),
        with("nothing fits", "zzzzzzzz", plain),
        with("common: nguyen, first page", "nguyen", plain),
        with("common: nguyen, middle page", "nguyen", page(500)),
        with("common: nguyen, last page", "nguyen", page(1'000)),
        with("common: 540101 (in all), last page", "540101", page(1'000)),
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
        with("suspended ones alone", "", [](auto& query) { query.status = CertificateStatus::Suspended; }),
        with("one user's", "", [](auto& query) { query.userId = 4'321; }),
    };
}

// Of all runs, one value each.
struct Runs {
    std::vector<double> medians;
    std::vector<double> tails;      // p99
    std::vector<double> workTails;  // p99 of the thread's own work
};

// False when a search failed.
bool run(registry::SqlRegistry& registry, registry::CertificateQuery query, Runs& runs) {
    std::vector<double> times;
    std::vector<double> work;
    for (int i = 0; i < kTimes; ++i) {
        query.now += 1;  // as it goes on between one search and the next
        const Stopwatch watch;
        const WorkWatch workWatch;
        const auto found = registry.certificates(query);
        work.push_back(workWatch.elapsed());
        times.push_back(watch.elapsed());
        if (!found) return false;
    }
    runs.medians.push_back(percentile(times, 0.5));
    runs.tails.push_back(percentile(times, 0.99));
    runs.workTails.push_back(percentile(work, 0.99));
    return true;
}

// The peer: the same question as SQL by hand, prepared once, its rows stepped through and thrown away.
double plainSql(store::Database& database, const std::string& condition, std::int64_t offset) {
    const std::string where = " FROM certificates WHERE " + condition;
    store::Statement page(database,
                          "SELECT c.*, u.name FROM certificates c JOIN users u ON u.id = c.user_id"
                          " WHERE c.id IN (SELECT id" +
                              where + " ORDER BY name_key, id LIMIT 11 OFFSET ?) ORDER BY c.name_key, c.id");
    store::Statement count(database, "SELECT count(*), count(DISTINCT user_id) FROM (SELECT user_id" + where +
                                         " LIMIT 1001) AS counted");
    std::vector<double> times;
    for (int i = 0; i < kTimes; ++i) {
        const Stopwatch watch;
        page.bind(offset);
        while (page.next()) {
        }
        while (count.next()) {
        }
        page.reset();
        count.reset();
        times.push_back(watch.elapsed());
    }
    return percentile(times, 0.5);
}

// False: the registry's search costs too much more than the SQL by hand.
bool compare(store::Store& store, registry::SqlRegistry& registry, const char* search, int page) {
    registry::CertificateQuery query;
    query.search = search;
    query.now = kNow;
    query.page = page;
    const std::int64_t before = std::int64_t{page - 1} * 10;
    store::Store::Reader reader = store.read();
    reader.database().runUntil(std::chrono::steady_clock::now() + std::chrono::minutes(5));
    const bool server = reader.database().driver().dialect() == store::Dialect::Postgres;
    const std::string condition = "company = " + std::to_string(numberOf(companyIn(store))) + " AND " +
                                  std::string(server ? "strpos" : "instr") + "(search_key, ' " + search +
                                  "') > 0";
    // In turn, so that a machine that slows down slows both.
    std::vector<double> ratios;
    std::vector<double> plains;
    for (int i = 0; i < kRuns; ++i) {
        plains.push_back(plainSql(reader.database(), condition, before));
        Runs runs;
        if (!run(registry, query, runs)) return false;
        ratios.push_back(runs.medians.front() / plains.back());
    }
    const double ratio = percentile(ratios, 0.5);
    std::printf(
        "the same SQL by hand: %-18s %7.2f ms   the registry takes %.2f times that, budget %.1f   %s\n",
        search, percentile(plains, 0.5), ratio, kMostOfPlain, ratio <= kMostOfPlain ? "ok" : "MISSED");
    return ratio <= kMostOfPlain;
}

}  // namespace

int benchSearch(const std::filesystem::path& folder) {
    const auto store = openStore({.path = databaseIn(folder), .readers = 2});
    fill(*store, kCertificates);
    registry::SqlRegistry registry(store, companyIn(*store), std::nullopt);
    const bool isServer = store->dialect() == store::Dialect::Postgres;
    std::printf("search of 100 000 certificates, ms, the median of %d runs of %d%s\n%-40s %s\n", kRuns,
                kTimes, isServer ? "" : ", budget p99 20 ms", "", "    p50     p99   own work p99");
    int status = 0;
    for (const Search& search : searches()) {
        for (int i = 0; i < 3; ++i)
            static_cast<void>(registry.certificates(search.query));
        Runs runs;
        for (int i = 0; i < kRuns; ++i) {
            if (!run(registry, search.query, runs)) return 2;
        }
        const double tail = percentile(runs.tails, 0.5);
        const bool missed = !isServer && tail > kBudget;
        std::printf("%-40s %7.2f %7.2f %7.2f   %s\n", search.name, percentile(runs.medians, 0.5), tail,
                    percentile(runs.workTails, 0.5), missed ? "MISSED" : "");
        if (missed) status = 1;
    }
    for (const auto& [search, page] : {std::pair{"nguyen", 1'000}, {"zzzzzzzz", 1}, {"nguyen", 1}}) {
        if (!compare(*store, registry, search, page)) status = 1;
    }
    return status;
}

}  // namespace smartca::bench
