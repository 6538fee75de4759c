// An upstream that hangs is left alone for a while.
#include <atomic>
#include <thread>

#include "client_fixture.h"
#include "proxy/base/call.h"
#include "proxy/upstream/breaker.h"
#include "raw_server.h"

using namespace smartca;
using namespace smartca::upstream;

TEST_CASE(
    "after eight calls in a row that timed out one is let through every five seconds, until one is "
    "answered") {
    std::vector<Upstream> changes;
    Breaker breaker([&](Upstream now) { changes.push_back(now); });
    auto now = Breaker::TimePoint{} + 1h;
    for (int i = 0; i < 7; ++i)
        breaker.saw(Breaker::Call::TimedOut, now);
    breaker.saw(Breaker::Call::Answered, now);
    for (int i = 0; i < 8; ++i) {
        CHECK(breaker.lets(now));
        breaker.saw(Breaker::Call::TimedOut, now);
    }
    CHECK(changes == std::vector{Upstream::Hangs});
    CHECK_FALSE(breaker.lets(now + 4s));
    now += 6s;
    CHECK(breaker.lets(now));
    CHECK_FALSE(breaker.lets(now));
    breaker.saw(Breaker::Call::TimedOut, now + 1s);
    CHECK_FALSE(breaker.lets(now + 2s));
    CHECK(breaker.lets(now + 6s));
    breaker.saw(Breaker::Call::Answered, now + 6s);
    CHECK(changes == std::vector{Upstream::Hangs, Upstream::Answers});
    CHECK(breaker.lets(now + 6s));
}

TEST_CASE("of calls that end at the same time what is told last is how it is") {
    for (int round = 0; round < 200; ++round) {
        std::vector<Upstream> changes;
        Breaker breaker([&](Upstream now) { changes.push_back(now); });
        std::vector<std::jthread> calls;
        for (int i = 0; i < 8; ++i)
            calls.emplace_back([&] { breaker.saw(Breaker::Call::TimedOut, Breaker::TimePoint{} + 1h); });
        calls.clear();
        CHECK(changes == std::vector{Upstream::Hangs});
    }
}

TEST_CASE("an upstream that hangs costs the ninth caller no time, who is told that it was not asked") {
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.readRequest();  // until the client has gone
    });
    std::vector<std::string> outcomes;
    auto options = optionsFor(server.url(), 150ms);  // a busy machine connects in less
    options.http.observe = [&](const CallReport& report) { outcomes.emplace_back(report.outcome); };
    const TestAccount account;
    const auto client = makeClient(options, account);
    for (int i = 0; i < 9; ++i)
        CHECK(client->certificatesOf("001099000001", "").error().code == ProblemCode::UpstreamTimeout);
    CHECK(server.connections() == 8);
    CHECK(outcomes.back() == "notAsked");
    CHECK(client->certificatesOf("001099000001", "").error().detail.find("not asked") == 0);
}

TEST_CASE("a question of a request that has waited for its turn has that much less time, but a quarter") {
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.readRequest();
    });
    const TestAccount account;
    const auto client = makeClient(optionsFor(server.url(), 2'000ms), account);
    const auto now = std::chrono::steady_clock::now();
    const base::Call call{.arrived = now - 1h, .begun = now};
    const base::CallScope scope(call);
    const Stopwatch watch;
    CHECK(client->certificatesOf("001099000001", "").error().code == ProblemCode::UpstreamTimeout);
    CHECK(watch.elapsed() >= 450ms);
    CHECK(watch.elapsed() < 1'500ms);
}

TEST_CASE("a call for a request carries its trace on") {
    std::string asked;
    RawServer server([&](RawServer::Peer& peer) {
        asked = peer.readRequest();
        peer.write(httpAnswer(oneCertificate()));
    });
    const TestAccount account;
    const auto client = makeClient(optionsFor(server.url()), account);
    const base::Call call{.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"};
    const base::CallScope scope(call);
    CHECK(client->certificatesOf("001099000001", "").ok());
    CHECK(asked.find("\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n") !=
          std::string::npos);
}
