// The copy of the list that a proxy keeps of a server's database: it is what the database holds, whoever
// wrote.
#include <future>
#include <random>
#include <thread>

#include "fixture.h"

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
};

// Nothing of it is kept from before.
CertificatePage readAnew(const std::shared_ptr<Store>& store, const CertificateQuery& query) {
    SqlRegistry registry(store, std::nullopt);
    auto page = registry.certificates(query);
    REQUIRE(page);
    return std::move(page).value();
}

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
    byHand(
        "DO $$ BEGIN FOR i IN 1..1100 LOOP UPDATE certificates SET valid_to = valid_to + 1; END LOOP; END "
        "$$");
    CHECK(count("certificates_changes") == 2000);
    byHand("DELETE FROM certificates WHERE serial = '01'");
    CHECK(namesOf(list()) == Names{"Trần Thị Bích Ngọc"});
}

TEST_CASE_FIXTURE(TwoProxies, "a backup that is played back under a running proxy is found") {
    // Its versions have been there before, for another list.
    byHand("CREATE TABLE before AS SELECT * FROM certificates_state");
    byHand("UPDATE certificates SET name_key = 'changed', search_key = ' changed'");
    REQUIRE(list({.search = "changed"}).totalCount == 2);
    byHand("UPDATE certificates SET name_key = 'old', search_key = ' old'");
    byHand("DROP TABLE certificates_state; ALTER TABLE before RENAME TO certificates_state");
    byHand("UPDATE certificates_state SET version = version + 1");
    CHECK(list({.search = "old"}).totalCount == 2);
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
        const auto found = list(query);
        const auto expected = readAnew(store, query);
        CHECK(namesOf(found) == namesOf(expected));
        CHECK(found.totalCount == expected.totalCount);
        CHECK(found.userCount == expected.userCount);
        CHECK(found.allCount == count("certificates"));
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

TEST_CASE_FIXTURE(TwoProxies, "searches beside changes see each page whole") {
    std::atomic<bool> done = false;
    std::thread changing([&] {
        for (int i = 0; i < 40; ++i) {
            if (!create(otherStore, other, attachment(3, {certificate("a" + std::to_string(i), "Đỗ Thị")})))
                break;
            const auto page = other.certificates({.search = "do thi", .now = kNow});
            if (!page || page.value().items.empty()) break;
            if (i % 2 == 0 && !other.remove(page.value().items.front().id, {})) break;
        }
        done = true;
    });
    std::vector<std::thread> searching;
    for (int i = 0; i < 3; ++i) {
        searching.emplace_back([&] {
            while (!done) {
                const auto page = registry.certificates({.pageSize = 100, .now = kNow});
                REQUIRE(page);
                CHECK(static_cast<std::int64_t>(page.value().items.size()) == page.value().totalCount);
            }
        });
    }
    changing.join();
    for (auto& thread : searching)
        thread.join();
    CHECK(list().totalCount == 22);
}

}  // namespace smartca::registry

TEST_SUITE_END();
