// The table of a create's steps, each allowed and each refused one, and that the journal keeps to it.
#include "proxy/journal/create_state.h"
#include "../registry/fixture.h"

namespace smartca::journal {

using namespace registry;  // for its fixture

namespace {

using enum CreateState;

// A row a state, a column what it may become, in the order of kCreateStates.
constexpr std::array<std::string_view, 7> kTable = {
    //           absent received intent sent unknown created rejected
    /* absent   */ ".x.....",
    /* received */ "x.x..xx",
    /* intent   */ "xx.x...",
    /* sent     */ "..x.xxx",
    /* unknown  */ ".....xx",
    /* created  */ "x......",
    /* rejected */ "x......",
};

struct Steps : Fixture {
    SqlJournal journal{store};

    CreateState state() {
        const auto found = journal.find(kKey.caller, id);
        REQUIRE(found);
        return found.value() ? found.value()->state : Absent;
    }
    bool begin() {
        const auto begun = journal.begin(kKey, "body", kNow);
        REQUIRE(begun);
        if (begun.value().id != 0) id = begun.value().id;
        return begun.value().state == BeginState::Fresh || begun.value().state == BeginState::Interrupted;
    }
    bool finish(CreateState as) { return journal.finish(kKey, {as, "{}"}, kNow, {}).ok(); }

    // By the shortest way there.
    void arriveAt(CreateState wanted) {
        if (wanted == Absent) return;
        REQUIRE(begin());
        if (wanted == Received) return;
        if (wanted == Created) {
            REQUIRE(finish(Created));
            return;
        }
        REQUIRE(journal.intend(kKey, kPlan));
        if (wanted == Intent) return;
        REQUIRE(journal.sending(kKey, {}));
        if (wanted == Unknown) REQUIRE(journal.unknown(kKey, {}));
        if (wanted == Rejected) REQUIRE(finish(Rejected));
    }
    // Asks the journal for that step, in whatever way it could be asked for.
    void tryTo(CreateState from, CreateState to) {
        switch (to) {
            case Absent:
                // Settled records go with age alone.
                if (isSettled(from)) {
                    REQUIRE(journal.expire(kNow + 1));
                } else {
                    REQUIRE(journal.abandon(kKey, {}));
                }
                return;
            case Received:
                journal.leave(kKey);
                begin();
                return;
            case Intent:
                if (from == Sent) {
                    REQUIRE(journal.unsent(kKey));
                } else {
                    static_cast<void>(journal.intend(kKey, kPlan));
                    static_cast<void>(journal.unsent(kKey));
                }
                return;
            case Sent:
                static_cast<void>(journal.sending(kKey, {}));
                return;
            case CreateState::Unknown:
                static_cast<void>(journal.unknown(kKey, {}));
                return;
            case Created:
                finish(Created);
                return;
            case Rejected:
                finish(Rejected);
                return;
        }
    }
    std::int64_t id = 0;
};

}  // namespace

TEST_CASE("every step of a create is allowed or refused as the table has it") {
    for (std::size_t from = 0; from < kTable.size(); ++from) {
        for (std::size_t to = 0; to < kTable.size(); ++to) {
            CAPTURE(nameOf(kCreateStates[from]));
            CAPTURE(nameOf(kCreateStates[to]));
            CHECK(mayBecome(kCreateStates[from], kCreateStates[to]) == (kTable[from][to] == 'x'));
        }
    }
}

TEST_CASE("the journal makes every step of the table and no other") {
    for (const CreateState from : kCreateStates) {
        for (const CreateState to : kCreateStates) {
            if (from == to) continue;
            CAPTURE(nameOf(from));
            CAPTURE(nameOf(to));
            Steps steps;
            steps.arriveAt(from);
            CHECK(steps.state() == from);
            steps.tryTo(from, to);
            CHECK(steps.state() == (mayBecome(from, to) ? to : from));
        }
    }
}

TEST_CASE("states have names, and names are found again") {
    for (const CreateState state : kCreateStates)
        CHECK(createStateOfName(nameOf(state)) == state);
    CHECK_FALSE(createStateOfName("Sent").has_value());
}

TEST_CASE_FIXTURE(Steps, "what is sent or unknown is open once nobody works on it, with its plan") {
    arriveAt(Sent);
    CHECK(journal.open().value().empty());
    CHECK(journal.begin(kKey, "body", kNow).value().state == BeginState::InProgress);
    journal.leave(kKey);
    CHECK(journal.begin(kKey, "body", kNow).value().state == BeginState::Open);
    CHECK(journal.begin(kKey, "other body", kNow).value().state == BeginState::BodyDiffers);
    const auto open = journal.open();
    REQUIRE(open);
    REQUIRE(open.value().size() == 1);
    CHECK(open.value()[0].id == id);
    CHECK(open.value()[0].key.key == kKey.key);
    CHECK(open.value()[0].plan.userId == 1);
    CHECK(open.value()[0].plan.registry == "plan");
    CHECK(open.value()[0].plan.memo == "memo");
    REQUIRE(finish(Created));
    CHECK(journal.open().value().empty());
}

TEST_CASE_FIXTURE(Steps, "while a create for a user is open, no other one is sent for that user") {
    arriveAt(Unknown);
    const Key second{"portal", "second"};
    REQUIRE(journal.begin(second, "body", kNow));
    const auto refused = journal.intend(second, kPlan);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ProblemCode::UserPending);
    const Key third{"portal", "third"};
    REQUIRE(journal.begin(third, "body", kNow));
    CHECK(journal.intend(third, {"main", 2, "plan", "memo"}));
    const Key fourth{"portal", "fourth"};
    REQUIRE(journal.begin(fourth, "body", kNow));
    CHECK(journal.intend(fourth,
                         {"second", kPlan.userId, "plan", "memo"}));  // that company's user is another one
    REQUIRE(finish(Rejected));
    CHECK(journal.intend(second, kPlan));
}

TEST_CASE_FIXTURE(Steps, "a record is shown to the caller who made it, and to nobody else") {
    arriveAt(Unknown);
    CHECK(journal.find("portal", id).value()->state == Unknown);
    CHECK_FALSE(journal.find("other", id).value().has_value());
    CHECK_FALSE(journal.find("portal", id + 1).value().has_value());
    REQUIRE(finish(Created));
    CHECK(journal.find("portal", id).value()->answer.state == Created);
}

TEST_CASE_FIXTURE(Steps, "what is open is never forgotten, however old it is") {
    arriveAt(Unknown);
    REQUIRE(journal.expire(kNow + 365 * kDay));
    CHECK(state() == Unknown);
}

TEST_CASE_FIXTURE(Steps, "old records are forgotten a thousand at once") {
    for (int i = 0; i < 1200; ++i) {
        const Key key{"portal", std::to_string(i)};
        REQUIRE(journal.begin(key, "body", kNow));
        REQUIRE(journal.finish(key, {Created, "{}"}, kNow, {}));
    }
    CHECK(journal.expire(kNow + 1).value() == Journal::kForgottenAtOnce);
    CHECK(journal.expire(kNow + 1).value() == 200);
    CHECK(journal.expire(kNow + 1).value() == 0);
}

}  // namespace smartca::journal
