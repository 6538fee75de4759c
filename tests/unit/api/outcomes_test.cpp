// A create whose outcome is left open: the 202, the place to ask, and how it is found out.
#include <doctest/doctest.h>

#include <algorithm>

#include "fakes.h"
#include "proxy/api/answers.h"
#include "proxy/api/lookups.h"
#include "proxy/api/outcomes.h"

using namespace smartca;
using namespace smartca::api;
using namespace smartca::api::test;
using namespace std::chrono_literals;
using journal::CreateState;
using nlohmann::json;

namespace {

const json kSignedDraft = {{"userId", 7},
                           {"identity", kIdentity},
                           {"serial", ""},
                           {"signatureText", "Ký"},
                           {"businessAccount", nullptr}};

struct OpenCreate {
    Bench bench;
    std::vector<std::string> notes;
    std::size_t open = 0;
    int woken = 0;
    std::size_t openWhenWoken = 0;
    OutcomeFinder finder{[this](const std::string&) { return &bench.registry; }, bench.records.journal,
                         [] { return kNow; },
                         OutcomeFinder::Watchers{[this](const std::string& note) { notes.push_back(note); },
                                                 [this](std::size_t count) { open = count; }},
                         OutcomesOptions{}};
    OutcomeFinder::TimePoint now{};

    OpenCreate() {
        bench.smartCa.registered[kIdentity] = {registeredWith("5401aa"), registeredWith("5401bb", kNow - 1)};
        bench.context.leftOpen = [this] {
            ++woken;
            openWhenWoken = bench.records.journal.open().value().size();
        };
    }
    http::Response createLost() {
        bench.registry.fault = ProblemCode::OutcomeUnknown;
        auto response = bench.create(kSignedDraft);
        bench.registry.fault.reset();
        return response;
    }
    http::Response ask(std::int64_t id = 1, const http::Caller& caller = Asked{}.caller) const {
        return bench.call("GET", "creates/:id=" + std::to_string(id), {.caller = caller});
    }
    static Certificate listed(const std::string& serial) {
        Certificate certificate;
        certificate.id = 900;
        certificate.userId = 7;
        certificate.serial = serial;
        return certificate;
    }
    // Looks as long as it takes, with a clock that nobody waits for.
    void runFor(std::chrono::milliseconds duration) {
        const auto end = now + duration;
        while (now < end)
            now += std::min(finder.round(now), std::chrono::ceil<std::chrono::milliseconds>(end - now));
        finder.round(now);
    }
    CreateState state() const { return bench.records.state(); }
};

}  // namespace

TEST_CASE_FIXTURE(OpenCreate, "a create whose outcome is not known is answered 202 with a place to ask") {
    const auto response = createLost();
    CHECK(response.status == 202);
    CHECK(headerOf(response, "Location") == "creates/1");
    CHECK(headerOf(response, "Retry-After") == "2");
    const auto pending = parsePendingCreate(bodyOf(response));
    REQUIRE(pending);
    CHECK(pending.value().id == 1);
    CHECK(pending.value().state == PendingState::Unknown);
    CHECK(pending.value().since == kNow);
    CHECK(state() == CreateState::Unknown);
    CHECK(woken == 1);
    CHECK(openWhenWoken == 1);
}

TEST_CASE_FIXTURE(OpenCreate,
                  "whoever asks again with its key gets the same 202, and nothing is sent again") {
    createLost();
    const auto again = bench.create(kSignedDraft);
    CHECK(again.status == 202);
    CHECK(headerOf(again, "Location") == "creates/1");
    CHECK(bench.registry.attachments.empty());
    CHECK(bench.smartCa.asked.size() == 1);
}

TEST_CASE_FIXTURE(OpenCreate, "where to ask says that it is not known yet, and nothing to other callers") {
    createLost();
    CHECK(ask().status == 202);
    CHECK(bodyOf(ask()).at("state") == "unknown");
    CHECK(ask(1, {.company = "main", .subject = "server"}).status == 404);
    CHECK(ask(2).status == 404);
}

TEST_CASE_FIXTURE(OpenCreate, "where to ask says in progress while the create is worked on") {
    bench.beginOnly(kSignedDraft);
    CHECK(ask().status == 202);
    CHECK(bodyOf(ask()).at("state") == "inProgress");
}

TEST_CASE_FIXTURE(OpenCreate,
                  "what the user's certificates show to be there is answered as created, everywhere") {
    createLost();
    bench.registry.found = registry::Attached{};
    bench.registry.found->added = {listed("5401aa"), listed("5401bb")};
    finder.round(now);
    CHECK(state() == CreateState::Created);
    for (const auto& response : {ask(), bench.create(kSignedDraft)}) {
        CHECK(response.status == 201);
        CHECK(headerOf(response, "Idempotency-Replayed") == "true");
        const auto answer = parseCreateAnswer(bodyOf(response));
        REQUIRE(answer);
        CHECK(answer.value().added.size() == 2);
        CHECK(answer.value().alreadyOnList.empty());
        CHECK(answer.value().expired.size() == 1);
        CHECK(answer.value().notSaved == std::vector<Field>{Field::SignatureText});
        CHECK(answer.value().missing.empty());
    }
}

TEST_CASE_FIXTURE(OpenCreate, "an operator learns how many creates are open, and that none is any more") {
    createLost();
    finder.round(now);
    CHECK(open == 1);
    bench.registry.found = registry::Attached{};
    bench.registry.found->added = {listed("5401aa")};
    finder.round(now += 1s);
    CHECK(open == 0);
}

TEST_CASE_FIXTURE(OpenCreate, "the answer is the one that the create would have given at once") {
    const auto atOnce = bench.create(kSignedDraft, "key-0");
    bench.registry.list.clear();
    bench.records.execute("DELETE FROM creates");
    createLost();
    bench.registry.found = registry::Attached{};
    const auto body = bodyOf(atOnce);
    for (const auto& added : body.at("added"))
        bench.registry.found->added.push_back(parseCertificate(added).value());
    finder.round(now);
    CHECK(*ask(2).body == *atOnce.body);
}

TEST_CASE_FIXTURE(OpenCreate, "one look that shows nothing proves nothing; several over twenty seconds do") {
    createLost();
    bench.registry.found = registry::Attached{};
    bench.registry.found->missing = {"5401aa", "5401bb"};
    runFor(19s);
    CHECK(state() == CreateState::Unknown);
    CHECK(bench.registry.looks >= 3);
    runFor(15s);
    CHECK(state() == CreateState::Rejected);
    CHECK(ask().status == 502);
    CHECK(codeOf(ask()) == "notCreated");
    CHECK(ask().contentType == "application/problem+json");
    CHECK(bodyOf(ask()).at("requestId") == "r1");
    CHECK(codeOf(bench.create(kSignedDraft)) == "notCreated");
    CHECK(bench.create(kSignedDraft, "key-2").status == 201);
}

TEST_CASE_FIXTURE(OpenCreate, "what a crash cut off while it was sent is unknown from then on") {
    createLost();
    bench.records.execute("UPDATE creates SET state = 3");
    CHECK(bodyOf(ask()).at("state") == "inProgress");
    finder.round(now);
    CHECK(bodyOf(ask()).at("state") == "unknown");
}

TEST_CASE_FIXTURE(OpenCreate, "what shows up late is created") {
    createLost();
    bench.registry.found = registry::Attached{};
    bench.registry.found->missing = {"5401aa", "5401bb"};
    runFor(10s);
    bench.registry.found->missing.clear();
    bench.registry.found->added = {listed("5401aa"), listed("5401bb")};
    runFor(8s);
    CHECK(state() == CreateState::Created);
}

TEST_CASE_FIXTURE(OpenCreate, "what was done in part is created, and what is missing is named") {
    createLost();
    bench.registry.found = registry::Attached{};
    bench.registry.found->added = {listed("5401aa")};
    bench.registry.found->missing = {"5401bb"};
    finder.round(now);
    CHECK(state() == CreateState::Unknown);
    runFor(35s);
    const auto answer = parseCreateAnswer(bodyOf(ask()));
    REQUIRE(answer);
    CHECK(answer.value().added.size() == 1);
    REQUIRE(answer.value().missing.size() == 1);
    CHECK(answer.value().missing[0].serial == "5401bb");
    CHECK_FALSE(answer.value().missing[0].onList);
    CHECK(notes == std::vector<std::string>{
                       "create 1 was carried out in part (1 of 2), as the user's certificates show"});
}

TEST_CASE_FIXTURE(OpenCreate, "the log tells whether all of a create was found, or nothing") {
    createLost();
    bench.registry.found = registry::Attached{};
    SUBCASE("all") {
        bench.registry.found->added = {listed("5401aa"), listed("5401bb")};
        runFor(35s);
        CHECK(notes.back() == "create 1 was carried out, as the user's certificates show");
    }
    SUBCASE("nothing") {
        bench.registry.found->missing = {"5401aa", "5401bb"};
        runFor(35s);
        CHECK(notes.back() == "create 1 was not carried out, as the user's certificates show");
    }
}

TEST_CASE_FIXTURE(OpenCreate, "as long as the registry cannot be read nothing is decided, and then soon") {
    createLost();
    runFor(std::chrono::hours(30));
    CHECK(state() == CreateState::Unknown);
    const int looks = bench.registry.looks;
    CHECK(looks < 30 * 3600 / 7);
    bench.registry.found = registry::Attached{};
    bench.registry.found->missing = {"5401aa", "5401bb"};
    runFor(40s);
    CHECK(state() == CreateState::Rejected);
}

TEST_CASE_FIXTURE(OpenCreate, "a registry that fails in between is asked three more times") {
    createLost();
    bench.registry.found = registry::Attached{};
    bench.registry.found->missing = {"5401aa", "5401bb"};
    runFor(19s);
    bench.registry.found.reset();
    runFor(8s);
    bench.registry.found = registry::Attached{};
    bench.registry.found->missing = {"5401aa", "5401bb"};
    runFor(9s);
    CHECK(state() == CreateState::Unknown);
    runFor(20s);
    CHECK(state() == CreateState::Rejected);
}

TEST_CASE_FIXTURE(OpenCreate, "a user who cannot be seen for a while is not a user without certificates") {
    createLost();
    bench.registry.lookFault = ProblemCode::NotFound;
    runFor(std::chrono::minutes(9));
    CHECK(state() == CreateState::Unknown);
    bench.registry.lookFault = ProblemCode::Unavailable;
    runFor(std::chrono::minutes(5));
    bench.registry.lookFault = ProblemCode::NotFound;
    runFor(std::chrono::minutes(9));
    CHECK(state() == CreateState::Unknown);
    runFor(std::chrono::minutes(2));
    CHECK(state() == CreateState::Rejected);
    CHECK(codeOf(ask()) == "notCreated");
}

TEST_CASE_FIXTURE(OpenCreate, "an add that the registry refuses is answered so again, and not sent again") {
    bench.registry.fault = ProblemCode::PortalRefused;
    bench.registry.words = "Không có quyền";
    const auto first = bench.create(kSignedDraft);
    CHECK(codeOf(first) == "portalRefused");
    bench.registry.fault.reset();
    const auto again = bench.create(kSignedDraft);
    CHECK(again.status == first.status);
    CHECK(*again.body == *first.body);
    CHECK(again.contentType == "application/problem+json");
    CHECK(headerOf(again, "Idempotency-Replayed") == "true");
    CHECK(bench.registry.attachments.empty());
    CHECK(bench.create(kSignedDraft, "key-2").status == 201);
}

TEST_CASE_FIXTURE(OpenCreate, "while an earlier create for the user is open, the next is told to come back") {
    bench.registry.fault = ProblemCode::UserPending;
    const auto response = bench.create(kSignedDraft);
    CHECK(response.status == 409);
    CHECK(codeOf(response) == "userPending");
    CHECK(headerOf(response, "Retry-After") == "5");
    CHECK(bench.records.count() == 0);
}

TEST_CASE_FIXTURE(OpenCreate, "a change of which nobody knows whether it was made is no internal error") {
    const auto response = answerOf({ProblemCode::OutcomeUnknown}, http::Request{});
    CHECK(response.status == 504);
    CHECK(codeOf(response) == "outcomeUnknown");
}

TEST_CASE("what an answer is made of survives being written down") {
    registry::AnswerMemo memo;
    memo.found = lookupAnswerOf({{{registeredWith("5401aa")}}, kIdentity}, kNow).certificates;
    memo.notSaved = {Field::Password, Field::SignatureText};
    memo.locale = Locale::English;
    memo.requestId = "r7";
    const auto again = registry::readAnswerMemo(textOf(memo));
    REQUIRE(again);
    CHECK(textOf(*again) == textOf(memo));
    for (const char* broken :
         {"", "[]", "{}", "{\"found\":{},\"notSaved\":[],\"locale\":\"vi\",\"requestId\":\"\"}"})
        CHECK_FALSE(registry::readAnswerMemo(broken).has_value());
}
