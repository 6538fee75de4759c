#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "proxy/ops/health.h"
#include "proxy/ops/log.h"

using namespace smartca;
using namespace smartca::ops;
using namespace std::chrono_literals;

namespace {

http::Response ask(Health& health, const std::string& path) {
    http::Request request;
    for (const auto& route : health.routes()) {
        if (route.pattern == path) return route.handler(request);
    }
    return {};
}

// What a piece of logging writes.
template <class Act>
std::string written(Act act) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    act(Log(ends[1]));
    ::close(ends[1]);
    std::string text(4096, '\0');
    const auto size = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
}

}  // namespace

TEST_CASE("the process lives from the start, and is ready only while it says so") {
    Health health;
    CHECK(ask(health, "/livez").status == 200);
    CHECK(ask(health, "/readyz").status == 503);
    CHECK(*ask(health, "/readyz").body == "not ready: starting\n");
    health.setReady(true);
    CHECK(ask(health, "/readyz").status == 200);
    health.setReady(false);
    CHECK(ask(health, "/readyz").status == 503);
    CHECK(*ask(health, "/readyz").body == "not ready: stopping\n");
    CHECK(ask(health, "/livez").status == 200);
}

TEST_CASE("a process whose database does not answer lives, and is not ready") {
    Health health;
    health.setReady(true);
    health.setDatabase("its disk is full");
    CHECK(ask(health, "/livez").status == 200);
    CHECK(ask(health, "/readyz").status == 503);
    CHECK(*ask(health, "/readyz").body == "not ready: the database: its disk is full\n");
    CHECK(ask(health, "/metrics").body->find("smartca_ready 0\n") != std::string::npos);
    health.setDatabase("");
    CHECK(ask(health, "/readyz").status == 200);
}

TEST_CASE("creates of which it is not known what became of them are told") {
    Health health;
    CHECK(ask(health, "/metrics").body->find("smartca_open_creates 0\n") != std::string::npos);
    health.setOpenCreates(3);
    CHECK(ask(health, "/metrics").body->find("smartca_open_creates 3\n") != std::string::npos);
}

TEST_CASE("requests are counted by route pattern and status") {
    Health health;
    health.count({.route = "/api/v1/users", .status = 200, .duration = 1500us, .upstream = 0us});
    health.count({.route = "/api/v1/users", .status = 200, .duration = 500us, .upstream = 0us});
    const auto text = *ask(health, "/metrics").body;
    CHECK(text.find("smartca_requests_total{route=\"/api/v1/users\",status=\"200\"} 2\n") !=
          std::string::npos);
}

TEST_CASE("times are told as counts of what took no longer than each bound") {
    Health health;
    for (const auto duration : {4ms, 25ms, 26ms, 40'000ms})
        health.count({.route = "static", .status = 200, .duration = duration});
    health.countCall("smartca", "timeout", 10'000ms);
    health.setHanging("smartca", true);
    const auto text = *ask(health, "/metrics").body;
    for (const auto* sample : {"smartca_request_seconds_bucket{route=\"static\",le=\"0.005\"} 1\n",
                               "smartca_request_seconds_bucket{route=\"static\",le=\"0.025\"} 2\n",
                               "smartca_request_seconds_bucket{route=\"static\",le=\"30\"} 3\n",
                               "smartca_request_seconds_bucket{route=\"static\",le=\"+Inf\"} 4\n",
                               "smartca_request_seconds_sum{route=\"static\"} 40.055000\n",
                               "smartca_request_seconds_count{route=\"static\"} 4\n",
                               "smartca_upstream_seconds_bucket{upstream=\"smartca\",le=\"10\"} 1\n",
                               "smartca_upstream_calls_total{upstream=\"smartca\",outcome=\"timeout\"} 1\n",
                               "smartca_upstream_hangs{upstream=\"smartca\"} 1\n"})
        CHECK_MESSAGE(text.find(sample) != std::string::npos, sample);
}

TEST_CASE(
    "every metric says what it is, in the words of the operator's manual, and the manual knows no other") {
    Health health;
    health.count({.route = "/api/v1/users", .status = 200, .duration = 1500us, .upstream = 0us});
    health.countCall("smartca", "answered", 1ms);
    std::istringstream lines(*ask(health, "/metrics").body);
    std::set<std::string> told, known, documented;
    std::string help;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# HELP ")) {
            help = line.substr(7);
        } else if (line.starts_with("# TYPE ")) {
            const auto blank = line.find(' ', 7);
            const std::string name = line.substr(7, blank - 7);
            REQUIRE(help.starts_with(name + " "));
            known.insert(name);
            told.insert("| `" + name + "` | " + line.substr(blank + 1) + " | " +
                        help.substr(name.size() + 1) + " |");
        } else {
            auto name = line.substr(0, line.find_first_of(" {"));
            for (const std::string part : {"_bucket", "_sum", "_count"})
                if (name.ends_with(part)) name.resize(name.size() - part.size());
            CHECK(known.contains(name));
        }
    }
    std::ifstream manual(SMARTCA_PROXY_README);
    for (std::string line; std::getline(manual, line);)
        if (line.starts_with("| `smartca_")) documented.insert(line);
    CHECK(told.size() == 14);
    CHECK(told == documented);
}

TEST_CASE("a request's line is one JSON object with a closed list of fields") {
    const auto line = written([](const Log& log) {
        log.request({.requestId = "r1",
                     .trace = "4bf92f3577b34da6a3ce929d0e0e4736",
                     .method = "POST",
                     .route = "/api/v1/lookups",
                     .status = 504,
                     .duration = 12345us,
                     .upstream = 9876us,
                     .outcome = "upstreamTimeout",
                     .detail = "connect \"x\"\n",
                     .reason = "No worker was free in time."});
    });
    CHECK(line.back() == '\n');
    const auto json = nlohmann::json::parse(line);
    CHECK(json.at("id") == "r1");
    CHECK(json.at("ms") == 12.3);
    CHECK(json.at("upstreamMs") == 9.8);
    CHECK(json.at("outcome") == "upstreamTimeout");
    CHECK(json.at("detail") == "connect \"x\"\n");
    CHECK(json.at("trace") == "4bf92f3577b34da6a3ce929d0e0e4736");
    CHECK(json.at("reason") == "No worker was free in time.");
    CHECK(json.size() == 12);
}

TEST_CASE("a method that nobody knows does not get into the log") {
    const auto line = written([](const Log& log) {
        log.request({.requestId = "r", .method = "GEHEIM", .route = "-", .status = 405, .outcome = "x"});
    });
    CHECK(nlohmann::json::parse(line).at("method") == "other");
}

TEST_CASE("a reader that stalls stops nobody; what it missed is counted when it goes on") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const Log log(ends[1]);
    constexpr int kLines = 2000;  // more than a pipe holds
    for (int i = 0; i < kLines; ++i)
        log.event("line", std::string(100, 'a'));

    std::string text(1 << 20, '\0');
    const auto taken = static_cast<std::size_t>(::read(ends[0], text.data(), text.size()));
    log.event("after", "The reader is back.");
    const auto more = static_cast<std::size_t>(::read(ends[0], text.data() + taken, text.size() - taken));
    text.resize(taken + more);
    ::close(ends[0]);
    ::close(ends[1]);

    std::vector<nlohmann::json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(nlohmann::json::parse(line));
    REQUIRE(lines.size() > 3);
    CHECK(lines.back().at("event") == "after");
    const auto& gap = lines.at(lines.size() - 2);
    CHECK(gap.at("event") == "logGap");
    CHECK(gap.at("text") == std::to_string(static_cast<std::size_t>(kLines) - (lines.size() - 2)) +
                                " lines before this one were not taken by the log's reader.");
}

TEST_CASE("a line keeps within what a pipe takes at once, whatever is told") {
    for (const std::string piece : {"a", "\"", "\x01", "\xE1\xBB\x87"}) {
        std::string text;
        while (text.size() < 100'000)
            text += piece;
        const auto line = written([&](const Log& log) {
            log.request({.requestId = "r", .method = "GET", .route = "-", .status = 502, .detail = text});
        });
        CHECK(line.size() < 4096);
        CHECK(nlohmann::json::accept(line));
    }
}
