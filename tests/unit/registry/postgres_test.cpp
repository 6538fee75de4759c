// What a server adds to what a file can do: several proxies at once, and connections that break.
#include <atomic>
#include <thread>
#include <vector>

#include "fixture.h"
#include "relay.h"

TEST_SUITE_BEGIN("postgres");

namespace smartca::registry {
namespace {

// A proxy beside the fixture's own, on the same database.
struct Proxy {
    std::shared_ptr<store::Store> store;
    SqlRegistry registry{store, companyIn(*store), testKey(), [] { return kNow; }};
    journal::SqlJournal journal{store};

    explicit Proxy(const store::StoreOptions& options) : store(openStore(options)) {}
    journal::BeginState begin(const journal::Key& key = kKey, const std::string& body = "body") {
        auto begun = journal.begin(key, body, kNow);
        REQUIRE(begun);
        return begun.value().state;
    }
    base::Outcome<Attached> attach(const std::string& serial, const journal::Key& key = kKey) {
        return registry.attach(attachment(1, {certificate(serial)}), {key}, kNow);
    }
};

struct Servers : Fixture {
    store::StoreOptions options{.path = place.path()};
    journal::SqlJournal journal{store};

    // The whole way of a sent one, up to where nobody works on it any more.
    void leaveOpen(journal::SqlJournal& of, const journal::Key& key) {
        REQUIRE(of.begin(key, "body", kNow));
        REQUIRE(of.intend(key, {"main", 1, "plan", "memo"}));
        REQUIRE(of.sending(key, {}));
        of.leave(key);
    }
    // As an administrator or a failing network would.
    void breakConnections() {
        place.administer(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
            "application_name = 'smartca-proxy'");
        place.waitUntilAlone();
    }
    std::string refusal(const std::string& path) {
        auto refused = store::Store::open({.path = path});
        REQUIRE_FALSE(refused);
        return refused.error();
    }
};

}  // namespace

TEST_CASE_FIXTURE(Servers, "of many proxies that attach the same serial at once, exactly one adds it") {
    std::atomic<int> added = 0;
    std::atomic<int> already = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            Proxy proxy(options);
            const journal::Key key{"portal", std::to_string(i)};
            if (!proxy.journal.begin(key, "body", kNow)) return;
            const auto attached = proxy.attach("01", key);
            if (!attached) return;
            added += static_cast<int>(attached.value().added.size());
            already += static_cast<int>(attached.value().alreadyOnList.size());
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(added == 1);
    CHECK(already == 5);
    CHECK(list().totalCount == 1);
}

TEST_CASE_FIXTURE(Servers, "of many proxies that begin with the same key at once, exactly one is fresh") {
    std::atomic<int> fresh = 0;
    std::atomic<int> inProgress = 0;
    std::vector<std::unique_ptr<Proxy>> proxies;
    for (int i = 0; i < 6; ++i)
        proxies.push_back(std::make_unique<Proxy>(options));
    std::vector<std::thread> threads;
    for (auto& proxy : proxies) {
        threads.emplace_back([&] {
            const auto begun = proxy->journal.begin(kKey, "body", kNow);
            if (!begun) return;
            fresh += begun.value().state == journal::BeginState::Fresh ? 1 : 0;
            inProgress += begun.value().state == journal::BeginState::InProgress ? 1 : 0;
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(fresh == 1);
    CHECK(inProgress == 5);
}

TEST_CASE_FIXTURE(Servers, "what one proxy answered, another one answers again") {
    Proxy other(options);
    REQUIRE(journal.begin(kKey, "body", kNow));
    CHECK(other.begin() == journal::BeginState::InProgress);
    CHECK(other.begin(kKey, "other body") == journal::BeginState::BodyDiffers);
    REQUIRE(registry.attach(attachment(1, {certificate("01")}), {kKey}, kNow));
    const auto again = other.journal.begin(kKey, "body", kNow);
    CHECK(again.value().state == journal::BeginState::Finished);
    CHECK(addedIn(again.value().answer) == 1);
}

TEST_CASE_FIXTURE(Servers, "what a proxy has begun is free for others once that proxy is gone, not before") {
    auto first = std::make_unique<Proxy>(options);
    Proxy second(options);
    CHECK(first->begin() == journal::BeginState::Fresh);
    CHECK(second.begin() == journal::BeginState::InProgress);
    first.reset();
    while (second.begin() == journal::BeginState::InProgress)  // until the server has seen it go
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(second.begin() == journal::BeginState::InProgress);  // its own now
    CHECK(second.attach("01").ok());
}

TEST_CASE_FIXTURE(Servers,
                  "an open create stays with the proxy that has left it open, as long as that is there") {
    auto first = std::make_unique<Proxy>(options);
    Proxy second(options);
    leaveOpen(first->journal, kKey);
    CHECK(first->journal.open().value().size() == 1);
    CHECK(second.journal.open().value().empty());
    CHECK(second.begin() == journal::BeginState::Open);

    first.reset();
    while (second.journal.open().value().empty())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(journal.open().value().empty());  // a third proxy: the second has it
    CHECK(second.journal.finish(kKey, {journal::CreateState::Created, "{}"}, kNow, {}));
    CHECK(journal.begin(kKey, "body", kNow).value().state == journal::BeginState::Finished);
}

TEST_CASE_FIXTURE(Servers, "who was taken for dead cannot go on with what another proxy has taken over") {
    Proxy first(options);
    CHECK(first.begin() == journal::BeginState::Fresh);
    breakConnections();
    Proxy second(options);
    CHECK(second.begin() == journal::BeginState::Interrupted);
    CHECK(first.attach("01").error().code == ProblemCode::Unavailable);
    CHECK_FALSE(first.journal.finish(kKey, {journal::CreateState::Created, "{}"}, kNow, {}));
    REQUIRE(first.journal.abandon(kKey, {}));
    CHECK(second.attach("01").value().added.size() == 1);
    CHECK(list().totalCount == 1);
}

TEST_CASE_FIXTURE(Servers, "connections that broke are made again, for reading and for writing") {
    breakConnections();
    CHECK(registry.users({}).value().totalCount == 3);
    CHECK(attach(attachment(1, {certificate("01")})).added.size() == 1);
    breakConnections();
    CHECK(attach(attachment(1, {certificate("02")})).added.size() == 1);
    CHECK(store->isReachable());
}

TEST_CASE_FIXTURE(Servers, "a server's last words count before its connection has ended") {
    Relay relay(place);
    Proxy proxy({.path = relay.path(), .readers = 1});
    relay.holdEnds();
    breakConnections();
    while (relay.heldEnds() < 2)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(proxy.registry.users({}));
    CHECK(proxy.journal.begin(kKey, "body", kNow));
    CHECK(proxy.attach("01"));
}

TEST_CASE_FIXTURE(Servers, "while the server is away everything is unavailable, and afterwards it is not") {
    Relay relay(place);
    Proxy proxy({.path = relay.path()});
    relay.cut(true);
    CHECK(proxy.registry.users({}).error().code == ProblemCode::Unavailable);
    CHECK(proxy.journal.begin(kKey, "body", kNow).error().code == ProblemCode::Unavailable);
    CHECK_FALSE(proxy.store->isReachable());
    relay.cut(false);
    while (!proxy.store->isReachable())
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    while (!proxy.journal.begin(kKey, "body", kNow))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(proxy.attach("01").value().added.size() == 1);
}

TEST_CASE_FIXTURE(Servers, "a commit whose answer was lost counts when it was carried out") {
    Relay relay(place);
    Proxy proxy({.path = relay.path()});
    REQUIRE(proxy.begin() == journal::BeginState::Fresh);
    relay.loseNextCommit();
    CHECK(proxy.attach("01").value().added.size() == 1);
    CHECK(list().totalCount == 1);
    CHECK(addedIn(journal.begin(kKey, "body", kNow).value().answer) == 1);
}

TEST_CASE_FIXTURE(Servers, "a commit that did not get through has attached nothing, and says so") {
    Relay relay(place);
    const auto cutOff = [&](std::string_view step, store::Moment moment) {
        if (step == "created" && moment == store::Moment::Before) breakConnections();
    };
    Proxy proxy({.path = relay.path(), .watch = cutOff});
    REQUIRE(proxy.begin() == journal::BeginState::Fresh);
    const auto attached = proxy.attach("01");
    CHECK(attached.error().code == ProblemCode::Unavailable);
    CHECK(list().totalCount == 0);
}

TEST_CASE_FIXTURE(Servers, "a commit of which nothing is known is found out when the server is back") {
    Relay relay(place);
    Proxy proxy({.path = relay.path()});
    const auto begun = proxy.journal.begin(kKey, "body", kNow);
    REQUIRE(begun);
    relay.loseNextCommit(Relay::Afterwards::StaysAway);
    CHECK(proxy.attach("01").error().code == ProblemCode::OutcomeUnknown);
    proxy.journal.leave(kKey);
    CHECK_FALSE(proxy.journal.find(kKey.caller, begun.value().id));
    const auto standing = journal.find(kKey.caller, begun.value().id);
    REQUIRE(standing);
    CHECK(addedIn(standing.value()->answer) == 1);
    CHECK(list().totalCount == 1);
}

TEST_CASE_FIXTURE(Servers,
                  "a create that its proxy will not go on with is told as dead, one under way is not") {
    Proxy first(options);
    const auto begun = first.journal.begin(kKey, "body", kNow);
    REQUIRE(begun);
    const auto isDead = [&](journal::SqlJournal& journal) {
        const auto standing = journal.find(kKey.caller, begun.value().id);
        REQUIRE(standing);
        return standing.value()->isDead;
    };
    CHECK_FALSE(isDead(first.journal));
    CHECK_FALSE(isDead(journal));
    first.journal.leave(kKey);
    CHECK(isDead(first.journal));
    CHECK_FALSE(isDead(journal));  // which cannot know
    breakConnections();
    CHECK(isDead(journal));
}

TEST_CASE_FIXTURE(Servers, "a removal whose commit lost its answer is a removal") {
    const auto id = attachOne(1, certificate("01"));
    Relay relay(place);
    Proxy proxy({.path = relay.path()});
    relay.loseNextCommit();
    CHECK(proxy.registry.remove(id, {}).ok());
    CHECK(list().totalCount == 0);
}

TEST_CASE_FIXTURE(Servers, "a refusal whose commit lost its answer is spent from the audit log's budget") {
    constexpr int kBurst = 60;
    Relay relay(place);
    Proxy proxy({.path = relay.path()});
    audit::Entry refused;
    refused.outcome = audit::Outcome::Refused;
    for (int i = 0; i < kBurst - 1; ++i)
        REQUIRE(proxy.journal.audit(refused));
    relay.loseNextCommit();
    CHECK_FALSE(proxy.journal.audit(refused));
    while (!proxy.journal.audit(refused))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(count("audit") == kBurst);
}

TEST_CASE_FIXTURE(Servers, "a key that could not be given back is given back with the next create") {
    Relay relay(place);
    Proxy proxy({.path = relay.path(), .busyTimeout = std::chrono::milliseconds(50)});
    REQUIRE(proxy.begin() == journal::BeginState::Fresh);
    {
        // Somebody holds the write lock for too long.
        store::Store::Writer writer = store->write();
        const store::Transaction transaction(writer.database(), store::TransactionKind::Write);
        REQUIRE_FALSE(transaction.failed());
        CHECK_FALSE(proxy.journal.abandon(kKey, {}));
    }
    CHECK(journal.begin(kKey, "body", kNow).value().state == journal::BeginState::InProgress);
    REQUIRE(proxy.begin({"portal", "another"}) == journal::BeginState::Fresh);
    CHECK(journal.begin(kKey, "body", kNow).value().state == journal::BeginState::Fresh);
}

TEST_CASE_FIXTURE(Servers, "two proxies that start on an empty database make its tables once") {
    const Place empty;
    std::vector<std::thread> threads;
    std::atomic<int> opened = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { opened += store::Store::open({.path = empty.path()}).ok() ? 1 : 0; });
    for (auto& thread : threads)
        thread.join();
    CHECK(opened == 4);
}

TEST_CASE_FIXTURE(Servers, "a proxy that wants the database alone gets it once the other one is gone") {
    options.sharing = store::Sharing::Alone;
    auto first = openStore(options);
    auto second = store::Store::open(options);
    REQUIRE_FALSE(second);
    CHECK(contains(second.error(), "another proxy works on it"));
    first.reset();
    while (!(second = store::Store::open(options)))
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

TEST_CASE_FIXTURE(Servers, "a URL with a password is refused, and not repeated") {
    for (const char* url : {"postgresql://u:canary@h/d", "postgresql://h/d?password=canary",
                            "postgresql://h/d?sslpassword=canary", "postgresql://u:canary%zz@h/d"}) {
        const std::string words = refusal(url);
        CHECK_FALSE(contains(words, "canary"));
        CHECK_FALSE(words.empty());
    }
}

TEST_CASE_FIXTURE(Servers, "a server that is not there is named, with what the library says") {
    const std::string words = refusal("postgresql://somebody@/name?host=/nowhere");
    CHECK(contains(words, "database postgresql:///name: "));
    CHECK(contains(words, "/nowhere"));
}

}  // namespace smartca::registry

TEST_SUITE_END();
