// An add of which nobody says what became of it: what the journal knows then, and how reading back tells.
#include <thread>

#include "worlds.h"

namespace smartca::econtract {
namespace {

struct World : PortalWorld {
    using PortalWorld::PortalWorld;
    const journal::Key key = freshKey();

    base::Outcome<Attached> lose(const Attachment& attachment, const char* mode = "drop") {
        fault({{"mode", mode}, {"path", kAdd}, {"count", 1}});
        auto attached = create(registry(), journal(), key, attachment);
        journal().leave(key);
        return attached;
    }
    journal::OpenCreate theOpenOne() {
        const auto open = journal().open();
        REQUIRE(open);
        REQUIRE(open.value().size() == 1);
        return open.value()[0];
    }
    Attached lookBack() {
        auto found = registry().lookBack(theOpenOne().plan, wallClock());
        REQUIRE(found);
        return std::move(found).value();
    }
    journal::CreateState stateOf(const journal::Key& wanted) {
        const auto begun = journal().begin(wanted, "body", wallClock());
        REQUIRE(begun);
        return journal().find(wanted.caller, begun.value().id).value()->state;
    }
};

}  // namespace

TEST_CASE("what was added although its answer got lost is found as added, not as there already") {
    World world;
    REQUIRE(world.lose(attachment(1, certificatesOf(kPerson))).error().code == ProblemCode::OutcomeUnknown);
    const Attached found = world.lookBack();
    REQUIRE(found.added.size() == 1);
    CHECK(found.added[0].serial == certificatesOf(kPerson)[0].serial);
    CHECK(found.alreadyOnList.empty());
    CHECK(found.missing.empty());
}

TEST_CASE("what was never added is found to be missing, and stays so until it comes") {
    World world;
    REQUIRE(world.lose(attachment(1, certificatesOf(kPerson)), "dropUndone").error().code ==
            ProblemCode::OutcomeUnknown);
    CHECK(world.lookBack().added.empty());
    CHECK(world.lookBack().missing == std::vector<std::string>{certificatesOf(kPerson)[0].serial});
    CHECK(world.asked(kAdd).size() == 1);
}

TEST_CASE("what was there before is told apart from what the lost add brought") {
    World world;
    const auto all = certificatesOf(kCompany);
    REQUIRE(world.tryToAttach(attachment(1, {all[0]})).ok());
    // Two are left, one add each: the second is never sent.
    REQUIRE(world.lose(attachment(1, all)).error().code == ProblemCode::OutcomeUnknown);
    const Attached found = world.lookBack();
    CHECK(found.alreadyOnList == std::vector<std::string>{all[0].serial});
    REQUIRE(found.added.size() == 1);
    CHECK(found.added[0].serial == all[1].serial);
    CHECK(found.missing == std::vector<std::string>{all[2].serial});
}

TEST_CASE("fields that would have been written after a lost add are reported as not saved") {
    const auto map = FieldMap::parse(
        R"({"displayMode": {"path": "/api/users/smart-ca/settings", "key": "signatureDisplayMode"}})");
    REQUIRE(map.ok());
    RegistryOptions options;
    options.fieldMap = map.value();
    World world(options);
    Attachment wanted = attachment(1, certificatesOf(kPerson));
    wanted.draft.displayMode = DisplayMode::ImageOnly;
    REQUIRE(world.lose(wanted).error().code == ProblemCode::OutcomeUnknown);
    CHECK(world.lookBack().notSaved == std::vector<Field>{Field::DisplayMode});
}

TEST_CASE("while it is not known what became of an add, nothing else is added to that user") {
    World world;
    REQUIRE(world.lose(attachment(1, certificatesOf(kPerson)), "dropUndone").error().code ==
            ProblemCode::OutcomeUnknown);
    CHECK(world.tryToAttach(attachment(1, certificatesOf(kPerson))).error().code == ProblemCode::UserPending);
    CHECK(world.asked(kAdd).size() == 1);
    CHECK(world.tryToAttach(attachment(2, certificatesOf(kPerson))).ok());
    // What is there already needs no add.
    REQUIRE(world.journal().finish(world.key, {journal::CreateState::Rejected, "{}"}, wallClock(), {}));
    CHECK(world.tryToAttach(attachment(1, certificatesOf(kPerson))).ok());
}

TEST_CASE("an add that the portal says it has done and does not show is not known yet") {
    World world;
    world.quirk("staleReads", 2);
    world.quirk("answersWithoutList", true);
    CHECK(create(world.registry(), world.journal(), world.key, attachment(1, certificatesOf(kPerson)))
              .error()
              .code == ProblemCode::OutcomeUnknown);
    world.journal().leave(world.key);
    CHECK(world.lookBack().added.size() == 1);
}

TEST_CASE("a user who is gone is told as such: that proves nothing yet") {
    World world;
    REQUIRE(world.lose(attachment(1, certificatesOf(kPerson))).error().code == ProblemCode::OutcomeUnknown);
    auto create = world.theOpenOne();
    auto plan = readAttachPlan(create.plan.registry);
    REQUIRE(plan);
    plan->userId = 4711;
    create.plan.registry = textOf(*plan);
    CHECK(world.registry().lookBack(create.plan, wallClock()).error().code == ProblemCode::NotFound);
}

TEST_CASE("a plan that cannot be read is told as such") {
    World world;
    for (const char* text : {"", "[]", "{}", R"({"userId": 1, "all": true, "wanted": [1]})"})
        CHECK(world.registry().lookBack({"main", 1, text, ""}, wallClock()).error().code ==
              ProblemCode::Internal);
}

TEST_CASE("a token that the portal does not take means that nothing was added: the key is free again") {
    World world;
    REQUIRE(world.registry().user(1).ok());
    world.control("/sandbox/econtract", Json{{"tokenSeconds", 0}, {"revokeTokens", true}});
    const auto refused =
        create(world.registry(), world.journal(), world.key, attachment(1, certificatesOf(kPerson)));
    CHECK(refused.error().code == ProblemCode::PortalCredentials);
    world.journal().leave(world.key);
    CHECK(world.stateOf(world.key) == journal::CreateState::Received);
    CHECK(world.journal().open().value().empty());
}

TEST_CASE("creates for one user at the same time each tell what they have added themselves") {
    World world;
    constexpr std::size_t kCreates = 6;
    std::vector<std::size_t> added(kCreates);
    std::vector<std::size_t> there(kCreates);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kCreates; ++i) {
        threads.emplace_back([&, i] {
            const auto attached = world.tryToAttach(attachment(1, certificatesOf(kPerson)));
            if (!attached) return;
            added[i] = attached.value().added.size();
            there[i] = attached.value().alreadyOnList.size();
        });
    }
    for (auto& thread : threads)
        thread.join();
    std::size_t sum = 0;
    for (std::size_t i = 0; i < kCreates; ++i) {
        CHECK(added[i] + there[i] == 1);
        sum += added[i];
    }
    CHECK(sum == 1);
    CHECK(world.asked(kAdd).size() == 1);
}

TEST_CASE("who waits too long for others that change the same user has done nothing") {
    RegistryOptions options;
    options.patience = std::chrono::milliseconds(1);
    PortalOptions portal;
    portal.deadline = std::chrono::milliseconds(3'000);
    World world(options, portal);
    REQUIRE(world.registry().user(1).ok());
    world.fault({{"mode", "hang"}, {"path", kAdd}, {"count", 1}});
    std::thread first([&] {
        CHECK(world.tryToAttach(attachment(1, certificatesOf(kPerson))).error().code ==
              ProblemCode::OutcomeUnknown);
    });
    while (world.asked(kAdd).empty())
        std::this_thread::yield();
    CHECK(world.tryToAttach(attachment(1, certificatesOf(kPerson))).error().code == ProblemCode::Unavailable);
    world.fault({{"mode", "none"}});
    first.join();
}

}  // namespace smartca::econtract
