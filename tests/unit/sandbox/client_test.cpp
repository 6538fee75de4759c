// What VNPT's own clients do, with the comparisons that they make: letter by letter.
#include "fixture.h"
#include "proxy/sandbox/signing.h"

namespace smartca::sandbox {
namespace {

struct VnptClient : RunningSandbox {
    Json post(const std::string& path, const Json& body) const {
        const RawAnswer answer = send("POST", "/sca/sp769" + path, body.dump());
        REQUIRE(answer.status() == 200);
        return Json::parse(answer.body());
    }
    static Json signing(const char* identity, const std::string& serial, const std::string& transaction) {
        Json request = requestFor(identity);
        request["serial_number"] = serial;
        request["transaction_id"] = transaction;
        request["transaction_desc"] = "Hợp đồng";
        request["time_stamp"] = "20261129080000Z";
        request["sign_files"] = Json::array({{{"data_to_be_signed", hexOf(sha256Of("hợp đồng"))},
                                              {"doc_id", "HD-1"},
                                              {"file_type", "pdf"},
                                              {"sign_type", "hash"}}});
        return request;
    }
    std::string serialOf(const char* identity) const {
        const Json found = post("/v1/credentials/get_certificate", requestFor(identity));
        REQUIRE(found.at("message") == "Success");
        return found.at("data").at("user_certificates").at(0).at("serial_number");
    }
    Json statusOf(const std::string& transaction) const {
        return post("/v1/signatures/sign/" + transaction + "/status", Json::object());
    }
    static Json otpSigning(const char* identity, const std::string& serial, const std::string& transaction) {
        Json request = signing(identity, serial, transaction);
        request["password"] = "Sandbox@769";
        request["otp"] = totpAt("00112233445566778899AABBCCDDEEFF", systemClock());
        return request;
    }
};

bool isDashedUuid(const std::string& text) {
    return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[14] == '4' && text[18] == '-' &&
           text[23] == '-';
}

}  // namespace

TEST_CASE_FIXTURE(VnptClient, "certificate, signature, and status until it says SUCCESS") {
    const std::string serial = serialOf("001099000001");
    const Json begun = post("/v1/signatures/sign", signing("001099000001", serial, "SP_CA_1"));
    CHECK(begun.at("message") == "sig_wait_for_user_confirm");
    const std::string code = begun.at("data").at("tran_code");
    CHECK(isDashedUuid(code));
    CHECK(statusOf("SP_CA_1").at("message") == "sig_wait_for_user_confirm");
    CHECK(statusOf(code).at("message") == "sig_wait_for_user_confirm");
    CHECK(send("POST", "/sandbox/transactions/SP_CA_1", R"({"decision":"confirm"})").status() == 200);
    for (const std::string& transaction : {std::string("SP_CA_1"), code}) {
        const Json signature = statusOf(transaction);
        CHECK(signature.at("message") == "SUCCESS");
        CHECK(signature.at("data").at("signatures").at(0).at("signature_value").is_string());
    }
}

TEST_CASE_FIXTURE(VnptClient, "a GET of the status is answered 405") {
    const RawAnswer answer = send("GET", "/sca/sp769/v1/signatures/sign/SP_CA_1/status");
    CHECK(answer.status() == 405);
    CHECK(answer.header().find("Allow: POST") != std::string::npos);
}

TEST_CASE_FIXTURE(VnptClient, "with a one-time code: sig_wait_for_user_confirm beside sad, then Success") {
    const Json begun =
        post("/v2/signatures/sign", otpSigning("0100684378", serialOf("0100684378"), "SP_CA_2"));
    CHECK(begun.at("message") == "sig_wait_for_user_confirm");
    Json confirmation = requestFor("0100684378");
    confirmation["transaction_id"] = "SP_CA_2";
    confirmation["password"] = "Sandbox@769";
    confirmation["sad"] = begun.at("data").at("sad");
    CHECK(post("/v2/signatures/confirm", confirmation).at("message") == "Success");
}

TEST_CASE_FIXTURE(VnptClient,
                  "an account that falls back to the phone gets no sad, and its status ends in SUCCESS") {
    const Json begun =
        post("/v2/signatures/sign", otpSigning("0999999045", serialOf("0999999045"), "SP_CA_3"));
    CHECK(begun.at("message") == "sig_wait_for_user_confirm");
    CHECK_FALSE(begun.at("data").contains("sad"));
    CHECK(send("POST", "/sandbox/transactions/SP_CA_3", R"({"decision":"confirm"})").status() == 200);
    CHECK(statusOf("SP_CA_3").at("message") == "SUCCESS");
}

}  // namespace smartca::sandbox
