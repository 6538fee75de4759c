#include "proxy/store/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include "../registry/fixture.h"
#include "proxy/store/schema.h"

namespace smartca::store {

using namespace registry;  // for its fixture

namespace {

struct StoreFixture {
    Place place;
    std::string path = place.path();

    std::string refusal() {
        auto store = Store::open({.path = path});
        REQUIRE_FALSE(store);
        return store.error();
    }
    void executeRaw(const std::string& sql) { REQUIRE(place.connect().execute(sql)); }
};

mode_t modeOf(const std::string& path) {
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

}  // namespace

TEST_CASE_FIXTURE(StoreFixture, "a new database has the newest schema and is its owner's alone" *
                                    doctest::test_suite("sqlite")) {
    const auto store = openStore({.path = path});
    Store::Reader reader = store->read();
    CHECK(reader.database().number("PRAGMA user_version").value() == newestSchema());
    for (const char* suffix : {"", "-wal", "-shm", "-lock"})
        CHECK(modeOf(path + suffix) == 0600);
}

TEST_CASE_FIXTURE(StoreFixture,
                  "a database that others may read is made private" * doctest::test_suite("sqlite")) {
    openStore({.path = path}).reset();
    REQUIRE(::chmod(path.c_str(), 0644) == 0);
    openStore({.path = path}).reset();
    CHECK(modeOf(path) == 0600);
}

TEST_CASE_FIXTURE(StoreFixture, "what is stored is there after opening again") {
    addUser(*openStore({.path = path}), {.id = 1, .code = "USER01", .name = "Nguyễn Văn A"});
    const auto store = openStore({.path = path});
    CHECK(SqlRegistry(store, companyIn(*store), std::nullopt).user(1).value().name == "Nguyễn Văn A");
}

TEST_CASE_FIXTURE(StoreFixture, "a newer schema is refused") {
    openStore({.path = path}).reset();
    REQUIRE(place.connect().driver().setSchema(99));
    CHECK(contains(refusal(), "its schema 99 is newer than this program knows"));
}

TEST_CASE_FIXTURE(StoreFixture, "a database of another program is refused and left as it is") {
    executeRaw("CREATE TABLE theirs(a INTEGER)");
    CHECK(contains(refusal(), "belongs to another program"));
    CHECK(place.connect().number("SELECT count(*) FROM theirs").value() == 0);
    CHECK_FALSE(place.connect().execute("SELECT 1 FROM users"));
}

TEST_CASE_FIXTURE(StoreFixture, "a file that is no database is refused" * doctest::test_suite("sqlite")) {
    writeFile(path, std::string(8192, 'x'));
    CHECK(contains(refusal(), "file is not a database"));
}

TEST_CASE_FIXTURE(StoreFixture,
                  "a damaged page is reported as corruption when it is met" * doctest::test_suite("sqlite")) {
    {
        const auto store = openStore({.path = path});
        for (UserId id = 1; id <= 500; ++id) {
            addUser(*store, {.id = id, .code = "USER" + std::to_string(id), .name = std::string(200, 'n')});
        }
    }
    std::string content = contentOf(path);
    constexpr std::size_t kAfterTheSchema = 40;
    for (std::size_t page = kAfterTheSchema; page * 4096 < content.size(); ++page)
        content.replace(page * 4096, 64, 64, '\x7f');
    writeFile(path, content);
    const auto store = openStore({.path = path});
    SqlRegistry registry(store, companyIn(*store), std::nullopt);
    auto users = registry.users({.pageSize = 1000});
    REQUIRE_FALSE(users);
    CHECK(users.error().code == ProblemCode::Internal);
}

TEST_CASE_FIXTURE(StoreFixture, "a folder that does not exist is named" * doctest::test_suite("sqlite")) {
    path = place.file("absent/registry.db");
    CHECK(contains(refusal(), "absent/registry.db: No such file"));
}

TEST_CASE_FIXTURE(StoreFixture, "one opening at a time" * doctest::test_suite("sqlite")) {
    const auto store = openStore({.path = path});
    CHECK(contains(refusal(), "another process has it open"));
    const std::string link = place.file("link.db");
    REQUIRE(::symlink(path.c_str(), link.c_str()) == 0);
    path = link;
    CHECK(contains(refusal(), "another process has it open"));
}

TEST_CASE_FIXTURE(StoreFixture, "a file of two names is refused: each would have a lock of its own" *
                                    doctest::test_suite("sqlite")) {
    openStore({.path = path}).reset();
    const std::string other = place.file("other.db");
    REQUIRE(::link(path.c_str(), other.c_str()) == 0);
    CHECK(contains(refusal(), "hard links"));
}

TEST_CASE_FIXTURE(StoreFixture, "a full disk is unavailable, leaves nothing half written, and passes" *
                                    doctest::test_suite("sqlite")) {
    const auto store = openStore({.path = path, .maximumPages = 60});
    addUser(*store, {.id = 1, .code = "USER01", .name = "Nguyễn Văn A"});
    SqlRegistry registry(store, companyIn(*store), std::nullopt);
    journal::SqlJournal journal(store);
    REQUIRE(create(store, registry, attachment(1, {certificate("01")})));

    Attachment tooMuch = attachment(1, {certificate("02"), certificate("03")});
    tooMuch.certificates[1].der = std::string(300'000, 'x');
    CHECK(create(store, registry, tooMuch).error().code == ProblemCode::Unavailable);
    CertificateQuery all;
    CHECK(registry.certificates(all).value().totalCount == 1);

    CHECK(journal.begin({"portal", "1"}, std::string(300'000, 'f'), kNow).error().code ==
          ProblemCode::Unavailable);
    CHECK(journal.begin({"portal", "1"}, "body", kNow).value().state == journal::BeginState::Fresh);
    CHECK(create(store, registry, attachment(1, {certificate("02")})).value().added.size() == 1);
}

TEST_CASE_FIXTURE(StoreFixture, "a transaction that is not committed is undone") {
    const auto store = openStore({.path = path});
    Store::Writer writer = store->write();
    {
        const Transaction transaction(writer.database(), TransactionKind::Write);
        REQUIRE_FALSE(transaction.failed());
        REQUIRE(writer.database().execute("INSERT INTO companies(name) VALUES ('x')"));
    }
    CHECK(writer.database().number("SELECT count(*) FROM companies").value() == 0);
}

TEST_CASE_FIXTURE(StoreFixture, "an error of a statement is a value, and sticks") {
    const auto store = openStore({.path = path});
    Store::Reader reader = store->read();
    Statement unreadable(reader.database(), "SELECT nonsense FROM nowhere WHERE a = ? OR b = ?");
    unreadable.bind("x").bindNull();
    CHECK_FALSE(unreadable.next());
    CHECK_MESSAGE(contains(unreadable.error().message, "nowhere"), unreadable.error().message);

    Statement tooManyParameters(reader.database(), "SELECT ?");
    tooManyParameters.bind("one").bind("two");
    CHECK_FALSE(tooManyParameters.run());
    CHECK_FALSE(reader.database().execute("UPDATE key_check SET id = 1"));
}

TEST_CASE_FIXTURE(StoreFixture,
                  "what takes longer to read than it may is cut off, and the next read is not") {
    const auto store = openStore({.path = path, .readTime = std::chrono::milliseconds(50)});
    {
        Store::Reader reader = store->read();
        Statement endless(
            reader.database(),
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
        CHECK_FALSE(endless.next());
        REQUIRE(endless.failed());
        const bool cutOff = contains(endless.error().message, "interrupted") ||      // SQLite
                            contains(endless.error().message, "statement timeout");  // PostgreSQL
        CHECK(cutOff);
    }
    Store::Reader reader = store->read();
    CHECK(reader.database().number("SELECT 7").value() == 7);
}

TEST_CASE_FIXTURE(StoreFixture, "nothing is written to a file that was removed while it was open" *
                                    doctest::test_suite("sqlite")) {
    const auto store = openStore({.path = path});
    Store::Writer writer = store->write();
    CHECK_FALSE(Transaction(writer.database(), TransactionKind::Write).failed());
    REQUIRE(::unlink(path.c_str()) == 0);
    const Transaction transaction(writer.database(), TransactionKind::Write);
    REQUIRE(transaction.failed());
    CHECK(contains(transaction.error().reason, "removed or replaced"));
}

}  // namespace smartca::store
