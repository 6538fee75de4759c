// The copy of the list that a proxy keeps of a server's database: it is what the database holds, whoever
// wrote.
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <random>
#include <thread>

#include "fixture.h"
#include "proxy/registry/migrations.h"
#include "proxy/registry/schema_steps.h"

TEST_SUITE_BEGIN("postgres");

namespace smartca::registry {
namespace {

std::vector<std::string> namesOf(const CertificatePage& page) {
    std::vector<std::string> names;
    for (const auto& certificate : page.items)
        names.push_back(certificate.name);
    return names;
}
using Names = std::vector<std::string>;

// Two proxies on one database; the first has looked at the list.
struct TwoProxies : Fixture {
    std::shared_ptr<Store> otherStore = openStore({.path = place.path()});
    SqlRegistry other{otherStore, testKey(), [] { return kNow; }};

    TwoProxies() {
        attachOne(1, certificate("01", "Nguyễn Văn A"));
        attachOne(2, certificate("02", "Trần Thị Bích Ngọc"));
        REQUIRE(list().totalCount == 2);
    }
    void byHand(const std::string& sql) { execute(*otherStore, sql); }

    // Kills the server process that works for `victim`, which takes all others along, and waits until both
    // proxies work again.
    void crash(Database victim) {
        Database watch = place.connect();
        const auto pid = victim.number("SELECT pg_backend_pid()");
        REQUIRE(pid);
        REQUIRE(::kill(static_cast<pid_t>(pid.value()), SIGKILL) == 0);
        while (watch.number("SELECT 1"))
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        const auto isBack = [this] {
            Store::Writer writer = otherStore->write();
            return writer.database().execute("SELECT 1").ok() && registry.certificates({}).ok();
        };
        while (!isBack())
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }

    // Nothing of it is kept from before.
    CertificatePage readAnew(const CertificateQuery& query) {
        SqlRegistry fresh(store, std::nullopt);
        auto page = fresh.certificates(query);
        REQUIRE(page);
        return std::move(page).value();
    }
    void checkThatItIsRight(const CertificateQuery& query = {.now = kNow}) {
        const auto found = list(query);
        const auto expected = readAnew(query);
        CHECK(namesOf(found) == namesOf(expected));
        CHECK(found.totalCount == expected.totalCount);
        CHECK(found.userCount == expected.userCount);
        CHECK(found.allCount == count("certificates"));
    }
};

constexpr const char* kThreeThousandMore =
    "INSERT INTO certificates(user_id, serial, identity, name, common_name, subject, issuer, service_name, "
    "type,"
    " valid_from, valid_to, is_default, created_at, name_key, search_key, der)"
    " SELECT 1, 'm' || number + (SELECT count(*) FROM certificates), '', 'More', '', '', '', '', 0, 1, 2, 0, "
    "0,"
    " 'more', ' more', '' FROM generate_series(1, 3000) AS number";

}  // namespace

TEST_CASE_FIXTURE(TwoProxies, "what another proxy adds, renames and takes away is found by the next search") {
    REQUIRE(create(otherStore, other, attachment(3, {certificate("03", "Đặng Đình Đức")})));
    CHECK(namesOf(list({.search = "dinh"})) == Names{"Đặng Đình Đức"});
    CHECK(list().userCount == 3);

    const auto id = list({.search = "bich"}).items.at(0).id;
    REQUIRE(other.change(id, {.name = "Chị Ngọc"}, kNow, {}));
    CHECK(namesOf(list({.search = "chi"})) == Names{"Chị Ngọc"});
    CHECK(namesOf(list()) == Names{"Chị Ngọc", "Đặng Đình Đức", "Nguyễn Văn A"});

    REQUIRE(other.remove(id, {}));
    CHECK(list({.search = "chi"}).totalCount == 0);
    CHECK(list().allCount == 2);
    CHECK(list().userCount == 2);
}

TEST_CASE_FIXTURE(TwoProxies, "what somebody changes by hand is found, too") {
    byHand("UPDATE certificates SET user_id = 3, id = 77 WHERE serial = '02'");
    CHECK(list({.userId = 3}).items.at(0).id == 77);
    CHECK(list().totalCount == 2);
    byHand("DELETE FROM certificates WHERE id = 77");
    CHECK(namesOf(list()) == Names{"Nguyễn Văn A"});
    byHand("TRUNCATE certificates");
    CHECK(list().allCount == 0);
}

TEST_CASE_FIXTURE(TwoProxies, "what was rolled back is not found") {
    {
        Store::Writer writer = otherStore->write();
        const Transaction transaction(writer.database(), TransactionKind::Write);
        REQUIRE(writer.database().execute("DELETE FROM certificates"));
        CHECK(list().totalCount == 2);
    }
    CHECK(list().totalCount == 2);
}

TEST_CASE_FIXTURE(TwoProxies, "more changes than the database remembers are no harm") {
    byHand(kThreeThousandMore);
    for (int i = 0; i < 4; ++i)
        byHand("UPDATE certificates SET valid_to = valid_to + 1 WHERE name = 'More'");
    byHand("SELECT certificates_changes_forget(current_schema())");
    CHECK(count("certificates_changes") ==
          12'000);  // whole transactions: the last 10 000 and what is with them
    checkThatItIsRight();
    byHand("DELETE FROM certificates WHERE serial = '01'");
    checkThatItIsRight();
}

TEST_CASE_FIXTURE(TwoProxies, "changes are forgotten as they come") {
    byHand(kThreeThousandMore);
    byHand("SELECT setseed(0)");  // which of the changes are followed by forgetting
    for (int i = 0; i < 6; ++i)
        byHand("UPDATE certificates SET valid_to = valid_to + 1 WHERE name = 'More'");
    CHECK(count("certificates_changes") > 18'000);
    byHand(
        "DO $$ BEGIN FOR i IN 1..3000 LOOP UPDATE certificates SET valid_to = valid_to + 1 WHERE serial = "
        "'01'; END LOOP; END $$");
    CHECK(count("certificates_changes") < 16'000);
    checkThatItIsRight();
}

TEST_CASE_FIXTURE(TwoProxies, "a change of very many certificates is remembered as one of all") {
    byHand(kThreeThousandMore);
    byHand(kThreeThousandMore);
    REQUIRE(list().totalCount == 6002);
    const auto before = count("certificates_changes");
    byHand("UPDATE certificates SET name_key = 'changed', search_key = ' changed'");
    CHECK(count("certificates_changes") == before + 1);
    CHECK(list({.search = "changed"}).totalCount == 6002);
    byHand("TRUNCATE certificates");
    CHECK(list().allCount == 0);
}

TEST_CASE_FIXTURE(TwoProxies, "a change that is not yet committed lets everybody go on") {
    Database hand = place.connect();
    REQUIRE(hand.execute(
        "BEGIN; UPDATE certificates SET name_key = 'hand', search_key = ' hand' WHERE serial = '01'"));
    attachOne(3, certificate("03", "Đặng Đình Đức"));
    REQUIRE(create(otherStore, other, attachment(3, {certificate("04", "Đặng Đình Đức")})));
    CHECK(list().totalCount == 4);
    CHECK(list({.search = "hand"}).totalCount == 0);
    REQUIRE(hand.execute("COMMIT"));  // before others that the copy has seen by now
    CHECK(list({.search = "hand"}).totalCount == 1);
    checkThatItIsRight();
}

TEST_CASE_FIXTURE(TwoProxies, "who may change certificates and nothing else does so, and it is found") {
    const std::string role = "clerk_" + std::to_string(::getpid());
    byHand("CREATE ROLE " + role + "; GRANT USAGE ON SCHEMA " + place.schema() + " TO " + role +
           "; GRANT SELECT, UPDATE ON certificates TO " + role);
    Database clerk = place.connect();
    REQUIRE(clerk.execute("SET ROLE " + role));
    CHECK_FALSE(clerk.execute("DELETE FROM certificates_changes"));
    CHECK_FALSE(clerk.execute("SELECT certificates_changes_forget(current_schema())"));
    REQUIRE(clerk.execute("CREATE TEMPORARY TABLE own(id BIGINT)"));
    CHECK_FALSE(clerk.execute(
        "CREATE TRIGGER taken AFTER INSERT ON own REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
        " EXECUTE FUNCTION certificates_changed()"));
    CHECK(clerk.execute(
        "UPDATE certificates SET name_key = 'clerk', search_key = ' clerk' WHERE serial = '02'"));
    CHECK(list({.search = "clerk"}).totalCount == 1);
    byHand("DROP OWNED BY " + role + "; DROP ROLE " + role);
}

TEST_CASE_FIXTURE(TwoProxies, "who could search before schema 7 can search after it") {
    byHand(
        "DROP FUNCTION certificates_changed, certificates_changes_forget CASCADE;"
        "DROP TABLE certificates_history, certificates_changes;"
        "CREATE INDEX certificates_list ON certificates(name_key, id)");
    byHand(std::string(schemaSteps()[3].postgres));
    const std::string role = "clerk_" + std::to_string(::getpid());
    byHand("CREATE ROLE " + role + "; GRANT USAGE ON SCHEMA " + place.schema() + " TO " + role +
           "; GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA " + place.schema() + " TO " + role);
    {
        Store::Writer writer = store->write();
        REQUIRE(writer.database().driver().setSchema(6));
        REQUIRE(migrate(writer.database()).ok());
    }
    Database clerk = place.connect();
    REQUIRE(clerk.execute("SET ROLE " + role));
    CHECK(clerk.execute("SELECT * FROM certificates_history, certificates_changes"));
    CHECK(CertificateListCopy::beginHistory(clerk));
    byHand("DROP OWNED BY " + role + "; DROP ROLE " + role);
    checkThatItIsRight();
}

TEST_CASE_FIXTURE(TwoProxies, "what is replicated to the server is found") {
    byHand("SET session_replication_role = replica");
    byHand("UPDATE certificates SET name_key = 'elsewhere', search_key = ' elsewhere'");
    CHECK(list({.search = "elsewhere"}).totalCount == 2);
}

TEST_CASE_FIXTURE(TwoProxies, "a backup that is played back under a running proxy is found") {
    const std::string backup = place.file("backup.sql");
    const auto shell = [](const std::string& command) { REQUIRE(std::system(command.c_str()) == 0); };
    // One that knows of changes which this server has still to make.
    byHand("INSERT INTO certificates_changes VALUES (1000000000000, NULL)");
    shell("pg_dump -d '" + place.server() + "' -n " + place.schema() + " > " + backup);
    byHand("UPDATE certificates SET name_key = 'later', search_key = ' later'");
    REQUIRE(list({.search = "later"}).totalCount == 2);
    place.administer("DROP SCHEMA " + place.schema() + " CASCADE");
    shell("psql -q -v ON_ERROR_STOP=1 -d '" + place.server() + "' -f " + backup + " > " + place.file("out"));
    CHECK(list({.search = "later"}).totalCount == 0);
    checkThatItIsRight();
    CHECK(count("certificates_changes") == 0);
}

TEST_CASE_FIXTURE(TwoProxies, "a history that is gone is no harm") {
    byHand("UPDATE certificates SET name_key = 'before', search_key = ' before'");
    byHand("TRUNCATE certificates_history, certificates_changes");  // what a crash of the server does
    CHECK(list({.search = "before"}).totalCount == 2);
    byHand("UPDATE certificates SET name_key = 'after', search_key = ' after'");
    CHECK(list({.search = "after"}).totalCount == 2);
}

TEST_CASE_FIXTURE(TwoProxies,
                  "a commit that has been seen and is lost by a crash of the server is not found any more") {
    byHand("ALTER SYSTEM SET wal_writer_delay = '10s'");
    byHand("SELECT pg_reload_conf()");
    bool lost = false;
    for (int i = 0; i < 10 && !lost; ++i) {  // the server may have written it down at once
        Database hand = place.connect();
        REQUIRE(hand.execute("SET synchronous_commit = off"));
        REQUIRE(hand.execute("UPDATE certificates SET name = 'Lost', search_key = ' lost'"));
        REQUIRE(list({.search = "lost"}).totalCount == 2);
        crash(std::move(hand));
        lost = count("certificates WHERE name = 'Lost'") == 0;
        checkThatItIsRight();
        CHECK(list({.search = "lost"}).totalCount == (lost ? 0 : 2));
        byHand("UPDATE certificates SET search_key = ' kept'");
        CHECK(list({.search = "kept"}).totalCount == 2);
    }
    CHECK(lost);
    place.administer("ALTER SYSTEM RESET wal_writer_delay");
    place.administer("SELECT pg_reload_conf()");
}

TEST_CASE_FIXTURE(TwoProxies,
                  "what was prepared before a crash of the server and is committed after it is found") {
    const std::string name = "'" + place.schema() + "'";
    Database hand = place.connect();
    REQUIRE(
        hand.execute("BEGIN; UPDATE certificates SET search_key = ' prepared'; PREPARE TRANSACTION " + name));
    REQUIRE(list({.search = "prepared"}).totalCount == 0);
    crash(std::move(hand));
    CHECK(list({.search = "prepared"}).totalCount == 0);
    byHand("COMMIT PREPARED " + name);
    CHECK(list({.search = "prepared"}).totalCount == 2);
    byHand("UPDATE certificates SET search_key = ' later'");
    CHECK(list({.search = "later"}).totalCount == 2);
}

TEST_CASE_FIXTURE(TwoProxies, "what is changed while the triggers are off is found") {
    byHand("ALTER TABLE certificates DISABLE TRIGGER USER");
    byHand("UPDATE certificates SET search_key = ' off'");
    CHECK(list({.search = "off"}).totalCount == 2);
    byHand("UPDATE certificates SET search_key = ' still'");
    CHECK(list({.search = "still"}).totalCount == 2);
    byHand("UPDATE certificates SET search_key = ' before'");
    byHand("ALTER TABLE certificates ENABLE TRIGGER USER");
    CHECK(list({.search = "before"}).totalCount == 2);
    byHand("UPDATE certificates SET search_key = ' on'");
    CHECK(list({.search = "on"}).totalCount == 2);
    byHand("ALTER TABLE certificates ALTER COLUMN search_key TYPE TEXT USING ' rewritten'");
    CHECK(list({.search = "rewritten"}).totalCount == 2);
}

TEST_CASE_FIXTURE(TwoProxies, "after any changes in any order, every search finds what the database holds") {
    std::mt19937 random(20261123);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    const auto oneOf = [&](std::uint32_t count) { return random() % count; };
    const Names words = {"An", "Ánh", "Bình", "Nguyễn", "Trần", "Đỗ", "Văn", "Thị"};
    for (int round = 0; round < 150; ++round) {
        CAPTURE(round);
        const std::string serial = std::to_string(oneOf(40));
        const std::string name = words[oneOf(8)] + ' ' + words[oneOf(8)];
        SqlRegistry& writing = oneOf(2) == 0 ? registry : other;
        const auto page = list({.search = serial});
        if (oneOf(3) != 0 || page.items.empty()) {
            NewCertificate added = certificate(serial, name);
            added.validTo = kNow + static_cast<Instant>(oneOf(3)) - 1;
            added.type = oneOf(4) == 0 ? CertificateType::Business : CertificateType::SmartCa;
            REQUIRE(create(&writing == &other ? otherStore : store, writing,
                           attachment(static_cast<UserId>(oneOf(3) + 1), {added})));
        } else if (oneOf(2) == 0) {
            REQUIRE(writing.remove(page.items.front().id, {}));
        } else {
            REQUIRE(writing.change(page.items.front().id, {.name = name}, kNow, {}));
        }
        if (oneOf(3) == 0) continue;  // several changes between two searches
        CertificateQuery query{.search = oneOf(2) == 0 ? words[oneOf(8)] : std::string{}, .now = kNow};
        query.userId = static_cast<UserId>(oneOf(4));
        query.page = static_cast<int>(oneOf(3)) + 1;
        query.pageSize = static_cast<int>(oneOf(7)) + 1;
        if (oneOf(3) == 0) query.status = CertificateStatus::Expired;
        if (oneOf(3) == 0) query.type = CertificateType::Business;
        checkThatItIsRight(query);
    }
}

TEST_CASE_FIXTURE(TwoProxies,
                  "a server that does not answer ends the search that reads and those that wait for it") {
    Database locking = place.connect();
    REQUIRE(locking.execute("BEGIN; LOCK TABLE certificates IN ACCESS EXCLUSIVE MODE"));
    SqlRegistry fresh(store, std::nullopt);
    const auto search = [&] { return fresh.certificates({}).ok(); };
    auto one = std::async(std::launch::async, search);
    auto other = std::async(std::launch::async, search);
    CHECK_FALSE(one.get());
    CHECK_FALSE(other.get());
    REQUIRE(locking.execute("COMMIT"));
    CHECK(search());
}

TEST_CASE_FIXTURE(TwoProxies,
                  "searches beside changes see each page whole, and nothing that does not fit it") {
    const auto id = attachOne(3, certificate("03", "Lê Thị"));
    std::atomic<bool> done = false;
    std::thread changing([&] {
        for (int i = 0; i < 300; ++i)
            if (!other.change(id, {.name = i % 2 == 0 ? "Lê Thị" : "Đỗ Thị"}, kNow, {})) break;
        done = true;
    });
    std::vector<std::thread> searching;
    for (int i = 0; i < 3; ++i) {
        searching.emplace_back([&] {
            while (!done) {
                const auto page = registry.certificates({.search = "do thi", .now = kNow});
                REQUIRE(page);
                CHECK(static_cast<std::int64_t>(page.value().items.size()) == page.value().totalCount);
                for (const auto& certificate : page.value().items)
                    CHECK(certificate.name == "Đỗ Thị");
            }
        });
    }
    changing.join();
    for (auto& thread : searching)
        thread.join();
    CHECK(list({.search = "do thi"}).totalCount == 1);
}

}  // namespace smartca::registry

TEST_SUITE_END();
