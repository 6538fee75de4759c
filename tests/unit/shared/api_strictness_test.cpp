// What is not as the contract says is refused, with the place where it stands.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "shared/api.h"
#include "shared/json_guard.h"

namespace smartca {
namespace {

using nlohmann::json;

template <class Parse>
std::string pointerOf(Parse parse, std::string_view text) {
    const auto value = parseJson(text);
    REQUIRE(value.ok());
    const auto result = parse(value.value());
    if (result.ok()) return "accepted";
    CHECK_FALSE(result.error().reason.empty());
    return result.error().pointer;
}

}  // namespace

TEST_CASE("a draft that is not as the contract says is refused where it differs") {
    const auto pointer = [](std::string_view text) { return pointerOf(parseDraft, text); };
    CHECK(pointer(R"({"userId":7,"identity":"1"})") == "accepted");
    CHECK(pointer(R"([])").empty());
    CHECK(pointer(R"(null)").empty());
    CHECK(pointer(R"({"identity":"1"})") == "/userId");
    CHECK(pointer(R"({"userId":7})") == "/identity");
    CHECK(pointer(R"({"userId":"7","identity":"1"})") == "/userId");
    CHECK(pointer(R"({"userId":7.0,"identity":"1"})") == "/userId");
    CHECK(pointer(R"({"userId":-1,"identity":"1"})") == "/userId");
    CHECK(pointer(R"({"userId":2147483648,"identity":"1"})") == "/userId");
    CHECK(pointer(R"({"userId":18446744073709551615,"identity":"1"})") == "/userId");
    CHECK(pointer(R"({"userId":7,"identity":null})") == "/identity");
    CHECK(pointer(R"({"userId":7,"identity":"1","serial":1})") == "/serial");
    CHECK(pointer(R"({"userId":7,"identity":"1","businessAccount":true})") == "/businessAccount");
    CHECK(pointer(R"({"userId":7,"identity":"1","businessAccount":{"password":"p"}})") ==
          "/businessAccount/secretKey");
    CHECK(pointer(R"({"userId":7,"identity":"1","businessAccount":{"password":1,"secretKey":"k"}})") ==
          "/businessAccount/password");
    CHECK(
        pointer(
            R"({"userId":7,"identity":"1","businessAccount":{"password":"p","secretKey":"k","otp":"1"}})") ==
        "/businessAccount/otp");
    CHECK(pointer(R"({"userId":7,"identity":"1","signatureText":null})") == "/signatureText");
    CHECK(pointer(R"({"userId":7,"identity":"1","displayMode":"text"})") == "/displayMode");
    CHECK(pointer(R"({"userId":7,"identity":"1","displayMode":2})") == "/displayMode");
    CHECK(pointer(R"({"userId":7,"identity":"1","signatureImage":"x"})") == "/signatureImage");
    CHECK(
        pointer(
            R"({"userId":7,"identity":"1","signatureImage":{"name":"a","mediaType":"image/gif","data":""}})") ==
        "/signatureImage/mediaType");
    CHECK(
        pointer(
            R"({"userId":7,"identity":"1","signatureImage":{"name":"a","mediaType":"image/png","data":"?"}})") ==
        "/signatureImage/data");
    CHECK(
        pointer(
            R"({"userId":7,"identity":"1","signatureImage":{"name":"a","mediaType":"image/png","data":"","path":"/etc/passwd"}})") ==
        "/signatureImage/path");
    CHECK(pointer(R"({"userId":7,"identity":"1","passwörd/~":""})") == "/passwörd~1~0");
}

TEST_CASE("a file name of absurd length is refused") {
    const std::string name(256, 'a');
    CHECK(pointerOf(parseDraft, R"({"userId":7,"identity":"1","signatureImage":{"name":")" + name +
                                    R"(","mediaType":"image/png","data":""}})") == "/signatureImage/name");
}

TEST_CASE("requests refuse unknown members, answers ignore them") {
    CHECK(pointerOf(parseLookupRequest, R"({"identity":"1","extra":1})") == "/extra");
    CHECK(pointerOf(parseCertificateChange, R"({"isDefault":true,"userId":1})") == "/userId");
    CHECK(pointerOf(parseLookupAnswer, R"({"identity":"1","certificates":[],"extra":1})") == "accepted");
    CHECK(pointerOf(parseDefaults, R"({"company":{"theme":"dark"},"user":null,"extra":1})") == "accepted");
    CHECK(pointerOf(parseProblem, R"({"code":"internal","extra":{}})") == "accepted");
}

TEST_CASE("a fault inside a list is told with its index") {
    CHECK(pointerOf(parseLookupAnswer, R"({"identity":"1","certificates":[1]})") == "/certificates/0");
    CHECK(pointerOf(parseLookupAnswer, R"({"identity":"1","certificates":{}})") == "/certificates");
    const json certificate =
        toJson(LookupAnswer{"1", {RegisteredCertificate{.validTo = 1}}}).at("certificates").at(0);
    json broken = certificate;
    broken["validTo"] = "yesterday";
    const json answer{{"identity", "1"}, {"certificates", {certificate, broken}}};
    CHECK(parseLookupAnswer(answer).error().pointer == "/certificates/1/validTo");
    broken["validTo"] = certificate.at("validTo");
    broken["status"] = "Active";
    CHECK(parseLookupAnswer({{"identity", "1"}, {"certificates", {broken}}}).error().pointer ==
          "/certificates/0/status");
}

TEST_CASE("the first fault is the one that is told") {
    CHECK(pointerOf(parseLookupRequest, R"({"identity":1,"userId":"x","extra":1})") == "/identity");
}

TEST_CASE("an answer from a newer proxy with unknown fields in a list of fields is readable") {
    const auto session = parseSession({{"locale", "en"},
                                       {"may", {"create"}},
                                       {"imageBytes", 1},
                                       {"saves", {"signatureText", "stamp"}},
                                       {"now", "2026-01-01T00:00:00Z"}});
    REQUIRE(session.ok());
    CHECK((session.value().saves == std::vector<Field>{Field::SignatureText}));
}

TEST_CASE("a problem with an unknown code or broken findings is refused") {
    CHECK(pointerOf(parseProblem, R"({"code":"teapot"})") == "/code");
    CHECK(pointerOf(parseProblem, R"({})") == "/code");
    CHECK(pointerOf(parseProblem,
                    R"({"code":"findings","findings":[{"field":"serial","code":"nope","arguments":{}}]})") ==
          "/findings/0/code");
    CHECK(pointerOf(
              parseProblem,
              R"({"code":"findings","findings":[{"field":"serial","code":"required","arguments":[]}]})") ==
          "/findings/0/arguments");
    CHECK(
        pointerOf(
            parseProblem,
            R"({"code":"findings","findings":[{"field":"serial","code":"required","arguments":{"count":3}}]})") ==
        "/findings/0/arguments");
}

TEST_CASE("statuses and types have names that are read back") {
    for (const auto name : kCertificateStatuses)
        CHECK(nameOf(certificateStatusOfName(name).value()) == name);
    for (const auto type : {CertificateType::SmartCa, CertificateType::Business})
        CHECK(certificateTypeOfName(nameOf(type)) == type);
    CHECK_FALSE(certificateStatusOfName("ACTIVE"));
    CHECK_FALSE(certificateTypeOfName(""));
}

}  // namespace smartca
