// What many clients together can take: connections and memory, and who makes room.
#include <doctest/doctest.h>

#include "fixture.h"
#include "proxy/http/trace_context.h"

using namespace smartca::http;
using namespace smartca::http::test;

namespace {

ServerOptions small(std::size_t connections, std::size_t bodyBytes) {
    ServerOptions how;
    how.maximumConnections = connections;
    how.bodyBytes = bodyBytes;
    return how;
}

std::vector<std::unique_ptr<Client>> clients(const Running& running, int count, std::string_view bytes) {
    std::vector<std::unique_ptr<Client>> all;
    for (int i = 0; i < count; ++i) {
        all.push_back(std::make_unique<Client>(running.port));
        all.back()->send(bytes);
    }
    return all;
}

}  // namespace

TEST_CASE("new connections that say nothing make room for one another, and a kept one in use stays") {
    const Running running({}, small(8, 1 << 20));
    Client kept(running.port);
    kept.send(get("/api/v1/session"));
    CHECK(kept.receive().status() == 200);
    const auto crowd = clients(running, 40, "GET /api");
    CHECK(running.ask(get("/api/v1/session")).status() == 200);
    kept.send(get("/api/v1/session"));
    CHECK(kept.receive().status() == 200);
}

TEST_CASE("beyond what all bodies may take together the one that makes no haste is refused, not the newest") {
    const Running running({}, small(64, 2000));
    const auto held = clients(running, 6, post("/api/v1/lookups", std::string(500, 'a')).substr(0, 550));
    CHECK(running.ask(post("/api/v1/lookups", std::string(900, 'a'))).status() == 200);
    const auto first = held.front()->receiveAll();
    CHECK(first.status() == 503);
    CHECK(first.has("Retry-After: 1\r\n"));
    CHECK_FALSE(held.back()->isAnswered());
}

TEST_CASE("a body that keeps the least rate has all the time that it takes") {
    ServerOptions how;
    how.deadlines.body = 600ms;
    how.deadlines.bodyRate = 100;
    const Running running({}, how);
    Client client(running.port);
    const auto bytes = post("/api/v1/lookups", std::string(900, 'a'));
    const auto head = bytes.size() - 900;
    client.send(bytes.substr(0, head));
    for (std::size_t sent = 0; sent < 900;
         sent += 30) {  // for longer than the deadline, and ten times as fast as need be
        CHECK_FALSE(client.isAnswered());
        std::this_thread::sleep_for(30ms);
        client.send(bytes.substr(head + sent, 30));
    }
    CHECK(client.receive().status() == 200);
}

TEST_CASE("a trace goes on with a span of our own, and what is none begins another") {
    const std::string given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const auto next = traceparentFor(given);
    CHECK(traceOf(next) == "4bf92f3577b34da6a3ce929d0e0e4736");
    CHECK(next.size() == given.size());
    CHECK(next.ends_with("-01"));
    CHECK(next != given);
    CHECK(traceOf(traceparentFor("01" + given.substr(2) + "-more")) == traceOf(given));
    for (const auto& wrong :
         {std::string(), "00-00000000000000000000000000000000-00f067aa0ba902b7-01" + std::string(),
          given.substr(0, 35) + "-0000000000000000-01", "ff" + given.substr(2), given + "-more",
          given.substr(1), "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01" + std::string()}) {
        CAPTURE(wrong);
        const auto own = traceparentFor(wrong);
        CHECK(traceparentFor(own).substr(3, 32) == traceOf(own));
        CHECK(traceOf(own) != traceOf(given));
        CHECK(own.ends_with("-00"));
    }
}
