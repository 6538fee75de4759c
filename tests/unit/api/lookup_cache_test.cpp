// One call to SmartCA for many who look at the same certificate.
#include "proxy/api/lookups.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "fakes.h"

using namespace smartca;
using namespace smartca::api;
using namespace smartca::api::test;
using namespace std::chrono_literals;

namespace {

struct World {
    FakeSmartCa smartCa;
    LookupCache::Clock::time_point now{};
    LookupCache cache;

    explicit World(LookupCacheOptions options = {}) : cache(smartCa, options, [this] { return now; }) {
        smartCa.registered["001099012345"] = {registeredWith("0a")};
    }
    LookupCache::Answer find(const std::string& identity = "001099012345") {
        return cache.find(parseIdentity(identity));
    }
};

// Answers when it is let go.
struct SlowSmartCa : FakeSmartCa {
    std::atomic<int> calls{0};
    std::promise<void> begun;
    std::promise<void> gate;

    base::Outcome<upstream::SmartCaAnswer> certificatesOf(const std::string&, const std::string&) override {
        if (++calls == 1) begun.set_value();
        gate.get_future().wait();
        return upstream::SmartCaAnswer{{registeredWith("0a")}};
    }
};

struct ThrowingSmartCa : SlowSmartCa {
    base::Outcome<upstream::SmartCaAnswer> certificatesOf(const std::string& identity,
                                                          const std::string& serial) override {
        static_cast<void>(SlowSmartCa::certificatesOf(identity, serial));
        throw std::bad_alloc();
    }
};

// A request asks and another one waits for the same call; then SmartCA answers and the first one's call
// breaks off.
ProblemCode faultOfTheOther(SlowSmartCa& smartCa, LookupCache& cache) {
    const auto find = [&] { return cache.find(parseIdentity("001099012345")); };
    auto first = std::async(std::launch::async, find);
    smartCa.begun.get_future().wait();
    auto other = std::async(std::launch::async, find);
    while (cache.waiting() < 1)
        std::this_thread::yield();
    smartCa.gate.set_value();
    CHECK_THROWS_AS(static_cast<void>(first.get()), std::bad_alloc);
    const auto answer = other.get();
    REQUIRE_FALSE(answer);
    return answer.error().code;
}

}  // namespace

TEST_CASE("an answer serves for some seconds, and then SmartCA is asked again") {
    World world({.lifetime = 5s});
    CHECK(world.find().value()->certificates.at(0).serial == "0a");
    world.now += 4'999ms;
    CHECK(world.find().ok());
    CHECK(world.smartCa.asked.size() == 1);
    world.now += 1ms;
    CHECK(world.find().ok());
    CHECK(world.smartCa.asked.size() == 2);
}

TEST_CASE("an answer that must be new replaces the one that is kept") {
    World world;
    CHECK(world.find().ok());
    world.smartCa.registered.clear();
    CHECK(world.cache.find(parseIdentity("001099012345"), Asking::Anew).value()->certificates.empty());
    CHECK(world.find().value()->certificates.empty());
    CHECK(world.smartCa.asked.size() == 2);
}

TEST_CASE("a failure is answer and not kept: the next one to ask has another try") {
    World world;
    world.smartCa.error = base::Fault{ProblemCode::UpstreamTimeout, {}, "too late"};
    CHECK(world.find().error().detail == "too late");
    world.smartCa.error.reset();
    CHECK(world.find().ok());
}

TEST_CASE("however many identities are asked for, few answers are kept") {
    World world({.maximumEntries = 3});
    for (const char* identity : {"001099012341", "001099012342", "001099012343", "001099012344"}) {
        CHECK(world.find(identity).ok());
        world.now += 1ms;
    }
    world.smartCa.asked.clear();
    CHECK(world.find("001099012344").ok());
    CHECK(world.find("001099012342").ok());
    CHECK(world.smartCa.asked.empty());
    CHECK(world.find("001099012341").ok());
    CHECK_FALSE(world.smartCa.asked.empty());
}

TEST_CASE("a large answer is not kept") {
    World world({.maximumBytes = 4});
    CHECK(world.find().ok());
    CHECK(world.find().ok());
    CHECK(world.smartCa.asked.size() == 2);
}

TEST_CASE("requests for the same identity at the same time share one call, a new one too") {
    SlowSmartCa smartCa;
    LookupCache cache(smartCa, {.lifetime = 0s});
    const auto find = [&](Asking asking) { return cache.find(parseIdentity("001099012345"), asking).ok(); };
    auto first = std::async(std::launch::async, find, Asking::Recently);
    smartCa.begun.get_future().wait();
    std::vector<std::future<bool>> others;
    for (const Asking asking : {Asking::Recently, Asking::Anew, Asking::Anew})
        others.push_back(std::async(std::launch::async, find, asking));
    while (cache.waiting() < 3)
        std::this_thread::yield();
    smartCa.gate.set_value();
    CHECK(first.get());
    for (auto& other : others)
        CHECK(other.get());
    CHECK(smartCa.calls == 1);
}

TEST_CASE("a call that comes to nothing at all leaves nobody waiting") {
    ThrowingSmartCa smartCa;
    LookupCache cache(smartCa);
    CHECK(faultOfTheOther(smartCa, cache) == ProblemCode::UpstreamUnreachable);
}

TEST_CASE("nor does an answer that cannot be kept") {
    struct : SlowSmartCa {
        base::Outcome<upstream::SmartCaAnswer> certificatesOf(const std::string& identity,
                                                              const std::string& serial) override {
            static_cast<void>(SlowSmartCa::certificatesOf(identity, serial));
            answered = true;
            return base::Fault{ProblemCode::UpstreamTimeout, {}, "too late"};
        }
        bool answered = false;
    } smartCa;
    LookupCache cache(smartCa, {}, [&smartCa] {
        if (smartCa.answered) throw std::bad_alloc();
        return LookupCache::Clock::now();
    });
    CHECK(faultOfTheOther(smartCa, cache) == ProblemCode::UpstreamTimeout);
}
