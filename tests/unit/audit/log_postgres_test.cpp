// The audit log of several proxies on one server: one chain, whoever appends to it.
#include <thread>
#include <vector>

#include "log_fixture.h"

TEST_SUITE_BEGIN("postgres");

namespace smartca::audit {

using namespace registry;  // for its fixture

namespace {

Entry entryBy(const std::string& actor) {
    Entry entry;
    entry.outcome = Outcome::Attached;
    entry.source.actor = actor;
    return entry;
}

struct SharedLog : LogFixture {
    void checkThatItIsWhole() {
        auto log = opened();
        const auto verdict = verify(log);
        REQUIRE(verdict);
        CHECK(verdict.value().fault.empty());
    }
    // Until a connection waits for such a lock (pg_locks.locktype) that another one holds. The server is the
    // tests' own.
    void waitUntilOneWaits(const std::string& lock) {
        store::Database watching = place.connect();
        const std::string waiting =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = '" + lock + "'";
        while (watching.number(waiting).value() == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
};

bool enter(store::Database& database, const std::string& actor) {
    store::Transaction transaction(database, store::TransactionKind::Write);
    return !transaction.failed() && append(database, entryBy(actor)) && transaction.commit();
}

}  // namespace

TEST_CASE_FIXTURE(SharedLog, "an entry waits for the one of another connection, and is chained to it") {
    store::Database first = place.connect();
    store::Database second = place.connect();
    std::thread waiting;
    bool entered = false;
    {
        store::Transaction transaction(first, store::TransactionKind::Write);
        REQUIRE_FALSE(transaction.failed());
        REQUIRE(append(first, entryBy("first")));
        waiting = std::thread([&] { entered = enter(second, "second"); });
        waitUntilOneWaits("advisory");
        CHECK(log().empty());
        CHECK(transaction.commit());
    }
    waiting.join();
    CHECK(entered);
    const auto records = log();
    REQUIRE(records.size() == 2);
    CHECK(records[0].actor == "first");
    CHECK(records[1].actor == "second");
    checkThatItIsWhole();
}

TEST_CASE_FIXTURE(SharedLog, "an entry that was rolled back leaves no gap for the one that waited for it") {
    store::Database first = place.connect();
    store::Database second = place.connect();
    std::thread waiting;
    bool entered = false;
    {
        store::Transaction transaction(first, store::TransactionKind::Write);
        REQUIRE_FALSE(transaction.failed());
        REQUIRE(append(first, entryBy("first")));
        waiting = std::thread([&] { entered = enter(second, "second"); });
        waitUntilOneWaits("advisory");
    }
    waiting.join();
    CHECK(entered);
    const auto records = log();
    REQUIRE(records.size() == 1);
    CHECK(records[0].sequence == 1);
    CHECK(records[0].actor == "second");
    checkThatItIsWhole();
}

TEST_CASE_FIXTURE(SharedLog, "two entries after the same one cannot both be, even past the lock") {
    store::Database first = place.connect();
    store::Database second = place.connect();
    REQUIRE(first.execute("BEGIN"));
    REQUIRE(append(first, entryBy("first")));
    bool appended = true;
    std::thread late([&] { appended = append(second, entryBy("second")).ok(); });
    waitUntilOneWaits("transactionid");
    const bool committed = first.execute("COMMIT").ok();
    late.join();
    CHECK(committed);
    CHECK_FALSE(appended);
    checkThatItIsWhole();
}

TEST_CASE_FIXTURE(SharedLog, "what many proxies enter at once is one whole chain") {
    constexpr int kProxies = 4;
    constexpr int kEntries = 50;
    std::vector<std::thread> proxies;
    for (int i = 0; i < kProxies; ++i) {
        proxies.emplace_back([this, i] {
            journal::SqlJournal journal(openStore({.path = place.path(), .readers = 1}));
            for (int entry = 0; entry < kEntries; ++entry)
                static_cast<void>(journal.audit(entryBy(std::to_string(i))));
        });
    }
    for (auto& proxy : proxies)
        proxy.join();
    std::vector<int> counts(kProxies);
    for (const auto& record : log())
        ++counts[static_cast<std::size_t>(std::stoi(record.actor))];
    CHECK(counts == std::vector<int>(kProxies, kEntries));
    checkThatItIsWhole();
}

TEST_CASE_FIXTURE(SharedLog, "a reader that follows the log while many proxies write misses no entry") {
    constexpr int kProxies = 4;
    constexpr int kEntries = 50;
    std::vector<std::thread> proxies;
    for (int i = 0; i < kProxies; ++i) {
        proxies.emplace_back([this] {
            journal::SqlJournal journal(openStore({.path = place.path(), .readers = 1}));
            for (int entry = 0; entry < kEntries; ++entry)
                static_cast<void>(journal.audit(entryBy("proxy")));
        });
    }
    journal::SqlJournal reading(store);
    Cursor cursor;
    bool inOrder = true;
    while (cursor.sequence < static_cast<std::int64_t>(kProxies) * kEntries) {
        const auto slice = reading.entriesAfter(cursor, 7);
        if (!slice || !slice.value()) break;
        for (const Record& record : slice.value()->records)
            inOrder = inOrder && record.sequence == ++cursor.sequence;
        cursor = slice.value()->end;
    }
    for (auto& proxy : proxies)
        proxy.join();
    CHECK(inOrder);
    CHECK(cursor.sequence == static_cast<std::int64_t>(kProxies) * kEntries);
}

TEST_CASE_FIXTURE(SharedLog, "a role that may only read the log reads it, and writes nothing") {
    const std::string role = "auditor_" + std::to_string(::getpid());
    const std::string schema = place.path().substr(place.path().find("search_path%3D") + 14);
    REQUIRE(journal::SqlJournal(store).audit(entryBy("bearer")));
    place.administer("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA " + schema + " TO " + role +
                     "; GRANT SELECT ON " + schema + ".audit, " + schema + ".audit_head, " + schema +
                     ".smartca_schema TO " + role);
    std::string url = place.path();
    url.replace(url.find("//"), url.find('@') - url.find("//"), "//" + role);
    {
        auto log = openLog(url);
        REQUIRE(log);
        CHECK(verify(log.value()).value().head.sequence == 1);
    }
    place.administer("DROP OWNED BY " + role + "; DROP ROLE " + role);
}

TEST_CASE("a server that is not there, or has no proxy's database, is named without its role") {
    const Place empty;
    CHECK(openLog(empty.path()).error().find(" has no audit log") != std::string::npos);
    const std::string away = openLog("postgresql://somebody@/name?host=/nowhere").error();
    CHECK(away.find("/nowhere") != std::string::npos);
    CHECK_FALSE(openLog("postgresql://u:canary@h/d"));
    CHECK(openLog("postgresql://u:canary@h/d").error().find("canary") == std::string::npos);
}

}  // namespace smartca::audit

TEST_SUITE_END();
