// What the audit log is told of creates, whichever way they end.
#include <doctest/doctest.h>

#include "fakes.h"
#include "proxy/api/outcomes.h"

using namespace smartca;
using namespace smartca::api;
using namespace smartca::api::test;
using nlohmann::json;

namespace {

const json kDraft = {{"userId", 7}, {"identity", kIdentity}, {"serial", ""}, {"businessAccount", nullptr}};

struct AuditedCreate {
    Bench bench;
    AuditedCreate() {
        bench.smartCa.registered[kIdentity] = {registeredWith("5401aa"), registeredWith("5401bb")};
    }

    std::vector<audit::Record> log() const { return bench.records.auditLog(); }
    audit::Record only() const {
        REQUIRE(log().size() == 1);
        return log().front();
    }
    audit::Record last() const {
        REQUIRE_FALSE(log().empty());
        return log().back();
    }
};

}  // namespace

TEST_CASE_FIXTURE(AuditedCreate, "an attach tells who asked, for whom and for what") {
    bench.create(kDraft);
    const audit::Record entry = only();
    CHECK(entry.outcome == "attached");
    CHECK(entry.actor == "local");
    CHECK(entry.requestId == "r1");
    CHECK(entry.keyHash == audit::hashOf("key-1"));
    CHECK(entry.createId == 1);
    CHECK(entry.userId == 7);
    CHECK(entry.userCode == "NV7");
    CHECK(entry.userName == "Nguyễn Văn A");
    CHECK(entry.identity == kIdentity);
    CHECK(entry.serials == "5401aa 5401bb");
    CHECK(entry.certificateIds == "1 2");
}

TEST_CASE_FIXTURE(AuditedCreate, "what a rule refuses is told with the rule's name") {
    auto nobody = kDraft;
    nobody["userId"] = 99;
    bench.create(nobody);
    CHECK(only().outcome == "refused");
    CHECK(only().reason == "userUnknown");
    CHECK(only().userId == 99);
    CHECK(only().identity == kIdentity);

    bench.smartCa.registered[kIdentity].clear();
    bench.create(kDraft, "key-2");
    CHECK(last().outcome == "refused");
    CHECK(last().userName == "Nguyễn Văn A");
    CHECK_FALSE(last().reason.empty());
}

TEST_CASE_FIXTURE(AuditedCreate, "SmartCA's no is a rejection, its silence a failure") {
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamRefused, "no", ""};
    bench.create(kDraft);
    CHECK(only().outcome == "rejected");
    CHECK(only().reason == "upstreamRefused");
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamTimeout, "", ""};
    bench.create(kDraft, "key-2");
    CHECK(last().outcome == "failed");
    CHECK(last().reason == "upstreamTimeout");
}

TEST_CASE_FIXTURE(AuditedCreate, "a registry that is away is a failure, with what was about to be attached") {
    bench.registry.attachFault = ProblemCode::Unavailable;
    bench.create(kDraft);
    CHECK(only().outcome == "failed");
    CHECK(only().reason == "unavailable");
    CHECK(only().serials == "5401aa 5401bb");
}

TEST_CASE_FIXTURE(AuditedCreate, "the portal's no is a rejection after what was sent") {
    bench.registry.fault = ProblemCode::PortalRefused;
    bench.create(kDraft);
    REQUIRE(log().size() == 2);
    CHECK(log()[0].outcome == "sent");
    CHECK(last().outcome == "rejected");
    CHECK(last().reason == "portalRefused");
}

TEST_CASE_FIXTURE(
    AuditedCreate,
    "what was left open is unknown, and who reads it back adds what became of it for the same one") {
    bench.registry.fault = ProblemCode::OutcomeUnknown;
    bench.create(kDraft);
    REQUIRE(log().size() == 2);
    CHECK(last().outcome == "unknown");
    CHECK(last().reason == "outcomeUnknown");

    bench.registry.fault.reset();
    registry::Attached found;
    Certificate shown;
    shown.id = 900;
    shown.serial = "5401aa";
    found.added = {shown};
    bench.registry.found = found;
    OutcomeFinder finder{[this](const std::string&) { return &bench.registry; },
                         bench.records.journal,
                         [] { return kNow; },
                         OutcomeFinder::Watchers{[](const std::string&) {}, [](std::size_t) {}},
                         {}};
    finder.round(OutcomeFinder::TimePoint{});
    REQUIRE(log().size() == 3);
    CHECK(last().outcome == "attached");
    CHECK(last().reason == "readBack");
    CHECK(last().actor == "local");
    CHECK(last().requestId == "r1");
    CHECK(last().userCode == "NV7");
    CHECK(last().certificateIds == "900");
}

TEST_CASE_FIXTURE(AuditedCreate, "a replayed, malformed or otherwise never begun request tells nothing") {
    bench.create(kDraft);
    bench.create(kDraft);
    bench.create(json::object(), "key-2");
    auto blank = kDraft;
    blank["identity"] = "";
    bench.create(blank, "key-3");
    CHECK(log().size() == 1);
}
