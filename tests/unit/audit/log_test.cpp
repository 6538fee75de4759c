#include <sys/wait.h>

#include "log_fixture.h"

namespace smartca::audit {

using namespace registry;  // for its fixture

namespace {

const Source kWho{.actor = "bearer", .peer = "192.0.2.7", .requestId = "request-1", .keyHash = hashOf("key")};

struct AuditFixture : LogFixture {
    journal::SqlJournal journal{store};

    Verdict verdict(const std::optional<Head>& anchor = std::nullopt) {
        auto log = opened();
        auto verified = verify(log, anchor);
        REQUIRE(verified);
        return std::move(verified).value();
    }
    // As somebody does it who has the file or owns the tables.
    void tamper(const std::string& sql) { execute(*store, sql); }
    void refuseEntries() {
        execute(
            *store,
            place.server().empty()
                ? "CREATE TRIGGER no_more BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END"
                : "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; "
                  "END $$;"
                  "CREATE TRIGGER no_more BEFORE INSERT ON audit EXECUTE FUNCTION no_room()");
    }
    void addEntries(int count) {
        for (int i = 0; i < count; ++i) {
            Entry entry;
            entry.outcome = Outcome::Attached;
            entry.userName = "entry " + std::to_string(i + 1);
            REQUIRE(journal.audit(entry));
        }
    }
    // Through the journal and the registry, as the API does it.
    Attached create(const Attachment& attachment) {
        Entry asked;
        asked.source = kWho;
        asked.userId = attachment.draft.userId;
        asked.userCode = "USER01";
        asked.userName = "Nguyễn Văn A";
        asked.identity = "001099000001";
        static int number = 0;
        const journal::Key key{"bearer", std::to_string(++number)};
        const auto begun = journal.begin(key, "body", kNow);
        REQUIRE(begun);
        asked.createId = begun.value().id;
        auto attached = registry.attach(attachment, {key, {}, asked}, kNow);
        REQUIRE(attached);
        return std::move(attached).value();
    }
};

}  // namespace

TEST_CASE_FIXTURE(AuditFixture, "a create's entry says who attached what for whom, from where, and when") {
    const std::int64_t before = clockNow();
    const Attached attached = create(attachment(1, {certificate("01"), certificate("02")}));
    const auto records = log();
    REQUIRE(records.size() == 1);
    const Record& record = records.front();
    CHECK(record.sequence == 1);
    CHECK(record.milliseconds >= before);
    CHECK(record.milliseconds <= clockNow());
    CHECK(record.action == "create");
    CHECK(record.outcome == "attached");
    CHECK(record.reason.empty());
    CHECK(record.actor == "bearer");
    CHECK(record.peer == "192.0.2.7");
    CHECK(record.requestId == "request-1");
    CHECK(record.keyHash == "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683");
    CHECK(record.createId != 0);
    CHECK(record.userId == 1);
    CHECK(record.userCode == "USER01");
    CHECK(record.userName == "Nguyễn Văn A");
    CHECK(record.identity == "001099000001");
    CHECK(record.serials == "01 02");
    CHECK(record.certificateIds ==
          std::to_string(attached.added[0].id) + " " + std::to_string(attached.added[1].id));
}

TEST_CASE_FIXTURE(AuditFixture, "what was there already is told apart from what was added") {
    create(attachment(1, {certificate("01")}));
    create(attachment(1, {certificate("01")}));
    create(attachment(1, {certificate("01"), certificate("02")}));
    const auto records = log();
    REQUIRE(records.size() == 3);
    CHECK(records[1].outcome == "alreadyOnList");
    CHECK(records[1].serials == "01");
    CHECK(records[1].certificateIds.empty());
    CHECK(records[2].outcome == "attached");
    CHECK(records[2].reason == "someAlreadyOnList");
    CHECK(records[2].serials == "02");
}

TEST_CASE_FIXTURE(AuditFixture, "a rename, a new default and a removal have an entry each") {
    create(attachment(1, {certificate("02")}));
    const std::int64_t id = create(attachment(1, {certificate("01")})).added.front().id;
    REQUIRE(registry.change(id, {.name = "Chữ ký 2026", .isDefault = true}, kNow, kWho));
    REQUIRE(registry.remove(id, kWho));
    const auto records = log();
    REQUIRE(records.size() == 5);
    CHECK(records[2].action == "rename");
    CHECK(records[2].outcome == "changed");
    CHECK(records[2].name == "Chữ ký 2026");
    CHECK(records[2].previousName == "Nguyễn Văn A");
    CHECK(records[3].action == "setDefault");
    CHECK(records[3].previousName.empty());
    CHECK(records[4].action == "remove");
    CHECK(records[4].outcome == "removed");
    for (std::size_t i = 2; i < 5; ++i) {
        CHECK(records[i].actor == "bearer");
        CHECK(records[i].userId == 1);
        CHECK(records[i].userCode == "USER01");
        CHECK(records[i].serials == "01");
        CHECK(records[i].certificateIds == std::to_string(id));
    }
}

TEST_CASE_FIXTURE(AuditFixture,
                  "a change to what it was before leaves no entry, and is answered all the same") {
    const std::int64_t id = create(attachment(1, {certificate("01", "Nguyễn Văn A")})).added.front().id;
    const auto change = [&](const CertificateChange& wanted) {
        const auto changed = registry.change(id, wanted, kNow, kWho);
        CHECK(changed.value().id == id);
        return log().size() - 1;  // entries beside the create's
    };
    CHECK(change({.name = {}, .isDefault = true}) == 0);
    CHECK(change({.name = " ", .isDefault = true}) == 0);
    // The common name for a nickname, and no nickname, are shown alike.
    CHECK(change({.name = "Nguyễn Văn A ", .isDefault = true}) == 0);
    CHECK(change({.name = "Chữ ký 2026", .isDefault = true}) == 1);
    CHECK(change({.name = " Chữ ký 2026", .isDefault = {}}) == 1);
    CHECK(change({.name = "", .isDefault = {}}) == 2);
    CHECK(log().back().action == "rename");
}

TEST_CASE_FIXTURE(AuditFixture, "what is not there to be changed leaves no entry") {
    CHECK_FALSE(registry.change(99, {.name = "x", .isDefault = {}}, kNow, kWho));
    CHECK_FALSE(registry.remove(99, kWho));
    CHECK(log().empty());
}

TEST_CASE_FIXTURE(AuditFixture, "without its entry nothing is attached") {
    refuseEntries();
    REQUIRE(journal.begin(kKey, "body", kNow));
    CHECK_FALSE(registry.attach(attachment(1, {certificate("01")}), {kKey}, kNow));
    CHECK(count("certificates") == 0);
}

TEST_CASE_FIXTURE(AuditFixture,
                  "a process that dies before the commit leaves neither certificate nor entry") {
    const Place other;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto dieBefore = [](std::string_view to, store::Moment moment) {
            if (to == "created" && moment == store::Moment::Before) ::raise(SIGKILL);
        };
        const auto dying = store::Store::open({.path = other.path(), .watch = dieBefore});
        if (!dying) ::_exit(1);
        addUser(*dying.value(), {1, "USER01", "Nguyễn Văn A", ""});
        SqlRegistry itsRegistry(dying.value(), registry::companyIn(*dying.value()), std::nullopt);
        static_cast<void>(registry::create(dying.value(), itsRegistry, attachment(1, {certificate("01")})));
        ::_exit(2);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const auto again = openStore({.path = other.path()});
    store::Store::Reader left = again->read();
    CHECK(left.database().number("SELECT count(*) FROM certificates").value() == 0);
    CHECK(left.database().number("SELECT count(*) FROM audit").value() == 0);
}

TEST_CASE_FIXTURE(AuditFixture, "what becomes of a create at a portal is told by further entries") {
    REQUIRE(journal.begin(kKey, "body", kNow));
    Entry entry;
    entry.source = kWho;
    entry.createId = 1;
    entry.serials = {"01"};
    REQUIRE(journal.intend(kKey, kPlan));
    REQUIRE(journal.sending(kKey, withOutcome(entry, Outcome::Sent)));
    REQUIRE(journal.unknown(kKey, withOutcome(entry, Outcome::Unknown)));
    REQUIRE(journal.finish(kKey, {journal::CreateState::Created, "{}"}, kNow,
                           withOutcome(entry, Outcome::Attached, "readBack")));
    const auto records = log();
    REQUIRE(records.size() == 3);
    CHECK(records[0].outcome == "sent");
    CHECK(records[1].outcome == "unknown");
    CHECK(records[2].outcome == "attached");
    CHECK(records[2].reason == "readBack");
}

TEST_CASE_FIXTURE(AuditFixture, "who reads a create back knows who had asked for it") {
    const auto begun = journal.begin(kKey, "body", kNow);
    REQUIRE(begun);
    Entry entry;
    entry.source = kWho;
    entry.createId = begun.value().id;
    entry.userCode = "USER01";
    entry.identity = "001099000001";
    entry.serials = {"01", "02"};
    REQUIRE(journal.intend(kKey, kPlan));
    REQUIRE(journal.sending(kKey, withOutcome(entry, Outcome::Sent)));
    journal.leave(kKey);
    const auto open = journal.open();
    REQUIRE(open);
    REQUIRE(open.value().size() == 1);
    const Entry& known = open.value().front().entry;
    CHECK(known.source.actor == "bearer");
    CHECK(known.source.peer == "192.0.2.7");
    CHECK(known.createId == begun.value().id);
    CHECK(known.identity == "001099000001");
    CHECK(known.serials == entry.serials);
}

TEST_CASE_FIXTURE(AuditFixture, "a step that the journal refuses leaves no entry") {
    Entry entry;
    CHECK_FALSE(journal.sending(kKey, entry));
    CHECK_FALSE(journal.finish(kKey, {journal::CreateState::Created, "{}"}, kNow, entry));
    CHECK(log().empty());
}

TEST_CASE_FIXTURE(AuditFixture, "an untouched log is whole, and its head is the last entry's hash") {
    CHECK(verdict().fault.empty());
    addEntries(1200);  // more than a page
    const auto found = verdict();
    CHECK(found.fault.empty());
    CHECK(found.head.sequence == 1200);
    CHECK(found.head.hash == log().back().hash);
}

TEST_CASE_FIXTURE(AuditFixture, "a changed entry is found") {
    addEntries(5);
    tamper("UPDATE audit SET user_name = 'somebody else' WHERE seq = 3");
    const auto found = verdict();
    CHECK(found.fault.starts_with("entry 3 is not what was written"));
    CHECK(found.head.sequence == 2);
}

TEST_CASE_FIXTURE(AuditFixture, "text that moves from one field to the next is found") {
    Entry entry;
    entry.userCode = "AB";
    entry.userName = "C";
    REQUIRE(journal.audit(entry));
    tamper("UPDATE audit SET user_code = 'A', user_name = 'BC'");
    CHECK_FALSE(verdict().fault.empty());
}

TEST_CASE_FIXTURE(AuditFixture, "a gap is found") {
    addEntries(5);
    tamper("DELETE FROM audit WHERE seq = 3");
    CHECK(verdict().fault == "entry 3 is missing: entry 4 follows");
}

TEST_CASE_FIXTURE(AuditFixture, "an end that was cut off is found by the head") {
    addEntries(5);
    tamper("DELETE FROM audit WHERE seq > 3");
    CHECK(verdict().fault == "entry 4 and what follows are missing: there were 5");
}

TEST_CASE_FIXTURE(AuditFixture, "a beginning that was cut off is found") {
    addEntries(5);
    tamper("DELETE FROM audit WHERE seq < 3");
    CHECK(verdict().fault == "entry 1 is missing: entry 3 follows");
}

TEST_CASE_FIXTURE(AuditFixture, "entries that the head was made to pass over are found") {
    addEntries(5);
    tamper("UPDATE audit_head SET last_seq = 2, last_hash = (SELECT hash FROM audit WHERE seq = 2)");
    CHECK(verdict().fault == "3 entries stand behind the last that the head names");
}

TEST_CASE_FIXTURE(AuditFixture,
                  "an end that was cut off together with the head is found by an anchor alone") {
    addEntries(5);
    const Head anchor{5, log().back().hash};
    tamper(
        "DELETE FROM audit WHERE seq > 3;"
        "UPDATE audit_head SET last_seq = 3, last_hash = (SELECT hash FROM audit WHERE seq = 3)");
    CHECK(verdict().fault.empty());
    CHECK(verdict(anchor).fault == "entry 5, whose hash was given, is missing");
    addEntries(2);
    CHECK(verdict(anchor).fault == "entry 5 is not the one whose hash was given");
}

TEST_CASE_FIXTURE(AuditFixture,
                  "a flood of refusals is bounded, and the next entry says how many are missing") {
    Entry refused;
    refused.action = Action::Create;
    refused.outcome = Outcome::Refused;
    for (int i = 0; i < 100; ++i)
        REQUIRE(journal.audit(refused));
    CHECK(log().size() == 60);
    addEntries(1);
    const auto records = log();
    REQUIRE(records.size() == 61);
    CHECK(records.back().leftOut == 40);
    CHECK(verdict().fault.empty());
}

TEST_SUITE("sqlite") {
    TEST_CASE_FIXTURE(AuditFixture,
                      "a transaction that is rolled back takes nothing from the budget and forgets nothing") {
        const auto audit = [&](Outcome outcome) {
            Entry entry;
            entry.outcome = outcome;
            return journal.audit(entry).ok();
        };
        execute(*store,
                "CREATE TABLE nowhere(id INTEGER REFERENCES companies(id) DEFERRABLE INITIALLY DEFERRED);"
                "CREATE TRIGGER no_commit AFTER INSERT ON audit BEGIN INSERT INTO nowhere VALUES (-1); END");
        for (int i = 0; i < 100; ++i)
            CHECK_FALSE(audit(Outcome::Refused));
        execute(*store, "DROP TRIGGER no_commit");
        for (int i = 0; i < 100; ++i)
            CHECK(audit(Outcome::Refused));
        CHECK(log().size() == 60);

        execute(*store,
                "CREATE TRIGGER no_commit AFTER INSERT ON audit BEGIN INSERT INTO nowhere VALUES (-1); END");
        CHECK_FALSE(audit(Outcome::Attached));
        execute(*store, "DROP TRIGGER no_commit");
        CHECK(audit(Outcome::Attached));
        CHECK(log().back().leftOut == 40);
    }
}

TEST_CASE("a budget fills again with time, and never beyond its burst") {
    using std::chrono::seconds;
    Budget budget(2, seconds(10));
    const Budget::Clock::time_point start{seconds(1000)};
    Entry failed;
    failed.outcome = Outcome::Failed;
    Entry attached;
    attached.outcome = Outcome::Attached;
    const auto admits = [&](int after) { return budget.admits(failed, start + seconds(after)); };
    CHECK(admits(0));
    CHECK(admits(0));
    CHECK_FALSE(admits(9));
    CHECK(admits(10));
    CHECK_FALSE(admits(11));
    CHECK(budget.admits(attached, start + seconds(11)));
    CHECK(admits(500));
    CHECK(admits(500));
    CHECK_FALSE(admits(500));
    CHECK(budget.takeLeftOut() == 3);
    CHECK(budget.takeLeftOut() == 0);
}

TEST_CASE_FIXTURE(AuditFixture, "text that not every database takes is entered all the same") {
    Entry entry;
    entry.outcome = Outcome::Attached;
    entry.userName = std::string("a\0b", 3);
    entry.name = "a\xff";
    REQUIRE(journal.audit(entry));
    CHECK(log().front().userName == "a\uFFFDb");
    CHECK(log().front().name == "a\uFFFD");
    CHECK(verdict().fault.empty());
}

TEST_CASE_FIXTURE(AuditFixture, "the log of a store that is in use can be read") {
    addEntries(3);
    store::Store::Writer writer = store->write();
    store::Transaction open(writer.database(), store::TransactionKind::Write);
    REQUIRE_FALSE(open.failed());
    CHECK(log().size() == 3);
}

TEST_CASE("a file that is no proxy's database, or none at all, is named" * doctest::test_suite("sqlite")) {
    TemporaryFolder folder;
    CHECK(openLog(folder.file("absent.db")).error().find("absent.db") != std::string::npos);
    writeFile(folder.file("text"), std::string(5000, 'x'));
    CHECK_FALSE(openLog(folder.file("text")));
    CHECK_FALSE(std::filesystem::exists(folder.file("absent.db")));
}

TEST_CASE_FIXTURE(AuditFixture, "what follows a cursor is read in order, some at a time, and nothing twice") {
    addEntries(5);
    const auto from = [&](const Cursor& cursor) {
        auto slice = journal.entriesAfter(cursor, 2);
        REQUIRE(slice);
        REQUIRE(slice.value());
        return std::move(*slice.value());
    };
    Cursor cursor;
    for (const std::vector<std::int64_t>& expected :
         std::vector<std::vector<std::int64_t>>{{1, 2}, {3, 4}, {5}, {}}) {
        const Slice slice = from(cursor);
        std::vector<std::int64_t> sequences;
        for (const Record& record : slice.records)
            sequences.push_back(record.sequence);
        CHECK(sequences == expected);
        cursor = slice.end;
    }
    addEntries(1);
    CHECK(from(cursor).records.front().sequence == 6);
}

TEST_CASE_FIXTURE(AuditFixture, "a cursor whose entry is not in this log is not mistaken for one that is") {
    addEntries(3);
    const Record second = log().at(1);
    const auto isThere = [&](const Cursor& cursor) {
        const auto slice = journal.entriesAfter(cursor, 2);
        REQUIRE(slice);
        return slice.value().has_value();
    };
    CHECK(isThere({2, second.milliseconds}));
    CHECK_FALSE(isThere({2, second.milliseconds - 1}));  // of a database that was restored, and went on
    CHECK_FALSE(isThere({4, second.milliseconds}));      // of a longer log
    tamper("DELETE FROM audit WHERE seq < 3");
    CHECK_FALSE(isThere({2, second.milliseconds}));  // older than what is kept
    CHECK(isThere({}));
    CHECK(journal.entriesAfter({}, 2).value()->records.front().sequence == 3);
}

}  // namespace smartca::audit
