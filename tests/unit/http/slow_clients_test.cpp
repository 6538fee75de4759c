// Clients that are slow on purpose get their deadline and no thread.
#include <doctest/doctest.h>

#include "fixture.h"

using namespace smartca::http;
using namespace smartca::http::test;

namespace {

ServerOptions hasty() {
    ServerOptions how;
    how.deadlines = {.head = 400ms, .body = 400ms, .write = 400ms, .idle = 400ms, .linger = 100ms};
    how.quickWorkers = 2;
    return how;
}

std::chrono::milliseconds timeOf(const Running& running) {
    const auto begin = std::chrono::steady_clock::now();
    CHECK(running.ask(get("/api/v1/session")).status() == 200);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace

TEST_CASE("eight clients that drip a head keep nobody waiting, and are told 408 at the deadline") {
    const Running running({}, hasty());
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 8; ++i) {
        slow.push_back(std::make_unique<Client>(running.port));
        slow.back()->send("GET /api/v1/session HT");
    }
    for (int round = 0; round < 4; ++round) {
        for (auto& client : slow)
            client->send("a");
        CHECK(timeOf(running) < 200ms);
        std::this_thread::sleep_for(50ms);
    }
    for (auto& client : slow) {
        const auto reply = client->receiveAll();
        CHECK(reply.status() == 408);
        CHECK(reply.closed);
    }
}

TEST_CASE("a body that drips is cut off at the deadline, however many bytes came") {
    const Running running({}, hasty());
    Client client(running.port);
    client.send(
        "POST /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/json\r\nContent-Length: 1000\r\n\r\n");
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < 2000ms && client.send("a")) {
        if (client.receive(50ms).status() == 408) break;
    }
    CHECK(std::chrono::steady_clock::now() - begin < 1000ms);
}

TEST_CASE("connections that say nothing, or nothing more, are closed without a word") {
    const Running running({}, hasty());
    Client silent(running.port);
    Client idle(running.port);
    idle.send(get("/api/v1/session"));
    CHECK(idle.receive().status() == 200);
    CHECK(silent.receiveAll().text.empty());
    const auto reply = idle.receiveAll();
    CHECK(reply.text.empty());
    CHECK(reply.closed);
}

TEST_CASE("a client that never reads its answer is dropped at the deadline") {
    auto big = std::make_shared<const std::string>(8 << 20, 'a');
    const auto large = [big](Request&) {
        Response response;
        response.contentType = "text/plain";
        response.body = big;
        return response;
    };
    const Running running(
        {}, hasty(), {{"GET", "/api/v1/large", large}, {"GET", "/api/v1/session", testRoutes()[0].handler}});
    Client client(running.port);
    client.send(get("/api/v1/large"));
    CHECK(timeOf(running) < 200ms);
    std::this_thread::sleep_for(700ms);
    CHECK(client.receiveAll().text.size() < big->size());
}

TEST_CASE("when all connections are taken, an idle one makes room for a new one") {
    auto how = hasty();
    how.maximumConnections = 8;
    how.deadlines.idle = 10'000ms;
    const Running running({}, how);
    std::vector<std::unique_ptr<Client>> idle;
    for (int i = 0; i < 8; ++i) {
        idle.push_back(std::make_unique<Client>(running.port));
        idle.back()->send(get("/api/v1/session"));
        CHECK(idle.back()->receive().status() == 200);
    }
    for (int i = 0; i < 4; ++i)
        CHECK(timeOf(running) < 200ms);
}
