#include "shared/distinguished_name.h"

#include <doctest/doctest.h>

#include "vectors.h"

namespace smartca {

TEST_CASE("a subject is read into its attributes") {
    for (const auto& vectorCase : vectorCases("distinguished_name")) {
        CAPTURE(lineOf(vectorCase));
        const std::string subject = vectorCase.at("subject");
        auto attributes = nlohmann::json::array();
        for (const Argument& attribute : parseDistinguishedName(subject))
            attributes.push_back({attribute.name, attribute.value});
        CHECK(attributes == vectorCase.at("attributes"));
        if (!vectorCase.contains("values")) continue;
        const Arguments values = placeholderValues(subject);
        for (const auto& [name, value] : vectorCase.at("values").items())
            CHECK(attributeOf(values, name) == value.get<std::string>());
    }
}

TEST_CASE("the first of several attributes counts, and a missing one is empty") {
    const auto name = parseDistinguishedName("UID=MST:1,UID=CCCD:2");
    CHECK(attributeOf(name, "UID") == "MST:1");
    CHECK(attributeOf(name, "CN").empty());
}

TEST_CASE("a subject that is not UTF-8 gives valid UTF-8") {
    CHECK(attributeOf(parseDistinguishedName("CN=a\xFF"), "CN") == "a\uFFFD");
    CHECK(attributeOf(parseDistinguishedName("CN=a,\xFF"), "CN") == "a,\uFFFD");
}

TEST_CASE("a megabyte of separators, quotes or escapes is read in linear time") {
    for (const char c : {',', '"', '\\', '=', ' '})
        CHECK(parseDistinguishedName(std::string(1'000'000, c)).size() <= 1);
    std::string many;
    for (int i = 0; i < 200'000; ++i)
        many += "CN=a,";
    CHECK(parseDistinguishedName(many).size() == 200'000);
}

}  // namespace smartca
