// Answers that are served as they were written down.
#include "fixture.h"
#include "proxy/sandbox/stored_answers.h"

namespace smartca::sandbox {
namespace {

constexpr const char* kTwo = R"([
    {"name": "nobody", "http": 200, "should": "none", "body": {"status_code": 401, "message": "User not found"}},
    {"name": "maintenance", "http": 503, "should": "down", "body": "<html>503</html>"}])";

std::string mistakeIn(const char* text) {
    const auto answers = parseStoredAnswers(text);
    return answers.ok() ? std::string() : answers.error();
}

}  // namespace

TEST_CASE("the n-th stored answer belongs to a number that looks like a CCCD") {
    const auto answers = parseStoredAnswers(kTwo);
    REQUIRE(answers.ok());
    CHECK(describe(answers.value()).dump() ==
          R"([{"number":"001200000001","name":"nobody","should":"none"},)"
          R"({"number":"001200000002","name":"maintenance","should":"down"}])");
    CHECK(answers.value().at("001200000001").body == R"({"status_code":401,"message":"User not found"})");
}

TEST_CASE("a file of answers with a mistake says where it is") {
    CHECK(mistakeIn("{}") == "not a JSON array of answers");
    CHECK(mistakeIn(R"([{"name": "x"}])") == "answer 1: \"body\" is missing");
    CHECK(mistakeIn(R"([{"body": {}}, {"body": {}, "http": 100}])") ==
          "answer 2: \"http\" must be 200 to 599");
}

TEST_CASE("a sandbox with stored answers gives each to its number, and its own to the others") {
    auto answers = parseStoredAnswers(kTwo);
    REQUIRE(answers.ok());
    SandboxServer server(demoVault(), demoOptions(), demoPlan(), {60, systemClock},
                         std::move(answers).value());
    const auto bound = server.bind("127.0.0.1", 0);
    REQUIRE(bound.ok());
    std::thread serving([&] { server.run(); });
    const auto lookUp = [&](const std::string& number) {
        RawRequest request{demoRoot(), bound.value()};
        request.method = "POST";
        request.path = "/sca/sp769/v1/credentials/get_certificate";
        request.body = requestFor(number).dump();
        return sendRaw(request);
    };
    CHECK(lookUp("001200000001").body() == R"({"status_code":401,"message":"User not found"})");
    const RawAnswer down = lookUp("001200000002");
    CHECK(down.status() == 503);
    CHECK(down.body() == "<html>503</html>");
    CHECK(down.header().find("Retry-After: 120") != std::string::npos);
    CHECK(down.header().find("text/html") != std::string::npos);
    CHECK(Json::parse(lookUp("001099000001").body()).at("status_code") == 200);
    server.stop();
    serving.join();
}

TEST_CASE_FIXTURE(RunningSandbox, "the fault \"answer\" sends what it is given") {
    setFault({{"mode", "answer"},
              {"http", 429},
              {"headers", {{"Retry-After", "7"}}},
              {"body", {{"status_code", 429}}}});
    const RawAnswer answer = lookUp();
    CHECK(answer.status() == 429);
    CHECK(answer.body() == R"({"status_code":429})");
    CHECK(answer.header().find("Retry-After: 7") != std::string::npos);
    CHECK(send("POST", "/sandbox/faults", R"({"mode":"answer"})").status() == 400);
}

}  // namespace smartca::sandbox
