#include "proxy/upstream/certificate_status.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "proxy/base/file.h"

using namespace smartca;
using namespace smartca::upstream;

TEST_CASE("every spelling of the vectors is read as the status that it means") {
    const auto file = base::readFile(SMARTCA_VECTORS "/certificate_status.json");
    REQUIRE(file);
    const auto vectors = nlohmann::json::parse(*file);
    for (const auto& one : vectors.at("cases")) {
        const auto code = one.at("code").get<std::string>();
        const auto words = one.at("words").get<std::string>();
        CAPTURE(code);
        CAPTURE(words);
        CHECK(nameOf(statusOfWords(code, words)) == one.at("status").get<std::string>());
    }
}
