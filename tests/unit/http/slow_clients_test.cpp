// Clients that are slow on purpose get their deadline and no thread.
#include <doctest/doctest.h>

#include "fixture.h"

using namespace smartca::http;
using namespace smartca::http::test;

namespace {

ServerOptions hasty() {
    ServerOptions how;
    how.deadlines = {.head = 400ms, .body = 400ms, .write = 400ms, .idle = 400ms, .linger = 100ms};
    how.localWorkers = 2;
    return how;
}

}  // namespace

TEST_CASE("eight clients that drip a head keep nobody waiting, and are told 408 at the deadline") {
    auto how = hasty();
    how.deadlines.head = 2000ms;
    const Running running({}, how);
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 8; ++i) {
        slow.push_back(std::make_unique<Client>(running.port));
        slow.back()->send("GET /api/v1/session HT");
    }
    for (int round = 0; round < 4; ++round) {
        for (auto& client : slow)
            client->send("a");
        CHECK(running.ask(get("/api/v1/session")).status() == 200);
    }
    for (auto& client : slow)
        CHECK_FALSE(client->isAnswered());
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
    int status = 0;
    for (int sent = 0; sent < 40 && status == 0; ++sent) {  // two seconds, if it were let
        client.send("a");
        status = client.receive(50ms).status();
    }
    CHECK(status == 408);
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
    Running running(
        {}, hasty(),
        {{"GET", "/api/v1/large", {}, large}, {"GET", "/api/v1/session", {}, testRoutes()[0].handler}});
    Client client(running.port);
    client.send(get("/api/v1/large"));
    CHECK(running.ask(get("/api/v1/session")).status() == 200);
    CHECK(running.server.drain(5000ms));  // nothing is being written any more
    CHECK(client.receiveAll().text.size() < big->size());
}

TEST_CASE("when all connections are taken, an idle one makes room for a new one") {
    auto how = hasty();
    how.maximumConnections = 8;
    how.deadlines.idle = 60'000ms;
    const Running running({}, how);
    std::vector<std::unique_ptr<Client>> idle;
    for (int i = 0; i < 8; ++i) {
        idle.push_back(std::make_unique<Client>(running.port));
        idle.back()->send(get("/api/v1/session"));
        CHECK(idle.back()->receive().status() == 200);
    }
    for (int i = 0; i < 4; ++i)
        CHECK(running.ask(get("/api/v1/session")).status() == 200);
}
