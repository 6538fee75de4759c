// The answers of tests/cases, each with what has to become of it (`should` there, in detail beside it).
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "proxy/base/file.h"
#include "proxy/upstream/certificate_answer.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

Json casesIn(const std::string& name) {
    const auto text = base::readFile(SMARTCA_VECTORS "/../cases/" + name);
    REQUIRE(text);
    return Json::parse(*text);
}

Json linesOf(const std::vector<SmartCaCertificate>& certificates) {
    Json lines = Json::array();
    for (const auto& certificate : certificates) {
        Json line = {certificate.serial, nameOf(certificate.status)};
        for (const auto note : certificate.notes)
            line.push_back(nameOf(note));
        lines.push_back(std::move(line));
    }
    return lines;
}

Json meaningOf(const Json& answer) {
    const Json& body = answer.at("body");
    const auto read = readCertificateAnswer(answer.at("http").get<int>(),
                                            body.is_string() ? body.get<std::string>() : body.dump());
    Json meaning = {{"name", answer.at("name")}};
    if (!read) {
        meaning["problem"] = nameOf(read.error().code);
        CHECK_FALSE(read.error().detail.empty());
        return meaning;
    }
    meaning["certificates"] = linesOf(read.value().certificates);
    for (const auto& one : read.value().unreadable)
        meaning["unreadable"].push_back({one.serial, one.commonName, one.serviceName});
    if (read.value().personUnknown) meaning["personUnknown"] = true;
    if (!read.value().notes.empty()) meaning["log"] = read.value().notes;
    return meaning;
}

}  // namespace

TEST_CASE("every answer of the cases is read as what it should be") {
    const Json answers = casesIn("smartca-answers.json");
    const Json expected = casesIn("smartca-answers.expected.json");
    REQUIRE(answers.size() == 49);
    REQUIRE(expected.size() == answers.size());
    for (std::size_t i = 0; i < answers.size(); ++i)
        CHECK(meaningOf(answers[i]).dump() == expected[i].dump());
}

TEST_CASE("what is certainly there is never told as none") {
    for (const Json& answer : casesIn("smartca-answers.json")) {
        const auto should = answer.at("should").get<std::string>();
        if (!should.starts_with("read") && should.find("never") == std::string::npos) continue;
        CAPTURE(should);
        const auto read = readCertificateAnswer(200, answer.at("body").dump());
        const bool isEmptyList = answer.at("name").get<std::string>().ends_with("user_certificates:[]}");
        CHECK((!read || !read.value().saysNone() || isEmptyList ||
               (read.value().personUnknown && should.starts_with("none"))));
    }
}
