#include "proxy/base/text.h"

#include <doctest/doctest.h>

#include <limits>

using namespace smartca::base;

TEST_CASE("a whole number is digits alone, within its bounds") {
    CHECK(wholeNumberOf("0", 0, 9) == 0);
    CHECK(wholeNumberOf("-12", -20, 20) == -12);
    for (const char* wrong : {"", "-", "+1", " 1", "1 ", "1x", "0x1", "1.0", "10", "-1"})
        CHECK_FALSE(wholeNumberOf(wrong, 0, 9));
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    CHECK(wholeNumberOf("9223372036854775807", 0, kMost) == kMost);
    CHECK_FALSE(wholeNumberOf("9223372036854775808", 0, kMost));
}

TEST_CASE("a list is divided at its separators, and empty parts are none") {
    CHECK((partsOf(",a,,b,", ',') == std::vector<std::string_view>{"a", "b"}));
    CHECK(partsOf("", ',').empty());
}

TEST_CASE("a moment is written with its milliseconds, also before 1970") {
    CHECK(timestampOf(1'795'000'000'007) == "2026-11-18T11:06:40.007Z");
    CHECK(timestampOf(-1) == "1969-12-31T23:59:59.999Z");
}
