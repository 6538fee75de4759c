// Requests whose handlers have nothing to say yet: they wait without a worker, are asked again, and keep nobody from
// being served.
#include <doctest/doctest.h>

#include <atomic>

#include "fixture.h"

using namespace smartca::http;
using namespace smartca::http::test;

namespace {

// A route that has something to say once `isReady`, or when it may not wait any longer; asked again every 10 ms.
struct Waiting {
    std::atomic<bool> isReady{false};
    std::atomic<int> asked{0};
    std::atomic<int> askedLast{0};
    std::unique_ptr<Running> running;

    explicit Waiting(ServerOptions how = {}) {
        how.localWorkers = 1;
        how.upstreamWorkers = {.threads = 1};
        const auto answer = [this](Request& request) {
            ++asked;
            if (request.waited == Request::kNoLonger) {
                ++askedLast;
                return jsonResponse(200, "nothing");
            }
            if (isReady) return jsonResponse(200, "ready");
            Response nothing;
            nothing.again = 10ms;
            return nothing;
        };
        running = std::make_unique<Running>(
            SiteOptions{}, how,
            std::vector<Route>{testRoutes()[0], {"GET", "/api/v1/events", {}, answer, {.bulkhead = 0}}});
    }
    std::unique_ptr<Client> poll() const {
        auto client = std::make_unique<Client>(running->port);
        client->send(get("/api/v1/events"));
        return client;
    }
    void waitUntilAsked(int times) const {
        while (asked < times)
            std::this_thread::sleep_for(1ms);
    }
};

}  // namespace

TEST_CASE("a handler with nothing to say is asked again until it has, on the same connection") {
    Waiting world;
    const auto client = world.poll();
    world.waitUntilAsked(3);
    CHECK_FALSE(client->isAnswered());
    world.isReady = true;
    CHECK(client->receive().has("ready"));
    client->send(get("/api/v1/session"));
    CHECK(client->receive().has("hello"));
}

TEST_CASE("many that wait hold no worker: others that need the only one are served") {
    Waiting world;
    std::vector<std::unique_ptr<Client>> crowd;
    for (int i = 0; i < 50; ++i)
        crowd.push_back(world.poll());
    world.waitUntilAsked(100);
    CHECK(world.running->ask(get("/api/v1/session")).status() == 200);
    world.isReady = true;
    for (const auto& client : crowd)
        CHECK(client->receive().has("ready"));
}

TEST_CASE("where too many wait, the one that does for the longest time is answered") {
    ServerOptions how;
    how.maximumConnections = 32;  // an eighth may wait
    Waiting world(how);
    std::vector<std::unique_ptr<Client>> crowd;
    for (int i = 0; i < 4; ++i) {
        crowd.push_back(world.poll());
        world.waitUntilAsked(world.asked + 2);
    }
    CHECK_FALSE(crowd.front()->isAnswered());
    crowd.push_back(world.poll());
    CHECK(crowd.front()->receive().has("nothing"));
    CHECK(world.running->ask(get("/api/v1/session")).status() == 200);
}

TEST_CASE("one that waits is answered when the server stops") {
    Waiting world;
    const auto client = world.poll();
    world.waitUntilAsked(2);
    CHECK(world.running->server.drain(3s));
    CHECK(client->receive().has("nothing"));
}

TEST_CASE("one whose client has left is not asked again") {
    Waiting world;
    auto client = world.poll();
    world.waitUntilAsked(2);
    client.reset();
    CHECK(world.running->ask(get("/api/v1/session")).status() == 200);
    CHECK(world.running->server.drain(3s));
    CHECK(world.askedLast == 0);
}
