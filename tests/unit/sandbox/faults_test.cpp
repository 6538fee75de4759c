// Each fault misbehaves as its name says, seen by a client that keeps every octet.
#include <future>

#include "fixture.h"

namespace smartca::sandbox {
namespace {

using std::chrono::milliseconds;

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t announcedLength(const RawAnswer& answer) {
    const std::string header = answer.header();
    const std::size_t at = header.find("Content-Length: ");
    REQUIRE(at != std::string::npos);
    return std::stoul(header.substr(at + 16));
}

}  // namespace

TEST_CASE_FIXTURE(RunningSandbox, "delay answers late, and only as often as it was told to") {
    setFault({{"mode", "delay"}, {"milliseconds", 300}, {"count", 1}});
    const RawAnswer late = lookUp();
    CHECK(late.status() == 200);
    CHECK(late.firstOctet >= milliseconds(300));
    CHECK(lookUp().status() == 200);
    const Json state = Json::parse(send("GET", "/sandbox/faults").body());
    CHECK(state.at("fault").at("mode") == "none");
    CHECK(state.at("faults").at("delay") == 1);
    CHECK(state.at("faults").at("none") == 1);
    CHECK(state.at("requests").at("/sca/sp769/v1/credentials/get_certificate") == 2);
}

TEST_CASE_FIXTURE(RunningSandbox, "drop closes without an answer, after the request was counted") {
    setFault({{"mode", "drop"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.ending == Ending::Cut);
    CHECK(answer.octets.empty());
    const Json entry = Json::parse(send("GET", "/sandbox/ledger").body()).at("entries").at(0);
    CHECK(entry.at("fault") == "drop");
    CHECK(entry.at("status_code") == 200);
}

TEST_CASE_FIXTURE(RunningSandbox, "reset sends RST instead of an answer") {
    setFault({{"mode", "reset"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.ending == Ending::Reset);
    CHECK(answer.octets.empty());
}

TEST_CASE_FIXTURE(RunningSandbox, "resetInBody sends RST after half of the body") {
    setFault({{"mode", "resetInBody"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.ending == Ending::Reset);
    CHECK(answer.status() == 200);
    CHECK(answer.body().size() < announcedLength(answer));
}

TEST_CASE_FIXTURE(RunningSandbox, "hang accepts and never answers, until the fault is changed") {
    setFault({{"mode", "hang"}});
    const RawAnswer impatient = lookUp(milliseconds(200));
    CHECK(impatient.ending == Ending::Deadline);
    CHECK(impatient.octets.empty());
    auto patient = std::async(std::launch::async, [this] { return lookUp(); });
    while (Json::parse(send("GET", "/sandbox/ledger").body()).at("total") != 2)
        std::this_thread::sleep_for(milliseconds(10));
    setFault({{"mode", "none"}});
    CHECK(patient.get().ending == Ending::Cut);
    CHECK(lookUp().status() == 200);
}

TEST_CASE("a sandbox that holds requests stops at once") {
    std::future<RawAnswer> held;
    const auto start = std::chrono::steady_clock::now();
    {
        RunningSandbox sandbox;
        sandbox.setFault({{"mode", "hang"}});
        RawRequest request{demoRoot(), sandbox.port};
        request.method = "POST";
        request.path = "/sca/sp769/v1/credentials/get_certificate";
        held = std::async(std::launch::async, [request] { return sendRaw(request); });
        while (Json::parse(sandbox.send("GET", "/sandbox/ledger").body()).at("total") != 1)
            std::this_thread::sleep_for(milliseconds(10));
    }
    CHECK(held.get().ending == Ending::Cut);
    CHECK(std::chrono::steady_clock::now() - start < milliseconds(10'000));
}

TEST_CASE_FIXTURE(RunningSandbox, "truncated promises more than it sends") {
    setFault({{"mode", "truncated"}, {"size", 500}});
    const RawAnswer answer = lookUp();
    CHECK(announcedLength(answer) == answer.body().size() + 500);
    CHECK((answer.ending == Ending::Cut || answer.ending == Ending::Closed));
}

TEST_CASE_FIXTURE(RunningSandbox, "drip sends one byte at a time, slowly") {
    setFault({{"mode", "drip"}, {"milliseconds", 20}});
    const RawAnswer answer = lookUp(milliseconds(500));
    CHECK(answer.ending == Ending::Deadline);
    CHECK(answer.status() == 200);
    CHECK(answer.body().size() >= 3);
    CHECK(answer.body().size() <= 25);
    CHECK(answer.pieces >= 3);
}

TEST_CASE_FIXTURE(RunningSandbox, "garbage calls itself JSON and is not") {
    setFault({{"mode", "garbage"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.status() == 200);
    CHECK(contains(answer.header(), "application/json"));
    CHECK_FALSE(Json::accept(answer.body()));
}

TEST_CASE_FIXTURE(RunningSandbox, "html502 is a gateway's page") {
    setFault({{"mode", "html502"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.status() == 502);
    CHECK(contains(answer.header(), "text/html"));
    CHECK(contains(answer.body(), "<h1>502 Bad Gateway</h1>"));
}

TEST_CASE_FIXTURE(RunningSandbox, "busy asks to come back") {
    setFault({{"mode", "busy"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.status() == 503);
    CHECK(contains(answer.header(), "Retry-After: 1"));
}

TEST_CASE_FIXTURE(RunningSandbox, "redirect points at another host") {
    setFault({{"mode", "redirect"}});
    const RawAnswer answer = lookUp();
    CHECK(answer.status() == 307);
    CHECK(contains(answer.header(), "Location: https://elsewhere.invalid/"));
}

TEST_CASE_FIXTURE(RunningSandbox, "status500 and status403 are envelopes") {
    setFault({{"mode", "status500"}});
    CHECK(lookUp().status() == 500);
    CHECK(Json::parse(lookUp().body()).at("status_code") == 500);
    setFault({{"mode", "status403"}});
    CHECK(Json::parse(lookUp().body()).at("message") == "CREDENTIAL_STATUS_INVALID");
}

TEST_CASE_FIXTURE(RunningSandbox, "errorsAsHttp200 leaves the refusal to the envelope") {
    setFault({{"mode", "errorsAsHttp200"}});
    const RawAnswer answer =
        send("POST", "/sca/sp769/v1/credentials/get_certificate", requestFor("999999999999").dump());
    CHECK(answer.status() == 200);
    CHECK(Json::parse(answer.body()).at("status_code") == 401);
}

TEST_CASE_FIXTURE(RunningSandbox, "wrongContentType is the right answer under a wrong name") {
    setFault({{"mode", "wrongContentType"}});
    const RawAnswer answer = lookUp();
    CHECK(contains(answer.header(), "Content-Type: text/html"));
    CHECK(Json::parse(answer.body()).at("status_code") == 200);
}

TEST_CASE_FIXTURE(RunningSandbox, "hugeBody is valid JSON of the size asked for") {
    setFault({{"mode", "hugeBody"}, {"size", 2'000'000}});
    const std::string body = lookUp().body();
    CHECK(body.size() == 2'000'000);
    CHECK(Json::accept(body));
}

TEST_CASE_FIXTURE(RunningSandbox, "deepJson nests as deep as asked for") {
    setFault({{"mode", "deepJson"}, {"size", 5'000}});
    const std::string body = lookUp().body();
    CHECK(contains(body, std::string(5'000, '[')));
    CHECK(Json::accept(body));
}

TEST_CASE_FIXTURE(RunningSandbox, "invalidUtf8 is JSON but for its octets") {
    setFault({{"mode", "invalidUtf8"}});
    const std::string body = lookUp().body();
    CHECK(contains(body, "\xFF\xFE"));
    CHECK(contains(body, "user_certificates"));
    CHECK_FALSE(Json::accept(body));
}

TEST_CASE_FIXTURE(RunningSandbox, "duplicateKeys says 401 and 200") {
    setFault({{"mode", "duplicateKeys"}});
    CHECK(lookUp().body().rfind(R"({"status_code":401,"status_code":200,)", 0) == 0);
}

TEST_CASE_FIXTURE(RunningSandbox, "chunked has no length and small chunks") {
    setFault({{"mode", "chunked"}, {"size", 7}});
    const RawAnswer answer = lookUp();
    CHECK(contains(answer.header(), "Transfer-Encoding: chunked"));
    CHECK_FALSE(contains(answer.header(), "Content-Length"));
    CHECK(answer.body().rfind("7\r\n{\"statu\r\n7\r\n", 0) == 0);
    CHECK(answer.body().substr(answer.body().size() - 5) == "0\r\n\r\n");
}

TEST_CASE_FIXTURE(RunningSandbox, "legacyZero, emptyData, nullData and wrapped change the envelope") {
    const auto envelopeUnder = [this](const char* mode) {
        setFault({{"mode", mode}});
        const RawAnswer answer = lookUp();
        CHECK(answer.status() == 200);
        return Json::parse(answer.body());
    };
    const Json legacy = envelopeUnder("legacyZero");
    CHECK(legacy.at("status_code") == 0);
    CHECK(legacy.at("data").at("user_certificates").size() == 3);
    CHECK(envelopeUnder("emptyData").at("data").dump() == "{}");
    CHECK(envelopeUnder("nullData").at("data").is_null());
    CHECK(envelopeUnder("wrapped").at("responseBody").at("status_code") == 200);
}

TEST_CASE_FIXTURE(RunningSandbox, "html503 and html403 are pages, status401 and status429 envelopes") {
    setFault({{"mode", "html503"}});
    const RawAnswer maintenance = lookUp();
    CHECK(maintenance.status() == 503);
    CHECK(contains(maintenance.header(), "Retry-After: 120"));
    CHECK(contains(maintenance.body(), "<h1>503 Service"));
    setFault({{"mode", "html403"}});
    CHECK(lookUp().status() == 403);
    setFault({{"mode", "status401"}, {"message", "User not found"}});
    const RawAnswer unknown = lookUp();
    CHECK(unknown.status() == 401);
    CHECK(Json::parse(unknown.body()).at("message") == "User not found");
    setFault({{"mode", "status429"}});
    const RawAnswer busy = lookUp();
    CHECK(Json::parse(busy.body()).at("status_code") == 429);
    CHECK(contains(busy.header(), "Retry-After: 30"));
}

TEST_CASE_FIXTURE(RunningSandbox, "bom puts three octets before the right answer") {
    setFault({{"mode", "bom"}});
    CHECK(lookUp().body().rfind("\xEF\xBB\xBF{\"status_code\":200", 0) == 0);
}

TEST_CASE_FIXTURE(RunningSandbox, "interim sends 102 and 103 first") {
    setFault({{"mode", "interim"}});
    const std::string octets = lookUp().octets;
    CHECK(octets.rfind("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n", 0) == 0);
    CHECK(contains(octets, "\r\n\r\nHTTP/1.1 200 OK\r\n"));
}

TEST_CASE_FIXTURE(RunningSandbox, "untilClose and untilCut have no length, and end as they say") {
    for (const auto& [mode, ending] : {std::pair{"untilClose", Ending::Closed}, {"untilCut", Ending::Cut}}) {
        setFault({{"mode", mode}});
        const RawAnswer answer = lookUp();
        CHECK_FALSE(contains(answer.header(), "Content-Length"));
        CHECK_FALSE(contains(answer.header(), "Transfer-Encoding"));
        CHECK(Json::parse(answer.body()).at("status_code") == 200);
        CHECK(answer.ending == ending);
    }
}

TEST_CASE_FIXTURE(RunningSandbox, "longHead has that many octets of header fields") {
    setFault({{"mode", "longHead"}, {"size", 15'500}});
    const RawAnswer answer = lookUp();
    CHECK(answer.header().size() > 15'500);
    CHECK(answer.header().size() < 16'384);
    CHECK(Json::parse(answer.body()).at("status_code") == 200);
}

TEST_CASE_FIXTURE(RunningSandbox, "an unknown fault is refused and changes nothing") {
    setFault({{"mode", "status500"}});
    for (const char* body : {"", "{}", R"({"mode":"explode"})", R"({"mode":"delay","milliseconds":-1})",
                             R"({"mode":"delay","count":0})", R"({"mode":"delay","milliseconds":"1"})"}) {
        CHECK(send("POST", "/sandbox/faults", body).status() == 400);
    }
    CHECK(lookUp().status() == 500);
}

TEST_CASE_FIXTURE(RunningSandbox, "the sandbox's own paths are never faulty") {
    setFault({{"mode", "reset"}});
    const Json state = Json::parse(send("GET", "/sandbox/faults").body());
    CHECK(state.at("fault").at("mode") == "reset");
    CHECK(state.at("modes").size() == 36);
}

}  // namespace smartca::sandbox
