// The gateway over real TLS, and the sandbox's own controls.
#include <openssl/ssl.h>

#include "fixture.h"

namespace smartca::sandbox {

TEST_CASE_FIXTURE(RunningSandbox,
                  "a look-up over TLS that verifies against ca.pem is answered and stands in the ledger") {
    const RawAnswer answer = lookUp();
    CHECK(answer.ending == Ending::Closed);
    CHECK(answer.status() == 200);
    CHECK(Json::parse(answer.body()).at("data").at("user_certificates").size() == 3);
    const Json ledger = Json::parse(send("GET", "/sandbox/ledger").body());
    CHECK(ledger.at("total") == 1);
    const Json entry = ledger.at("entries").at(0);
    CHECK(entry.at("transaction_id") == "SP_CA_09940");
    CHECK(entry.at("user_id") == "001099000001");
    CHECK(entry.at("received_at").get<std::string>().size() ==
          std::string("2026-11-22T08:04:00.123Z").size());
    CHECK(ledger.dump().find(kDemoSpPassword) == std::string::npos);
    CHECK(send("DELETE", "/sandbox/ledger").status() == 204);
    CHECK(Json::parse(send("GET", "/sandbox/ledger").body()).at("total") == 0);
}

TEST_CASE_FIXTURE(RunningSandbox, "TLS 1.1 is refused, 1.2 is not") {
    RawRequest request{demoRoot(), port};
    request.path = "/sandbox/health";
    request.highestTls = TLS1_1_VERSION;
    CHECK(sendRaw(request).ending == Ending::NoConnection);
    request.highestTls = TLS1_2_VERSION;
    CHECK(sendRaw(request).status() == 200);
}

TEST_CASE_FIXTURE(RunningSandbox,
                  "v2 of get_certificate is the same, any other path is unknown, and GET is no way in") {
    const std::string body = requestFor("001099000001").dump();
    CHECK(send("POST", "/sca/sp769/v2/credentials/get_certificate", body).status() == 200);
    CHECK(send("POST", "/sca/sp769/v3/credentials/get_certificate", body).status() == 404);
    CHECK(send("GET", "/sca/sp769/v1/credentials/get_certificate").status() == 404);
}

TEST_CASE_FIXTURE(RunningSandbox, "refusals have the HTTP status of their envelope") {
    Json request = requestFor("001099000001");
    request["sp_password"] = "wrong";
    CHECK(send("POST", "/sca/sp769/v1/credentials/get_certificate", request.dump()).status() == 401);
    CHECK(send("POST", "/sca/sp769/v1/credentials/get_certificate", "{").status() == 400);
}

TEST_CASE_FIXTURE(RunningSandbox, "a transaction is decided by hand") {
    Json request = requestFor("001099000001");
    request["sign_files"] = Json::array({{{"data_to_be_signed", hexOf(sha256Of("x"))}, {"doc_id", "1"}}});
    CHECK(send("POST", "/sca/sp769/v1/signatures/sign", request.dump()).status() == 200);
    CHECK(send("POST", "/sandbox/transactions/SP_CA_09940", R"({"decision":"maybe"})").status() == 400);
    CHECK(send("POST", "/sandbox/transactions/SP_CA_09940", R"({"decision":"confirm"})").status() == 200);
    const RawAnswer status = send("POST", "/sca/sp769/v1/signatures/sign/SP_CA_09940/status", "{}");
    CHECK(Json::parse(status.body()).at("data").at("signatures").size() == 1);
    CHECK(send("POST", "/sandbox/transactions/SP_CA_09940", R"({"decision":"reject"})").status() == 404);
}

TEST_CASE_FIXTURE(RunningSandbox, "a port that is taken is an error, not shared") {
    SandboxServer second(demoVault(), demoOptions(), demoPlan(), {60, systemClock});
    const auto bound = second.bind("127.0.0.1", port);
    REQUIRE(!bound.ok());
    CHECK(bound.error().find("Address already in use") != std::string::npos);
}

}  // namespace smartca::sandbox
