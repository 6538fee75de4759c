// Searches of the list of certificates among 100 000, as the API makes them: a page and its counts. Warm:
// each search is made a few times before it is timed, since a list that is looked at is looked at again. Each
// is timed in a list that has not changed since the last, and in one where a certificate has.
#include <cstdio>

#include "registry.h"

namespace smartca::bench {
namespace {

constexpr std::int64_t kCertificates = 100'000;
constexpr int kRuns = 3;
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

// Of all runs, one value each.
struct Runs {
    std::vector<double> medians;
    std::vector<double> tails;      // p99
    std::vector<double> workTails;  // p99 of the thread's own work
};

enum class Since { Unchanged, Changed };

void changeOne(store::Store& store, std::int64_t number) {
    store::Store::Writer writer = store.write(store::Durability::ProcessCrash);
    store::Statement change(writer.database(),
                            "UPDATE certificates SET created_at = created_at + 1 WHERE serial = ?");
    change.bind(certificateOf(number).serial);
    if (!change.run()) std::exit(2);
}

// False when a search failed.
bool run(store::Store& store, registry::SqlRegistry& registry, registry::CertificateQuery query, Since since,
         Runs& runs) {
    std::vector<double> times;
    std::vector<double> work;
    for (int i = 0; i < kTimes; ++i) {
        if (since == Since::Changed) changeOne(store, i * 997);
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

// The peer: the same words as plain SQL, prepared once, its rows stepped through and thrown away.
double plainSql(store::Database& database, const char* condition, std::int64_t offset) {
    store::Statement page(
        database, std::string("SELECT c.*, u.name FROM certificates c JOIN users u ON u.id = "
                              "c.user_id WHERE c.id IN (SELECT id FROM certificates WHERE ") +
                      condition + " ORDER BY name_key, id LIMIT 10 OFFSET ?) ORDER BY c.name_key, c.id");
    store::Statement count(database, std::string("SELECT count(*) FROM certificates WHERE ") + condition);
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

void compare(store::Store& store, registry::SqlRegistry& registry, const char* search, std::int64_t page) {
    registry::CertificateQuery query;
    query.search = search;
    query.now = kNow;
    query.page = static_cast<int>(page);
    Runs runs;
    if (!run(store, registry, query, Since::Unchanged, runs)) return;
    store::Store::Reader reader = store.read();
    reader.database().runUntil(std::chrono::steady_clock::now() + std::chrono::minutes(5));
    const bool server = reader.database().driver().dialect() == store::Dialect::Postgres;
    if (server) {  // where the proxy does not need it
        static_cast<void>(store.write().database().execute(
            "CREATE INDEX IF NOT EXISTS bench_list ON certificates(name_key, id, search_key)"));
    }
    const std::string condition =
        std::string(server ? "strpos" : "instr") + "(search_key, ' " + search + "') > 0";
    const double plain = plainSql(reader.database(), condition.c_str(), (page - 1) * 10);
    std::printf("plain SQL, prepared: %-19s %10.2f   the registry takes %.2f times that\n", search, plain,
                runs.medians.front() / plain);
}

}  // namespace

int benchSearch(const std::filesystem::path& folder) {
    const auto store = openStore({.path = databaseIn(folder), .readers = 1});
    fill(*store, kCertificates);
    registry::SqlRegistry registry(store, std::nullopt);
    const Stopwatch watch;
    if (!registry.certificates({})) return 2;
    std::printf("the very first search: %.0f ms\n", watch.elapsed());
    std::printf(
        "search of 100 000 certificates, the median of %d runs of %d, budget p99 %.0f ms\n%-40s %-36s %s\n",
        kRuns, kTimes, kBudget, "", "unchanged: p50, p99, own work", "changed: p50, p99, own work");
    int status = 0;
    for (const Search& search : searches()) {
        std::printf("%-40s", search.name);
        for (int i = 0; i < 3; ++i)
            static_cast<void>(registry.certificates(search.query));
        for (const Since since : {Since::Unchanged, Since::Changed}) {
            Runs runs;
            for (int i = 0; i < kRuns; ++i) {
                if (!run(*store, registry, search.query, since, runs)) return 2;
            }
            const double tail = percentile(runs.tails, 0.5);
            std::printf(" %7.2f %7.2f %7.2f   %-9s", percentile(runs.medians, 0.5), tail,
                        percentile(runs.workTails, 0.5), tail <= kBudget ? "ok" : "MISSED");
            std::fflush(stdout);
            if (tail > kBudget) status = 1;
        }
        std::printf("\n");
    }
    compare(*store, registry, "nguyen", 4'600);
    compare(*store, registry, "zzzzzzzz", 1);
    return status;
}

}  // namespace smartca::bench
