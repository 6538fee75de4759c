#include <signal.h>
#include <sys/wait.h>

#include "../registry/fixture.h"

namespace smartca::journal {

using namespace registry;  // for its fixture

namespace {

struct JournalFixture : Fixture {
    SqlJournal journal{store};

    BeginState begin(const Key& key = kKey, const std::string& fingerprint = "body") {
        auto begun = journal.begin(key, fingerprint, kNow);
        REQUIRE(begun);
        return begun.value().state;
    }
};

// Runs `work` in a child process that is then killed, as a crash would.
template <class Work>
void killAfter(const Place& place, const Work& work) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        work();
        ::raise(SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    place.waitUntilAlone();
}

}  // namespace

TEST_CASE_FIXTURE(JournalFixture, "a key is fresh once") {
    CHECK(begin() == BeginState::Fresh);
    CHECK(begin() == BeginState::InProgress);
}

TEST_CASE_FIXTURE(JournalFixture,
                  "a create that ended without being able to give its key back blocks nobody") {
    begin();
    journal.leave(kKey);
    CHECK(begin() == BeginState::Interrupted);
    CHECK(begin() == BeginState::InProgress);
}

TEST_CASE_FIXTURE(JournalFixture, "a finished record gives its answer again, byte for byte") {
    begin();
    const StoredAnswer answer{CreateState::Created, "{\"added\":[\"Nguyễn\"]}"};
    REQUIRE(journal.finish(kKey, answer, kNow, {}));
    auto again = journal.begin(kKey, "body", kNow);
    REQUIRE(again);
    CHECK(again.value().state == BeginState::Finished);
    CHECK(again.value().answer.state == CreateState::Created);
    CHECK(again.value().answer.body == answer.body);
}

TEST_CASE_FIXTURE(JournalFixture, "the same key with another body is told apart, in progress and finished") {
    begin();
    CHECK(begin(kKey, "other body") == BeginState::BodyDiffers);
    REQUIRE(journal.finish(kKey, {CreateState::Created, "{}"}, kNow, {}));
    CHECK(begin(kKey, "other body") == BeginState::BodyDiffers);
}

TEST_CASE_FIXTURE(JournalFixture, "keys of different callers never meet") {
    begin({"portal", "1"});
    CHECK(begin({"other", "1"}) == BeginState::Fresh);
}

TEST_CASE_FIXTURE(JournalFixture, "an abandoned key may be used again, with another body too") {
    begin();
    REQUIRE(journal.abandon(kKey, {}));
    CHECK(begin(kKey, "other body") == BeginState::Fresh);
}

TEST_CASE_FIXTURE(JournalFixture, "the number of a create that was abandoned is never another one's") {
    const auto first = journal.begin(kKey, "body", kNow);
    REQUIRE(first);
    REQUIRE(journal.abandon(kKey, {}));
    const auto second = journal.begin(kKey, "body", kNow);
    REQUIRE(second);
    CHECK(second.value().id > first.value().id);
}

TEST_CASE_FIXTURE(JournalFixture, "a finished record cannot be abandoned or overwritten") {
    begin();
    REQUIRE(journal.finish(kKey, {CreateState::Created, "first"}, kNow, {}));
    REQUIRE(journal.abandon(kKey, {}));
    CHECK_FALSE(journal.finish(kKey, {CreateState::Rejected, "second"}, kNow, {}));
    CHECK(journal.begin(kKey, "body", kNow).value().answer.body == "first");
}

TEST_CASE_FIXTURE(JournalFixture, "finishing what was never begun is an error") {
    CHECK_FALSE(journal.finish(kKey, {CreateState::Created, "{}"}, kNow, {}));
}

TEST_CASE_FIXTURE(JournalFixture,
                  "old finished records are forgotten, young ones and work in progress are not") {
    REQUIRE(journal.begin({"portal", "old"}, "body", kNow - 2 * kDay));
    REQUIRE(journal.finish({"portal", "old"}, {CreateState::Created, "{}"}, kNow - 2 * kDay, {}));
    REQUIRE(journal.begin({"portal", "long at it"}, "body", kNow - 2 * kDay));
    begin({"portal", "young"});
    REQUIRE(journal.finish({"portal", "young"}, {CreateState::Created, "{}"}, kNow, {}));

    REQUIRE(journal.expire(kNow - kDay));
    CHECK(begin({"portal", "old"}) == BeginState::Fresh);
    CHECK(begin({"portal", "long at it"}) == BeginState::InProgress);
    CHECK(begin({"portal", "young"}) == BeginState::Finished);
}

TEST_CASE("an intent that a crash cut off is interrupted for the first who asks, then in progress") {
    const Place place;
    const store::StoreOptions options{.path = place.path()};
    killAfter(place, [&] { static_cast<void>(SqlJournal(openStore(options)).begin(kKey, "body", kNow)); });

    SqlJournal journal(openStore(options));
    CHECK(journal.begin(kKey, "other body", kNow).value().state == BeginState::BodyDiffers);
    CHECK(journal.begin(kKey, "body", kNow).value().state == BeginState::Interrupted);
    CHECK(journal.begin(kKey, "body", kNow).value().state == BeginState::InProgress);
    CHECK(journal.finish(kKey, {CreateState::Created, "{}"}, kNow, {}));
}

TEST_CASE("a crash right after attach leaves its answer with the certificates") {
    const Place place;
    const store::StoreOptions options{.path = place.path()};
    killAfter(place, [&] {
        const auto store = openStore(options);
        addUser(*store, {.id = 1, .code = "USER01", .name = "Nguyễn Văn A"});
        static_cast<void>(SqlJournal(store).begin(kKey, "body", kNow));
        static_cast<void>(SqlRegistry(store, companyIn(*store), std::nullopt)
                              .attach(attachment(1, {certificate("01")}), {kKey}, kNow));
    });

    auto again = SqlJournal(openStore(options)).begin(kKey, "body", kNow);
    REQUIRE(again);
    CHECK(again.value().state == BeginState::Finished);
    CHECK(again.value().answer.state == CreateState::Created);
    CHECK(addedIn(again.value().answer) == 1);
}

TEST_CASE("a crash within attach leaves neither certificates nor an answer") {
    const Place place;
    const store::StoreOptions options{.path = place.path()};
    killAfter(place, [&] {
        auto dying = options;
        dying.watch = [](std::string_view step, store::Moment moment) {
            if (step == nameOf(CreateState::Created) && moment == store::Moment::Before) ::raise(SIGKILL);
        };
        const auto store = openStore(dying);
        addUser(*store, {.id = 1, .code = "USER01", .name = "Nguyễn Văn A"});
        static_cast<void>(SqlJournal(store).begin(kKey, "body", kNow));
        static_cast<void>(SqlRegistry(store, companyIn(*store), std::nullopt)
                              .attach(attachment(1, {certificate("01")}), {kKey}, kNow));
    });

    const auto store = openStore(options);
    SqlRegistry registry(store, companyIn(*store), std::nullopt);
    REQUIRE(SqlJournal(store).begin(kKey, "body", kNow).value().state == BeginState::Interrupted);
    auto attached = registry.attach(attachment(1, {certificate("01")}), {kKey}, kNow);
    REQUIRE(attached);
    CHECK(attached.value().added.size() == 1);
}

TEST_CASE_FIXTURE(JournalFixture, "what the database refuses is told with its words, for the log") {
    REQUIRE(store->write().database().execute("DROP TABLE creates"));
    const auto says = [](const auto& outcome) {
        return !outcome.ok() && outcome.error().code == ProblemCode::Unavailable &&
               outcome.error().detail.starts_with("database: ") &&
               outcome.error().detail.find("creates") != std::string::npos;  // each server in its words
    };
    CHECK(says(journal.begin(kKey, "body", kNow)));
    CHECK(says(journal.intend(kKey, {})));
    CHECK(says(journal.sending(kKey, {})));
    CHECK(says(journal.unsent(kKey)));
    CHECK(says(journal.finish(kKey, {CreateState::Rejected, "{}"}, kNow, {})));
    CHECK(says(journal.abandon(kKey, {})));
    CHECK(says(journal.find("17", 1)));
    CHECK(says(journal.open()));
    CHECK(says(journal.expire(kNow)));
}

TEST_CASE_FIXTURE(JournalFixture, "what is attached under a key that was not begun is taken back") {
    CHECK(registry.attach(attachment(1, {certificate("01")}), {kKey}, kNow).error().code ==
          ProblemCode::Unavailable);
    CHECK(list().totalCount == 0);
}

TEST_CASE_FIXTURE(JournalFixture, "an attach that adds nothing keeps its answer too") {
    attachOne(1, certificate("01"));
    begin();
    REQUIRE(registry.attach(attachment(1, {certificate("01")}), {kKey}, kNow));
    CHECK(addedIn(journal.begin(kKey, "body", kNow).value().answer) == 0);
}

TEST_CASE("a finished record outlives the process") {
    const Place place;
    const store::StoreOptions options{.path = place.path()};
    killAfter(place, [&] {
        SqlJournal journal(openStore(options));
        static_cast<void>(journal.begin(kKey, "body", kNow));
        static_cast<void>(journal.finish(kKey, {CreateState::Created, "{}"}, kNow, {}));
    });
    CHECK(SqlJournal(openStore(options)).begin(kKey, "body", kNow).value().state == BeginState::Finished);
}

TEST_CASE("intents that a crash left behind are forgotten when they are old") {
    const Place place;
    const store::StoreOptions options{.path = place.path()};
    killAfter(place, [&] { static_cast<void>(SqlJournal(openStore(options)).begin(kKey, "body", kNow)); });
    SqlJournal journal(openStore(options));
    REQUIRE(journal.expire(kNow + 1));
    CHECK(journal.begin(kKey, "other body", kNow).value().state == BeginState::Fresh);
}

}  // namespace smartca::journal
