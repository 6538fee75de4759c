#include <doctest/doctest.h>

#include "proxy/api/query.h"
#include "shared/api.h"

using namespace smartca;
using namespace smartca::api;

namespace {

std::string faultOf(std::string_view query) {
    QueryReader reader(query);
    reader.text("search", 10);
    reader.integer("page", 1, 1, 100);
    reader.choice("type", certificateTypeOfName);
    reader.date("validFrom", QueryReader::OfDay::FirstSecond);
    return reader.fault().value_or("none");
}

}  // namespace

TEST_CASE("a query is read as URLSearchParams writes it, and empty values count as absent") {
    QueryReader reader("search=Nguy%E1%BB%85n+A&page=&type=business");
    CHECK(reader.text("search", 100) == "Nguyễn A");
    CHECK(reader.integer("page", 3, 1, 100) == 3);
    CHECK(reader.choice("type", certificateTypeOfName) == CertificateType::Business);
    CHECK_FALSE(reader.fault().has_value());
}

TEST_CASE("what is unknown, doubled, out of range or no text is refused with a reason that names it") {
    CHECK(faultOf("search=a&page=2&type=smartCa&validFrom=2026-11-22") == "none");
    CHECK(faultOf("") == "none");
    CHECK(faultOf("serach=a") == "There is no query parameter \"serach\" here.");
    CHECK(faultOf("page=1&page=2") == "The query parameter \"page\" is given twice.");
    CHECK(faultOf("page=0") == "The query parameter \"page\" must be a number from 1 to 100.");
    for (const auto* wrong :
         {"page=+1", "page=1.0", "page=0x1", "page=99999999999999999999", "page=%201", "type=x",
          "validFrom=22%2F11%2F2026", "validFrom=2026-02-30", "search=%", "search=%zz", "search=%C3",
          "search=%00", "search=%0A", "search=aaaaaaaaaaa", "%3Cscript%3E=1"})
        CHECK_MESSAGE(faultOf(wrong) != "none", wrong);
    CHECK(faultOf("%3Cs%22%0a=1").find('\n') == std::string::npos);
}

TEST_CASE("several numbers stand with commas between them, and no more than are allowed") {
    QueryReader query("a=11,12,9223372036854775807&b=7");
    CHECK(query.integers("a", 3) == std::vector<std::int64_t>{11, 12, 9'223'372'036'854'775'807});
    CHECK(query.integers("b", 3) == std::vector<std::int64_t>{7});
    CHECK(query.integers("c", 3).empty());
    CHECK_FALSE(query.fault());
    for (const char* wrong : {"a=", "a=1,2,3,4", "a=1,", "a=,1", "a=1,,2", "a=0", "a=x", "a=-1", "a=1 ,2",
                              "a=9223372036854775808"}) {
        CAPTURE(wrong);
        QueryReader refused(wrong);
        CHECK(refused.integers("a", 3).empty());
        CHECK(refused.fault() ==
              "The query parameter \"a\" must be at most 3 numbers with commas between them.");
    }
}

TEST_CASE("a day is one in Vietnam, from its first second to its last") {
    QueryReader reader("validFrom=2026-11-22&validTo=2026-11-22&at=2026-11-22T00:00:00Z");
    const auto from = reader.date("validFrom", QueryReader::OfDay::FirstSecond);
    const auto to = reader.date("validTo", QueryReader::OfDay::LastSecond);
    CHECK(isoOf(*from) == "2026-11-21T17:00:00Z");
    CHECK(isoOf(*to) == "2026-11-22T16:59:59Z");
    CHECK(isoOf(*reader.date("at", QueryReader::OfDay::LastSecond)) == "2026-11-22T00:00:00Z");
}
