#include "proxy/upstream/certificate_answer.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "issuing.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

Json item(const std::string& serial = "01") {
    return {{"cert_data", base64Of(issue({.serial = serial}).der)}};
}
Json success(const Json& code = 200) {
    return {{"status_code", code},
            {"message", "Success"},
            {"data", {{"user_certificates", {item("01"), item("02")}}}}};
}
Json refusal(int code, const std::string& message) {
    return {{"status_code", code}, {"message", message}, {"data", nullptr}};
}

std::size_t countIn(const Json& answer, int http = 200) {
    auto read = readCertificateAnswer(http, answer.dump());
    REQUIRE(read);
    return read.value().certificates.size();
}
base::Fault errorOf(const std::string& body, int http = 200) {
    auto read = readCertificateAnswer(http, body);
    REQUIRE_FALSE(read);
    return read.error();
}
ProblemCode faultOf(const Json& answer, int http = 200) {
    return errorOf(answer.dump(), http).code;
}

}  // namespace

TEST_CASE("success is status_code 200, as a number or as text, or 0 with data") {
    CHECK(countIn(success(200)) == 2);
    CHECK(countIn(success("200")) == 2);
    CHECK(countIn(success(0)) == 2);
    CHECK(faultOf(refusal(0, "Success")) == ProblemCode::UpstreamNonsense);
}

TEST_CASE("a success without a list is an identity without certificates") {
    CHECK(countIn(refusal(200, "Success")) == 0);
    CHECK(countIn({{"status_code", 200}}) == 0);
    CHECK(countIn({{"status_code", 200}, {"data", Json::object()}}) == 0);
    CHECK(countIn({{"status_code", 200}, {"data", {{"user_certificates", nullptr}}}}) == 0);
    CHECK(countIn({{"status_code", 200}, {"data", {{"user_certificates", Json::array()}}}}) == 0);
}

TEST_CASE("an answer wrapped in responseBody is unwrapped, as an object, as text, or twice") {
    CHECK(countIn({{"responseBody", success()}}) == 2);
    CHECK(countIn({{"responseBody", success().dump()}}) == 2);
    CHECK(countIn({{"responseBody", {{"responseBody", success()}}}}) == 2);
}

TEST_CASE("a certificate that is there again is left out with a note") {
    Json answer = success();
    Json& list = answer["data"]["user_certificates"];
    list.push_back(Json(list[0]));
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK(read.value().certificates.size() == 2);
    CHECK(read.value().notes ==
          std::vector<std::string>{"certificate 3 of 3 left out: it stands there before"});
}

TEST_CASE("two issuers may use the same serial number: their certificates are two") {
    Json answer = success();
    answer["data"]["user_certificates"].push_back(
        Json{{"cert_data", base64Of(issue({.subject = {{"CN", "Signs itself"}}, .serial = "01"}).der)}});
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    REQUIRE(read.value().certificates.size() == 3);
    CHECK(read.value().certificates[0].serial == read.value().certificates[2].serial);
    CHECK(read.value().notes.empty());
}

TEST_CASE("an item that cannot be read is left out with a note, the others stay") {
    Json answer = success();
    answer["data"]["user_certificates"][0]["cert_data"] = "garbage";
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK(read.value().certificates.size() == 1);
    CHECK(read.value().notes ==
          std::vector<std::string>{"certificate 1 of 2 left out: cert_data is missing or no base64"});
}

TEST_CASE("401 that names the SP account is a matter of our credentials") {
    for (const char* message : {"sp_id or sp_password invalid", "SP_PASSWORD không hợp lệ"}) {
        CHECK(faultOf(refusal(401, message), 200) == ProblemCode::UpstreamCredentials);
        CHECK(faultOf(refusal(401, message), 401) == ProblemCode::UpstreamCredentials);
    }
}

TEST_CASE("401 that names the subscriber is an identity without certificates") {
    for (const char* message : {"user_id invalid", "User not found", "Không tìm thấy thuê bao",
                                "Thuê bao không tồn tại", "Chung thu khong ton tai"}) {
        CAPTURE(message);
        CHECK(countIn(refusal(401, message), 200) == 0);
        CHECK(countIn(refusal(401, message), 401) == 0);
    }
    CHECK(countIn(refusal(404, "user not found"), 404) == 0);
    CHECK(countIn(refusal(400, "certificate not found"), 400) == 0);
}

TEST_CASE("any other refusal keeps SmartCA's words") {
    CHECK(faultOf(refusal(401, "SP_CREDENTIAL_INVALID")) == ProblemCode::UpstreamRefused);
    CHECK(faultOf(refusal(403, "CREDENTIAL_STATUS_INVALID")) == ProblemCode::UpstreamRefused);
    CHECK(faultOf(refusal(400, "user_id invalid"), 400) == ProblemCode::UpstreamRefused);
    CHECK(faultOf(refusal(500, "SERVAR_INTERNAL_ERROR"), 500) == ProblemCode::UpstreamRefused);
    const base::Fault error = errorOf(refusal(500, "Lỗi\r\nhệ thống\x1B").dump());
    CHECK(error.message == "Lỗi hệ thống");
    CHECK(error.detail == "SmartCA answered status_code 500");
    CHECK(errorOf(refusal(500, std::string(1000, 'x')).dump()).message.size() == 200);
    CHECK(errorOf(R"({"status_code":500,"message":{"a":1}})").message.empty());
}

TEST_CASE("what is not the SP769 envelope is nonsense") {
    for (const char* body :
         {"", "<html>502 Bad Gateway</html>", "[]", "null", "\"text\"", "{}", "{\"status_code\":null}",
          "{\"status_code\":\"ok\"}", "{\"status_code\":200.5}", "{\"status_code\":-1}",
          "{\"status_code\":99999999999999999999}", "{\"status_code\":200,\"status_code\":401}",
          "{\"status_code\":200,\"data\":[]}", "{\"status_code\":200,\"data\":\"x\"}",
          "{\"status_code\":200,\"data\":{\"user_certificates\":{}}}", "{\"status_code\":200} x",
          "{\"status_code\":200,\"message\":\"\xFF\"}", "{\"responseBody\":\"{\"}"}) {
        CAPTURE(body);
        CHECK(errorOf(body).code == ProblemCode::UpstreamNonsense);
    }
}

TEST_CASE("an answer nested too deeply is nonsense, not a crash") {
    CHECK(errorOf(std::string(100'000, '[')).code == ProblemCode::UpstreamNonsense);
    Json wrapped = success();
    for (int i = 0; i < 8; ++i)
        wrapped = Json{{"responseBody", wrapped}};
    CHECK(faultOf(wrapped) == ProblemCode::UpstreamNonsense);
}

TEST_CASE("an HTTP error that claims success is nonsense") {
    CHECK(faultOf(success(), 500) == ProblemCode::UpstreamNonsense);
    CHECK(errorOf("<html>", 503).detail.starts_with("HTTP 503"));
}
