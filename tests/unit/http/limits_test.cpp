#include "proxy/http/limits.h"

#include <doctest/doctest.h>

namespace smartca::http {
namespace {

using namespace std::chrono_literals;

struct Limited {
    Limiter::Clock::time_point now = Limiter::Clock::time_point(1000h);
    Limiter limiter{{.requestsPerMinute = 6, .lookupsPerHour = 3, .createsPerHour = 2},
                    [this] { return now; }};

    static session::Caller person(const std::string& subject, const std::string& company = "main") {
        return {.company = company, .issuer = "https://portal.example.vn", .subject = subject};
    }
    // How many of them are let through at once.
    int passing(Cost cost, const session::Caller& caller = person("17")) {
        for (int count = 0;; ++count)
            if (count == 100 || limiter.take(caller, cost)) return count;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Limited,
                  "a person may ask so often, and is told which limit it was and when to ask again") {
    CHECK(passing(Cost::Lookup) == 3);
    auto refused = limiter.take(person("17"), Cost::Lookup);
    REQUIRE(refused);
    CHECK(refused->limit == "lookups");
    CHECK(refused->wait == 20min);
    now += 20min;
    CHECK(passing(Cost::Lookup) == 1);
    CHECK(passing(Cost::Create) == 2);
    CHECK(limiter.take(person("17"), Cost::Create)->limit == "creates");
    CHECK(passing(Cost::Request) == 5);  // a create's own was taken before
    refused = limiter.take(person("17"), Cost::Request);
    CHECK(refused->limit == "requests");
    CHECK(refused->wait == 10s);
}

TEST_CASE_FIXTURE(Limited, "what is refused costs nothing, and a bucket is never more than full") {
    CHECK(passing(Cost::Lookup) == 3);
    for (int i = 0; i < 50; ++i)
        CHECK(limiter.take(person("17"), Cost::Lookup)->wait == 20min);
    CHECK(passing(Cost::Request) == 3);
    now += 24h;
    CHECK(passing(Cost::Lookup) == 3);
}

TEST_CASE_FIXTURE(Limited, "each person of each company has buckets of their own, whatever their token") {
    CHECK(passing(Cost::Lookup) == 3);
    CHECK(passing(Cost::Lookup, person("18")) == 3);
    CHECK(passing(Cost::Lookup, person("17", "second")) == 3);
    auto renewed = person("17");
    renewed.name = "Trần Bình";
    renewed.may = {Right::Lookup};
    CHECK(passing(Cost::Lookup, renewed) == 0);
}

TEST_CASE_FIXTURE(Limited, "who cannot be told apart is not limited") {
    CHECK(passing(Cost::Lookup, {.company = "main", .subject = std::string(session::kLocal)}) == 100);
    CHECK(passing(Cost::Lookup, {.company = "main", .subject = std::string(session::kServer)}) == 100);
}

TEST_CASE("without a limit nothing is counted") {
    Limiter limiter({.requestsPerMinute = 0, .lookupsPerHour = 0, .createsPerHour = 0});
    for (int i = 0; i < 1000; ++i)
        CHECK_FALSE(limiter.take(Limited::person("17"), Cost::Lookup));
}

TEST_CASE_FIXTURE(Limited, "a crowd makes nobody forgotten who goes on asking") {
    CHECK(passing(Cost::Lookup) == 3);
    for (std::size_t i = 0; i < 3 * Limiter::kMostActors; ++i) {
        CHECK_FALSE(limiter.take(person("crowd " + std::to_string(i)), Cost::Create));
        if (i % 1000 == 0) CHECK(limiter.take(person("17"), Cost::Lookup));
    }
    // Who asked once at the beginning is forgotten by now.
    CHECK(passing(Cost::Create, person("crowd 0")) == 2);
    CHECK(passing(Cost::Create, person("crowd " + std::to_string(3 * Limiter::kMostActors - 1))) == 1);
}

}  // namespace smartca::http
