// A registry in a place of its own, and what stands in its audit log.
#pragma once

#include <utility>
#include <vector>

#include "../registry/fixture.h"
#include "proxy/audit/log.h"

namespace smartca::audit {

struct LogFixture : registry::Fixture {
    store::Database opened() {
        auto opened = openLog(place.path());
        if (!opened) FAIL(opened.error());
        return std::move(opened).value();
    }
    std::vector<Record> log() {
        std::vector<Record> records;
        auto log = opened();
        REQUIRE(eachRecord(log, [&](const Record& record) {
            records.push_back(record);
            return true;
        }));
        return records;
    }
};

}  // namespace smartca::audit
