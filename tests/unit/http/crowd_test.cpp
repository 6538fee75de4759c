// More than the server can serve at once: who waits, who makes room, and what is not done for those who have
// left.
#include <doctest/doctest.h>

#include <atomic>
#include <future>

#include "fixture.h"
#include "proxy/http/worker_pool.h"

using namespace smartca::http;
using namespace smartca::http::test;

namespace {

// One worker, and a route that keeps it until the test lets go.
struct OneWorker {
    std::promise<void> gate;
    std::shared_future<void> opened{gate.get_future()};
    std::promise<void> begunPromise;
    std::future<void> begun{begunPromise.get_future()};
    std::atomic<int> asked{0};
    std::unique_ptr<Running> running;

    explicit OneWorker(const ServerOptions& options = {}) {
        auto how = options;
        how.upstreamWorkers.threads = 1;
        const auto wait = [this](Request&) {
            begunPromise.set_value();
            opened.wait();
            return jsonResponse(200, "waited");
        };
        const auto ask = [this](Request&) {
            ++asked;
            return jsonResponse(200, "asked");
        };
        running =
            std::make_unique<Running>(SiteOptions{}, how,
                                      std::vector<Route>{testRoutes()[0],
                                                         {"POST", "/api/v1/wait", {}, wait, {.bulkhead = 0}},
                                                         {"POST", "/api/v1/ask", {}, ask, {.bulkhead = 0}}});
    }
};

// A request that the server has read whole before anything else happens.
std::unique_ptr<Client> sent(const OneWorker& world, std::string_view path) {
    auto client = std::make_unique<Client>(world.running->port);
    client->send(post(path, "{}"));
    return client;
}

}  // namespace

TEST_CASE("a task that has not begun is taken out of the queue, one that has begun is not") {
    std::promise<void> gate;
    std::promise<void> begun;
    std::atomic<int> done{0};
    {
        WorkerPool pool(1, 8);
        const auto first = pool.submit([&] {
            begun.set_value();
            gate.get_future().wait();
            ++done;
        });
        begun.get_future().wait();
        const auto second = pool.submit([&] { done += 10; });
        const auto third = pool.submit([&] { done += 100; });
        REQUIRE((first && second && third));
        CHECK_FALSE(pool.withdraw(*first));
        CHECK(pool.withdraw(*second));
        CHECK_FALSE(pool.withdraw(*second));
        gate.set_value();
    }
    CHECK(done == 101);
}

TEST_CASE("however many tasks a queue has, they have its share of the threads") {
    std::promise<void> gate;
    const std::shared_future<void> opened{gate.get_future()};
    std::atomic<int> atWork{0};
    std::atomic<int> mostAtWork{0};
    std::atomic<int> done{0};
    const auto hanging = [&] {
        const int now = ++atWork;
        for (int most = mostAtWork; most < now && !mostAtWork.compare_exchange_weak(most, now);) {
        }
        opened.wait();
        --atWork;
        ++done;
    };
    {
        WorkerPool pool(4, 8, {4, 2});
        for (int i = 0; i < 20; ++i)
            pool.submit(hanging, 1);
        for (int i = 0; i < 8; ++i) {
            std::promise<void> prompt;
            REQUIRE(pool.submit([&] { prompt.set_value(); }));
            prompt.get_future().wait();
        }
        CHECK(done == 0);
        gate.set_value();
    }
    CHECK(mostAtWork <= 2);
    CHECK(done >= 8);
    CHECK(done <= 10);
}

TEST_CASE("tasks are begun in the order they came, whichever their queue") {
    std::promise<void> gate;
    std::string order;
    {
        WorkerPool pool(1, 8, {1, 1});
        pool.submit([&] { gate.get_future().wait(); });
        pool.submit([&] { order += "a"; }, 1);
        pool.submit([&] { order += "b"; });
        pool.submit([&] { order += "c"; }, 1);
        gate.set_value();
    }
    CHECK(order == "abc");
}

TEST_CASE("what waits for a worker when its client leaves is never done") {
    OneWorker world;
    const auto busy = sent(world, "/api/v1/wait");
    world.begun.wait();
    for (int i = 0; i < 5; ++i)
        sent(world, "/api/v1/ask");  // and gone
    const auto stays = sent(world, "/api/v1/ask");
    // Its refusal shows that the loop has seen all that came before it.
    CHECK(world.running->ask(get("/nowhere")).status() == 404);
    CHECK(world.running->ask(get("/nowhere")).status() == 404);
    world.gate.set_value();
    CHECK(busy->receive().status() == 200);
    CHECK(stays->receive().status() == 200);
    CHECK(world.asked == 1);
}

TEST_CASE("a request that no worker takes in time is answered 503, with when to come back") {
    ServerOptions how;
    how.deadlines.queue = 1s;  // longer than a busy machine takes to begin with the first one
    OneWorker world(how);
    const auto busy = sent(world, "/api/v1/wait");
    REQUIRE(world.begun.wait_for(10s) == std::future_status::ready);
    const auto reply = sent(world, "/api/v1/ask")->receive();
    CHECK(reply.status() == 503);
    CHECK(reply.has("Retry-After: "));
    world.gate.set_value();
    CHECK(busy->receive().status() == 200);
    CHECK(world.asked == 0);
}

TEST_CASE("while requests wait for an upstream others are served, and those that are too many are refused") {
    OneWorker world({.queueLimit = 1});
    const auto busy = sent(world, "/api/v1/wait");
    world.begun.wait();
    const auto waits = sent(world, "/api/v1/ask");
    CHECK(world.running->ask(get("/api/v1/session")).status() == 200);
    const auto refused = sent(world, "/api/v1/ask")->receive();
    CHECK(refused.status() == 503);
    CHECK(refused.has("Retry-After: 1\r\n"));
    CHECK_FALSE(busy->isAnswered());
    CHECK_FALSE(waits->isAnswered());
    world.gate.set_value();
    CHECK(busy->receive().status() == 200);
    CHECK(waits->receive().status() == 200);
}

TEST_CASE(
    "a server that retires takes requests on old and new connections, and each answer is told to be the "
    "last") {
    OneWorker world;
    Client idle(world.running->port);
    idle.send(get("/api/v1/session"));
    CHECK_FALSE(idle.receive().has("Connection: close"));
    const auto begun = sent(world, "/api/v1/wait");
    world.begun.wait();
    world.running->server.retire();
    idle.send(get("/api/v1/session"));
    world.gate.set_value();
    Client fresh(world.running->port);
    fresh.send(get("/api/v1/session"));
    for (Client* client : {&idle, begun.get(), &fresh}) {
        const auto last = client->receiveAll();
        CHECK(last.status() == 200);
        CHECK(last.has("\r\nConnection: close\r\n"));
        CHECK(last.closed);
    }
}

TEST_CASE("draining answers what has begun, closes what is idle and takes nothing new") {
    OneWorker world;
    Client idle(world.running->port);
    idle.send(get("/api/v1/session"));
    idle.receive();
    const auto begun = sent(world, "/api/v1/wait");
    world.begun.wait();
    CHECK_FALSE(world.running->server.drain(0ms));
    CHECK(idle.receiveAll().closed);
    CHECK_FALSE(Client(world.running->port).connected());
    CHECK_FALSE(begun->isAnswered());
    world.gate.set_value();
    CHECK(world.running->server.drain(60'000ms));
    CHECK(begun->receive().status() == 200);
}

TEST_CASE("clients that send their bodies slowly, or do not read their answers, shut nobody out") {
    auto big = std::make_shared<const std::string>(8 << 20, 'a');
    auto routes = testRoutes();
    routes.push_back({"GET", "/api/v1/large", {}, [big](Request&) {
                          Response response;
                          response.contentType = "text/plain";
                          response.body = big;
                          return response;
                      }});
    ServerOptions how;
    how.maximumConnections = 8;
    const Running running({}, how, std::move(routes));
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 16; ++i) {
        slow.push_back(std::make_unique<Client>(running.port));
        slow.back()->send(i % 2 == 0 ? post("/api/v1/lookups", std::string(900, 'a')).substr(0, 600)
                                     : get("/api/v1/large"));
        CHECK(running.ask(get("/api/v1/session")).status() == 200);
    }
}
