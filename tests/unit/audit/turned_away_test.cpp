#include "proxy/audit/turned_away.h"

#include <doctest/doctest.h>

namespace smartca::audit {
namespace {

using registry::AuditEntry;
using registry::JournalError;
using registry::JournalKey;

// Keeps entries; everything else is not asked of it.
struct FakeJournal final : registry::Journal {
    std::vector<AuditEntry> told;
    bool broken = false;
    Outcome<Done> audit(const AuditEntry& entry) override {
        if (broken) return JournalError::Unavailable;
        told.push_back(entry);
        return Done{};
    }
    Outcome<registry::Begun> begin(const JournalKey&, const std::string&, Instant) override { return no(); }
    Outcome<Done> intend(const JournalKey&, const registry::Plan&) override { return no(); }
    Outcome<Done> sending(const JournalKey&, const AuditEntry&) override { return no(); }
    Outcome<Done> unsent(const JournalKey&) override { return no(); }
    Outcome<Done> unknown(const JournalKey&, const AuditEntry&) override { return no(); }
    Outcome<Done> finish(const JournalKey&, const registry::StoredAnswer&, Instant,
                         const AuditEntry&) override {
        return no();
    }
    Outcome<Done> abandon(const JournalKey&, const AuditEntry&) override { return no(); }
    Outcome<std::optional<registry::Standing>> find(const std::string&, std::int64_t) override {
        return no();
    }
    Outcome<std::vector<registry::OpenCreate>> open() override { return no(); }
    Outcome<std::int64_t> expire(Instant) override { return no(); }
    static JournalError no() { return JournalError::Unavailable; }
};

const http::RequestRecord kStranger{.requestId = "r1",
                                    .method = "POST",
                                    .status = 401,
                                    .outcome = "unauthorized",
                                    .peer = "192.0.2.7",
                                    .wanted = "/api/v1/certificates"};

}  // namespace

TEST_CASE("who is turned away from a route is entered: what for, from where, which request") {
    FakeJournal journal;
    TurnedAway turnedAway(journal);
    turnedAway.see(kStranger);
    CHECK(journal.told.empty());
    REQUIRE(turnedAway.enter());
    REQUIRE(journal.told.size() == 1);
    const AuditEntry& entry = journal.told.front();
    CHECK(entry.action == registry::AuditAction::Access);
    CHECK(entry.outcome == registry::AuditOutcome::Refused);
    CHECK(entry.reason == "unauthorized POST /api/v1/certificates");
    CHECK(entry.source.actor == "unknown");
    CHECK(entry.source.peer == "192.0.2.7");
    CHECK(entry.source.requestId == "r1");
}

TEST_CASE("a known caller that is forbidden is named") {
    FakeJournal journal;
    TurnedAway turnedAway(journal);
    auto known = kStranger;
    known.status = 403;
    known.outcome = "forbidden";
    known.caller = "bearer";
    turnedAway.see(known);
    REQUIRE(turnedAway.enter());
    CHECK(journal.told.front().source.actor == "bearer");
}

TEST_CASE("answered requests, and those that wanted no route, are nobody's business here") {
    FakeJournal journal;
    TurnedAway turnedAway(journal);
    auto answered = kStranger;
    answered.status = 200;
    turnedAway.see(answered);
    auto astray = kStranger;
    astray.wanted = {};
    turnedAway.see(astray);
    REQUIRE(turnedAway.enter());
    CHECK(journal.told.empty());
}

TEST_CASE("a flood is counted, not kept") {
    FakeJournal journal;
    TurnedAway turnedAway(journal);
    for (int i = 0; i < 1000; ++i)
        turnedAway.see(kStranger);
    REQUIRE(turnedAway.enter());
    CHECK(journal.told.size() == TurnedAway::kMostWaiting);
    CHECK(journal.told.back().leftOut == 1000 - static_cast<std::int64_t>(TurnedAway::kMostWaiting));
}

TEST_CASE("what could not be written is written later") {
    FakeJournal journal;
    TurnedAway turnedAway(journal);
    turnedAway.see(kStranger);
    journal.broken = true;
    CHECK_FALSE(turnedAway.enter());
    journal.broken = false;
    REQUIRE(turnedAway.enter());
    CHECK(journal.told.size() == 1);
}

}  // namespace smartca::audit
