#include "proxy/refused_requests.h"

#include "../audit/log_fixture.h"

namespace smartca {
namespace {

const http::RequestRecord kStranger{.requestId = "r1",
                                    .method = "POST",
                                    .status = 401,
                                    .outcome = "unauthorized",
                                    .peer = "192.0.2.7",
                                    .refusedRoute = "/api/v1/certificates"};

// With the journal on a database of its own.
struct RefusedFixture : audit::LogFixture {
    journal::SqlJournal journal{store};
    RefusedRequests refused{journal};
};

}  // namespace

TEST_CASE_FIXTURE(RefusedFixture, "a refused request is entered with its route, its peer and its id") {
    refused.see(kStranger);
    CHECK(log().empty());
    REQUIRE(refused.enter());
    const auto records = log();
    REQUIRE(records.size() == 1);
    CHECK(records.front().action == "access");
    CHECK(records.front().outcome == "refused");
    CHECK(records.front().reason == "unauthorized POST /api/v1/certificates");
    CHECK(records.front().actor == "unknown");
    CHECK(records.front().peer == "192.0.2.7");
    CHECK(records.front().requestId == "r1");
}

TEST_CASE_FIXTURE(RefusedFixture, "a known caller that is forbidden is named") {
    auto known = kStranger;
    known.status = 403;
    known.outcome = "forbidden";
    const http::Caller person{
        .company = "main", .issuer = "https://portal.example.vn", .subject = "17", .name = "Trần Bình"};
    known.caller = &person;
    refused.see(known);
    REQUIRE(refused.enter());
    const auto entry = log().front();
    CHECK(entry.actor == "17");
    CHECK(entry.actorName == "Trần Bình");
    CHECK(entry.issuer == "https://portal.example.vn");
    CHECK(entry.company == "main");
}

TEST_CASE_FIXTURE(RefusedFixture, "one who has asked too often is entered by name") {
    auto often = kStranger;
    often.status = 429;
    often.outcome = "tooManyRequests";
    const http::Caller person{.company = "main", .issuer = "https://portal.example.vn", .subject = "17"};
    often.caller = &person;
    refused.see(often);
    REQUIRE(refused.enter());
    CHECK(log().front().reason == "tooManyRequests POST /api/v1/certificates");
    CHECK(log().front().actor == "17");
}

TEST_CASE_FIXTURE(RefusedFixture, "answered requests, and requests for no route, are not entered") {
    auto answered = kStranger;
    answered.status = 200;
    refused.see(answered);
    auto astray = kStranger;
    astray.refusedRoute = {};
    refused.see(astray);
    REQUIRE(refused.enter());
    CHECK(log().empty());
}

TEST_CASE_FIXTURE(RefusedFixture, "a flood is counted, not kept, and the next entry says how many") {
    constexpr std::int64_t kFlood = 1000;
    for (int i = 0; i < kFlood; ++i)
        refused.see(kStranger);
    REQUIRE(refused.enter());
    const auto entered = static_cast<std::int64_t>(log().size());
    CHECK(entered <= static_cast<std::int64_t>(RefusedRequests::kMostWaiting));
    audit::Entry next;
    next.outcome = audit::Outcome::Attached;
    REQUIRE(journal.audit(next));
    CHECK(log().back().leftOut == kFlood - entered);
}

TEST_CASE_FIXTURE(RefusedFixture, "an entry that could not be written is written later") {
    registry::execute(
        *store, "CREATE TRIGGER no_more BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END");
    refused.see(kStranger);
    CHECK_FALSE(refused.enter());
    CHECK(log().empty());
    registry::execute(*store, "DROP TRIGGER no_more");
    REQUIRE(refused.enter());
    CHECK(log().size() == 1);
}

}  // namespace smartca
