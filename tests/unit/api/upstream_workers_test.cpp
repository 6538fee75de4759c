// An upstream that hangs keeps all workers of the bulkheads that need it: what is left serves the others.
#include <doctest/doctest.h>

#include <set>

#include "fakes.h"

using namespace smartca;
using namespace smartca::api;
using namespace smartca::api::test;

namespace {

struct Elsewhere : FakeRegistry {
    using FakeRegistry::FakeRegistry;
    bool isElsewhere() const override { return true; }
};

struct SharedWorkers : Bench {
    Elsewhere portal{records.journal};
    Context elsewhere{portal, records.journal, smartCa, [] { return kNow; }, "fingerprint key of this test"};
    std::vector<http::Route> remote = routes([this](const std::string&) { return &elsewhere; }, true);

    // How many threads are free while every route of these hangs.
    static std::size_t freeWhile(const std::vector<http::Route>& table, const http::UpstreamWorkers& workers,
                                 const std::set<std::string>& hanging) {
        std::set<std::size_t> held;
        for (const auto& route : table)
            if (route.options.bulkhead && hanging.contains(route.method + " " + route.pattern.substr(8)))
                held.insert(*route.options.bulkhead);
        std::size_t free = workers.threads;
        for (const auto bulkhead : held)
            free -= workers.bulkheads.at(bulkhead);
        return free;
    }
};

const std::set<std::string> kNeedSmartCa{"POST lookups", "POST certificates", "GET certificates/:id/details"};
const std::set<std::string> kNeedPortal{"GET users",
                                        "GET users/:id",
                                        "GET users/:id/signature-image",
                                        "GET defaults",
                                        "GET certificates",
                                        "GET certificates/:id",
                                        "PATCH certificates/:id",
                                        "DELETE certificates/:id",
                                        "POST certificates",
                                        "GET certificates/:id/details"};

}  // namespace

TEST_CASE("whichever upstream hangs, a quarter of the workers is left to what needs the other one alone") {
    const SharedWorkers world;
    for (const std::size_t each : {1u, 2u, 3u, 4u, 16u, 512u}) {
        const auto workers = upstreamWorkers(each, true);
        const std::size_t quarter = std::max<std::size_t>(1, each / 4);
        CHECK(SharedWorkers::freeWhile(world.remote, workers, kNeedSmartCa) >= quarter);
        CHECK(SharedWorkers::freeWhile(world.remote, workers, kNeedPortal) >= quarter);
    }
}

TEST_CASE("details that wait leave all workers but a quarter to look-ups and creates") {
    const SharedWorkers world;
    for (const std::size_t each : {1u, 4u, 16u}) {
        const auto workers = upstreamWorkers(each, false);
        CHECK(SharedWorkers::freeWhile(world.table, workers, {"GET certificates/:id/details"}) >= each);
    }
}

TEST_CASE("with a database of our own only what asks SmartCA waits for an upstream") {
    const SharedWorkers world;
    for (const auto& route : world.table) {
        CAPTURE(route.pattern);
        // Its thread keeps a crowd that asks for events from the local ones.
        if (route.pattern == "/api/v1/events") continue;
        CHECK(route.options.bulkhead.has_value() ==
              kNeedSmartCa.contains(route.method + " " + route.pattern.substr(8)));
    }
}
