// GET events: what the portal's server is told of the audit log.
#include <doctest/doctest.h>

#include "fakes.h"
#include "proxy/api/routes.h"

using namespace smartca;
using namespace smartca::api::test;
using audit::Action;
using audit::Outcome;
using nlohmann::json;

namespace {

const http::Caller kServer{.company = "main", .subject = std::string(session::kServer)};

struct Feed {
    mutable Bench bench;

    void enter(Action action, Outcome outcome, const std::string& company = "main", UserId user = 7) const {
        audit::Entry entry;
        entry.action = action;
        entry.outcome = outcome;
        entry.source = {.actor = "17", .company = company, .requestId = "r-1"};
        entry.userId = user;
        entry.identity = kIdentity;
        entry.serials = {"5401aa"};
        REQUIRE(bench.records.journal.audit(entry));
    }
    json read(const std::string& query = "", const http::Caller& caller = kServer) const {
        const auto response = bench.call("GET", "events", {.query = query, .caller = caller});
        CHECK(response.status == 200);
        return bodyOf(response);
    }
    static std::vector<std::string> typesIn(const json& page) {
        std::vector<std::string> types;
        for (const auto& event : page.at("events"))
            types.push_back(event.at("type"));
        return types;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Feed,
                  "what was done, what is open and what failed is told in order, with who did it for whom") {
    enter(Action::Create, Outcome::Sent);
    enter(Action::Create, Outcome::Unknown);
    enter(Action::Create, Outcome::Attached);
    enter(Action::Create, Outcome::Rejected);
    enter(Action::Rename, Outcome::Changed);
    enter(Action::SetDefault, Outcome::Changed);
    enter(Action::Remove, Outcome::Removed);
    const auto page = read();
    CHECK(typesIn(page) == std::vector<std::string>{"create.pending", "create.pending", "create.attached",
                                                    "create.failed", "rename.changed", "setDefault.changed",
                                                    "remove.removed"});
    CHECK(page.at("more") == false);
    const auto& event = page.at("events")[2];
    CHECK(event.at("actor") == "17");
    CHECK(event.at("requestId") == "r-1");
    CHECK(event.at("userId") == 7);
    CHECK(event.at("serials") == json({"5401aa"}));
    CHECK(read("after=" + page.at("cursor").get<std::string>()).at("events").empty());
}

TEST_CASE_FIXTURE(Feed, "what another company did, and what was refused at the door, is passed over") {
    enter(Action::Create, Outcome::Attached, "second");
    enter(Action::Access, Outcome::Refused);
    const auto page = read();
    CHECK(page.at("events").empty());
    CHECK(page.at("cursor").get<std::string>().starts_with("2-"));
}

TEST_CASE_FIXTURE(
    Feed, "a server that narrowed itself sees its users' events alone, and numbers masked without list") {
    enter(Action::Create, Outcome::Attached);
    enter(Action::Create, Outcome::Attached, "main", 8);
    http::Caller narrowed = kServer;
    narrowed.may = {Right::Lookup};
    narrowed.users = {8};
    const auto page = read("", narrowed);
    REQUIRE(page.at("events").size() == 1);
    CHECK(page.at("events")[0].at("identity") == "********0001");
    CHECK(page.at("events")[0].at("hash") == "");
    CHECK(read().at("events")[0].at("identity") == kIdentity);
}

TEST_CASE_FIXTURE(Feed, "pages follow one another without a gap") {
    for (int i = 0; i < 450; ++i)
        enter(Action::Create, Outcome::Attached);
    std::string query;
    std::int64_t last = 0;
    for (bool more = true; more;) {
        const auto page = read(query);
        for (const auto& event : page.at("events"))
            CHECK(event.at("sequence") == ++last);
        query = "after=" + page.at("cursor").get<std::string>();
        more = page.at("more");
    }
    CHECK(last == 450);
}

TEST_CASE_FIXTURE(
    Feed, "whoever waits for the first event is answered when there is one, or when the time is over") {
    http::Request request;
    request.caller = kServer;
    request.head.query = "wait=30";
    using std::chrono::seconds;
    CHECK(getEvents(bench.context, request).again > seconds(0));
    request.waited = seconds(30);
    CHECK(getEvents(bench.context, request).again == seconds(0));
    request.waited = http::Request::kNoLonger;
    CHECK(getEvents(bench.context, request).again == seconds(0));
    request.waited = seconds(1);
    enter(Action::Access, Outcome::Refused);
    CHECK(getEvents(bench.context, request).again > seconds(0));
    enter(Action::Create, Outcome::Attached);
    const auto response = getEvents(bench.context, request);
    CHECK(response.again == seconds(0));
    CHECK(bodyOf(response).at("events").size() == 1);
}

TEST_CASE_FIXTURE(
    Feed, "a cursor of another log is refused with where to begin anew, one that is none as malformed") {
    enter(Action::Create, Outcome::Attached);
    for (const auto* cursor : {"1-5", "2-5", "7-0"}) {
        const auto response =
            bench.call("GET", "events", {.query = "after=" + std::string(cursor), .caller = kServer});
        CHECK(response.status == 410);
        CHECK(codeOf(response) == "cursorGone");
        CHECK(bodyOf(response).at("reason").get<std::string>().find("without \"after\"") !=
              std::string::npos);
    }
    for (const auto* query : {"after=x", "after=1", "after=-1-2", "wait=31", "wait=-1", "page=2"})
        CHECK(bench.call("GET", "events", {.query = query, .caller = kServer}).status == 400);
}

TEST_CASE_FIXTURE(Feed,
                  "events are for the server alone: no page, no named actor, no program without a token") {
    for (const http::Caller& caller :
         {http::Caller{.company = "main", .issuer = "https://portal.example.vn", .subject = "server"},
          http::Caller{.company = "main", .issuer = "server", .subject = "17"},
          http::Caller{.company = "main", .subject = "local"}})
        CHECK(bench.call("GET", "events", {.caller = caller}).status == 403);
}
