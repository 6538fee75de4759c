// What the audit log is told of creates, whichever way they end.
#include <doctest/doctest.h>

#include "fakes.h"
#include "proxy/api/outcomes.h"

using namespace smartca;
using namespace smartca::api;
using namespace smartca::api::test;
using audit::Entry;
using audit::Outcome;
using nlohmann::json;

namespace {

const json kDraft = {{"userId", 7}, {"identity", kIdentity}, {"serial", ""}, {"businessAccount", nullptr}};

struct AuditedCreate {
    Bench bench;
    AuditedCreate() {
        bench.smartCa.registered[kIdentity] = {registeredWith("5401aa"), registeredWith("5401bb")};
    }

    audit::Entry only() const {
        REQUIRE(bench.journal.told.size() == 1);
        return bench.journal.told.front();
    }
    audit::Entry last() const {
        REQUIRE_FALSE(bench.journal.told.empty());
        return bench.journal.told.back();
    }
};

}  // namespace

TEST_CASE_FIXTURE(AuditedCreate, "an attach tells who asked, for whom and for what") {
    bench.create(kDraft);
    const audit::Entry entry = only();
    CHECK(entry.outcome == audit::Outcome::Attached);
    CHECK(entry.source.actor == "anyone");
    CHECK(entry.source.requestId == "r1");
    CHECK(entry.source.keyHash == audit::hashOf("key-1"));
    CHECK(entry.createId == 1);
    CHECK(entry.userId == 7);
    CHECK(entry.userCode == "NV7");
    CHECK(entry.userName == "Nguyễn Văn A");
    CHECK(entry.identity == kIdentity);
    CHECK(entry.serials == std::vector<std::string>{"5401aa", "5401bb"});
    CHECK(entry.certificateIds == std::vector<std::int64_t>{1, 2});
}

TEST_CASE_FIXTURE(AuditedCreate, "what a rule refuses is told with the rule's name") {
    auto nobody = kDraft;
    nobody["userId"] = 99;
    bench.create(nobody);
    CHECK(only().outcome == audit::Outcome::Refused);
    CHECK(only().reason == "userUnknown");
    CHECK(only().userId == 99);
    CHECK(only().identity == kIdentity);

    bench.smartCa.registered[kIdentity].clear();
    bench.create(kDraft, "key-2");
    CHECK(last().outcome == audit::Outcome::Refused);
    CHECK(last().userName == "Nguyễn Văn A");
    CHECK_FALSE(last().reason.empty());
}

TEST_CASE_FIXTURE(AuditedCreate, "SmartCA's no is a rejection, its silence a failure") {
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamRefused, "no", ""};
    bench.create(kDraft);
    CHECK(only().outcome == audit::Outcome::Rejected);
    CHECK(only().reason == "upstreamRefused");
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamTimeout, "", ""};
    bench.create(kDraft, "key-2");
    CHECK(last().outcome == audit::Outcome::Failed);
    CHECK(last().reason == "upstreamTimeout");
}

TEST_CASE_FIXTURE(AuditedCreate, "a registry that is away is a failure, with what was about to be attached") {
    bench.registry.attachFault = ProblemCode::Unavailable;
    bench.create(kDraft);
    CHECK(only().outcome == audit::Outcome::Failed);
    CHECK(only().reason == "unavailable");
    CHECK(only().serials == std::vector<std::string>{"5401aa", "5401bb"});
}

TEST_CASE_FIXTURE(AuditedCreate, "the portal's no is a rejection after what was sent") {
    bench.registry.fault = ProblemCode::PortalRefused;
    bench.create(kDraft);
    REQUIRE(bench.journal.told.size() == 2);
    CHECK(bench.journal.told[0].outcome == audit::Outcome::Sent);
    CHECK(last().outcome == audit::Outcome::Rejected);
    CHECK(last().reason == "portalRefused");
}

TEST_CASE_FIXTURE(
    AuditedCreate,
    "what was left open is unknown, and who reads it back adds what became of it for the same one") {
    bench.registry.fault = ProblemCode::OutcomeUnknown;
    bench.create(kDraft);
    REQUIRE(bench.journal.told.size() == 2);
    CHECK(last().outcome == audit::Outcome::Unknown);
    CHECK(last().reason == "outcomeUnknown");

    bench.registry.fault.reset();
    registry::Attached found;
    Certificate shown;
    shown.id = 900;
    shown.serial = "5401aa";
    found.added = {shown};
    bench.registry.found = found;
    OutcomeFinder finder{bench.registry,
                         bench.journal,
                         [] { return kNow; },
                         OutcomeFinder::Watchers{[](const std::string&) {}, [](std::size_t) {}},
                         {}};
    finder.round(OutcomeFinder::TimePoint{});
    REQUIRE(bench.journal.told.size() == 3);
    CHECK(last().outcome == audit::Outcome::Attached);
    CHECK(last().reason == "readBack");
    CHECK(last().source.actor == "anyone");
    CHECK(last().source.requestId == "r1");
    CHECK(last().userCode == "NV7");
    CHECK(last().certificateIds == std::vector<std::int64_t>{900});
}

TEST_CASE_FIXTURE(AuditedCreate, "a replayed, malformed or otherwise never begun request tells nothing") {
    bench.create(kDraft);
    bench.create(kDraft);
    bench.create(json::object(), "key-2");
    auto blank = kDraft;
    blank["identity"] = "";
    bench.create(blank, "key-3");
    CHECK(bench.journal.told.size() == 1);
}
