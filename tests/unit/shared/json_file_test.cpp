#include "shared/json_file.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace smartca {
namespace {

std::string faultIn(std::string_view text, const JsonLimits& limits = {}) {
    const auto json = parseJsonFile(text, limits);
    return json ? std::string() : json.error();
}

}  // namespace

TEST_CASE("what is wrong with a JSON file is told with its line and column") {
    CHECK(faultIn("{\n  \"a\": 1,\n  \"b\": yes\n}") == "line 3, column 8: this cannot stand here");
    CHECK(faultIn("{\n  \"a\": 1\n  \"b\": 2\n}") == "line 3, column 3: this cannot stand here");
    CHECK(faultIn("{\"tên\": 1,}") == "line 1, column 11: this cannot stand here");
    CHECK(faultIn("{\"a\": 1 // why\n}") == "line 1, column 9: this cannot stand here");
    CHECK(faultIn("{\n\"a\": [1,\n") == "line 3, column 1: the text ends before its value does");
    CHECK(faultIn("") == "line 1, column 1: the text ends before its value does");
    CHECK(faultIn("{}\n{}") == "line 2, column 1: something follows after the end of the value");
    CHECK(faultIn(std::string_view("{\n\0}", 4)) == "line 2, column 1: this cannot stand here");
    CHECK(faultIn("{\n  \"a\": 1,\n  \"\\u0061\": 2\n}") == "line 3, column 3: \"\\u0061\" is there already");
    CHECK(faultIn("[1,\n[[2]]]", {.depth = 2}) == "line 2, column 2: too many brackets in one another");
    CHECK(faultIn("[1,\n2,3]", {.values = 3}) == "line 2, column 3: too many values");
}

TEST_CASE("a file in another encoding is told, one that begins with UTF-8's byte order mark is read") {
    CHECK(faultIn("{\n  \"t\xEAn\": 1}") == "line 2, column 5: this is not UTF-8; save the file as UTF-8");
    CHECK(faultIn(std::string_view("\xFF\xFE{\0}\0", 6)) ==
          "line 1, column 1: this is not UTF-8; save the file as UTF-8");
    const auto json = parseJsonFile("\xEF\xBB\xBF{\"a\": 1}");
    REQUIRE(json);
    CHECK(json.value().at("a").get<int>() == 1);
    CHECK(faultIn("\xEF\xBB\xBF{\"a\" 1}") == "line 1, column 6: this cannot stand here");
}

}  // namespace smartca
