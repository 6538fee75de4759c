#include "shared/calendar.h"

#include <doctest/doctest.h>

#include "vectors.h"

namespace smartca {
namespace {

void checkSeconds(const std::optional<Instant>& instant, const nlohmann::json& seconds) {
    REQUIRE(instant.has_value() == !seconds.is_null());
    if (instant) CHECK(*instant == seconds.get<Instant>());
}

}  // namespace

TEST_CASE("instants and days are read, shown and counted") {
    for (const auto& vectorCase : vectorCases("calendar")) {
        CAPTURE(lineOf(vectorCase));
        if (vectorCase.contains("instant")) {
            checkSeconds(parseInstant(vectorCase.at("instant").get<std::string>()), vectorCase.at("seconds"));
        } else if (vectorCase.contains("day")) {
            checkSeconds(parseDay(vectorCase.at("day").get<std::string>()), vectorCase.at("seconds"));
        } else if (vectorCase.contains("show")) {
            const Instant instant = vectorCase.at("show");
            CHECK(isoOf(instant) == vectorCase.at("iso").get<std::string>());
            CHECK(dateInVietnam(instant) == vectorCase.at("date").get<std::string>());
            CHECK(dateAndTimeInVietnam(instant) == vectorCase.at("dateAndTime").get<std::string>());
        } else {
            CHECK(daysUntil(vectorCase.at("now"), vectorCase.at("then")) ==
                  vectorCase.at("days").get<std::int64_t>());
        }
    }
}

TEST_CASE("every day of four centuries is written and read as itself") {
    const Instant first = *parseInstant("1900-01-01T00:00:00Z");
    for (Instant day = 0; day < 146'097; ++day) {
        const Instant instant = first + day * 86'400 + day % 86'400;
        const Instant midnight = parseDay(dateInVietnam(instant)).value_or(0);
        const bool same = parseInstant(isoOf(instant)) == instant;
        if (!same || midnight > instant || instant >= midnight + 86'400) FAIL_CHECK(isoOf(instant));
    }
}

}  // namespace smartca
