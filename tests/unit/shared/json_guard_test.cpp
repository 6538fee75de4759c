#include "shared/json_guard.h"

#include <doctest/doctest.h>

#include <map>

#include "vectors.h"

namespace smartca {
namespace {

JsonError errorOfName(const std::string& name) {
    static const std::map<std::string, JsonError> errors{
        {"malformed", JsonError::Malformed},         {"tooDeep", JsonError::TooDeep},
        {"tooManyValues", JsonError::TooManyValues}, {"duplicateKey", JsonError::DuplicateKey},
        {"invalidUtf8", JsonError::InvalidUtf8},     {"trailingData", JsonError::TrailingData}};
    return errors.at(name);
}

std::string textOf(const nlohmann::json& vectorCase) {
    std::string text = vectorCase.contains("textHex")
                           ? bytesOfHex(vectorCase.at("textHex").get<std::string>())
                           : vectorCase.at("text").get<std::string>();
    const std::string repeated = vectorCase.value("textRepeat", "");
    for (int i = vectorCase.value("repeat", 0); i > 0; --i)
        text += repeated;
    return text + vectorCase.value("end", "");
}

}  // namespace

TEST_CASE("JSON from outside is read strictly and within bounds") {
    for (const auto& vectorCase : vectorCases("json_guard")) {
        CAPTURE(lineOf(vectorCase));
        const auto parsed = parseJson(textOf(vectorCase));
        REQUIRE(parsed.ok() == !vectorCase.contains("error"));
        if (!parsed)
            CHECK(nameOf(parsed.error()) == std::string(nameOf(errorOfName(vectorCase.at("error")))));
        else if (vectorCase.contains("write"))
            CHECK(writeJson(parsed.value()) == vectorCase.at("write").get<std::string>());
    }
}

TEST_CASE("the limits are the caller's") {
    CHECK(parseJson("[[1]]", {.depth = 2}).ok());
    CHECK(parseJson("[[1]]", {.depth = 1}).error() == JsonError::TooDeep);
    CHECK(parseJson("1", {.depth = 0}).ok());
    CHECK(parseJson("[1,2]", {.values = 3}).ok());
    CHECK(parseJson("[1,2]", {.values = 2}).error() == JsonError::TooManyValues);
}

TEST_CASE("what parses is written so that it parses to the same again") {
    for (const auto& vectorCase : vectorCases("json_guard")) {
        const auto parsed = parseJson(textOf(vectorCase));
        if (!parsed) continue;
        const auto again = parseJson(writeJson(parsed.value()));
        REQUIRE(again.ok());
        CHECK((again.value() == parsed.value()));
    }
}

TEST_CASE("bytes that are not UTF-8 are written as U+FFFD") {
    CHECK(writeJson(nlohmann::json("a\xFF\xED\xA0\x80")).find("\"a\uFFFD") == 0);
    CHECK(writeJson(nlohmann::json("\xC3")) == "\"\uFFFD\"");
}

TEST_CASE("large arrays inside arrays keep their places while they grow") {
    std::string text = "[[0";
    for (int i = 1; i < 5'000; ++i)
        text += "," + std::to_string(i);
    text += "],{\"a\":[1,2,{\"b\":3}],\"c\":4}]";
    const auto parsed = parseJson(text);
    REQUIRE(parsed.ok());
    CHECK(writeJson(parsed.value()) == text);
}

}  // namespace smartca
