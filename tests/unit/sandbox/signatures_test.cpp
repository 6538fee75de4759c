// Hash signing over /v1 (confirmed in the phone) and /v2 (one-time code).
#include "fixture.h"
#include "proxy/sandbox/signing.h"

namespace smartca::sandbox {
namespace {

constexpr std::int64_t kNow = 1'795'000'000;

// A gateway whose time a test moves; 2026-11-18, when the demo's certificates of today may be younger than
// that clock.
struct Signing {
    std::int64_t now = systemClock();
    Gateway gateway{demoVault(), [this] {
                        GatewayOptions options = demoOptions();
                        options.clock = [this] { return now; };
                        return options;
                    }()};

    static Json request(const char* identity) {
        Json request = requestFor(identity);
        request["sign_files"] = Json::array({{{"data_to_be_signed", hexOf(sha256Of("hợp đồng"))},
                                              {"doc_id", "HD-1"},
                                              {"file_type", "pdf"},
                                              {"sign_type", "hash"}}});
        return request;
    }
    Json otpRequest() const {
        Json request = Signing::request("0100684378");
        request["serial_number"] = demoIdentity("0100684378").certificates.at(0).serial;
        request["password"] = "Sandbox@769";
        request["otp"] = totpAt("00112233445566778899AABBCCDDEEFF", now);
        return request;
    }
    Answer sign(const Json& request) { return gateway.sign(WireRequest(request.dump())); }
    Answer signWithOtp(const Json& request) { return gateway.signWithOtp(WireRequest(request.dump())); }
    Answer confirm(const Json& request) { return gateway.confirm(WireRequest(request.dump())); }
};

// Does the first signature of an answer verify with that certificate over the document's hash?
bool verifies(const Answer& answer, const RegisteredCertificate& certificate) {
    const auto signature =
        fromBase64(answer.data.at("signatures").at(0).at("signature_value").get<std::string>());
    const std::string hash = sha256Of("hợp đồng");
    EVP_PKEY* key = X509_get0_pubkey(certificate.credential.certificate.get());
    const std::unique_ptr<EVP_PKEY_CTX, OpenSslFree> context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_verify_init(context.get());
    EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256());
    const auto octets = [](const std::string& text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    return signature && EVP_PKEY_verify(context.get(), octets(*signature), signature->size(), octets(hash),
                                        hash.size()) == 1;
}

}  // namespace

TEST_CASE_FIXTURE(Signing, "signing waits for the phone, then the signature verifies") {
    const Answer begun = sign(request("001099000001"));
    CHECK(begun.message == "sig_wait_for_user_confirm");
    CHECK(begun.data.at("transaction_id") == "SP_CA_09940");
    CHECK(gateway.signatureStatus("SP_CA_09940").data.at("signatures").is_null());
    now += 5;
    const Answer done = gateway.signatureStatus(begun.data.at("tran_code").get<std::string>());
    CHECK(done.data.at("signatures").at(0).at("doc_id") == "HD-1");
    CHECK(verifies(done, demoIdentity("001099000001").certificates.at(0)));
}

TEST_CASE_FIXTURE(Signing, "an EC key signs as well") {
    const Json wanted = request("001099001015");
    REQUIRE(sign(wanted).status == 200);
    CHECK(gateway.decide("SP_CA_09940", Gateway::Decision::Confirm));
    CHECK(verifies(gateway.signatureStatus("SP_CA_09940"), demoIdentity("001099001015").certificates.at(0)));
}

TEST_CASE_FIXTURE(Signing, "a declined signature is REJECTED, one nobody asks about in time EXPIRED") {
    REQUIRE(sign(request("001099000001")).status == 200);
    CHECK(gateway.decide("SP_CA_09940", Gateway::Decision::Reject));
    CHECK(gateway.signatureStatus("SP_CA_09940").message == "REJECTED");
    Json second = request("001099000001");
    second["transaction_id"] = "SP_CA_2";
    REQUIRE(sign(second).status == 200);
    now += 300;
    CHECK(gateway.signatureStatus("SP_CA_2").message == "EXPIRED");
    CHECK_FALSE(gateway.decide("SP_CA_2", Gateway::Decision::Confirm));
}

TEST_CASE_FIXTURE(Signing, "a certificate that is revoked, expired or not there cannot sign") {
    CHECK(sign(request("048201000002")).status == 403);
    CHECK(sign(request("079305123456")).status == 403);
    CHECK(sign(request("031200000009")).status == 403);
}

TEST_CASE_FIXTURE(Signing, "what is not a hash is not signed, and a transaction_id serves once") {
    Json odd = request("001099000001");
    odd["sign_files"][0]["data_to_be_signed"] = "abcd";
    CHECK(sign(odd).status == 400);
    odd["sign_files"] = Json::array({"text"});
    CHECK(sign(odd).status == 400);
    odd.erase("sign_files");
    CHECK(sign(odd).status == 400);
    CHECK(sign(request("001099000001")).status == 200);
    CHECK(sign(request("001099000001")).status == 400);
    CHECK(gateway.signatureStatus("nobody's").status == 400);
}

TEST_CASE_FIXTURE(Signing, "a business account signs with password and one-time code, without the phone") {
    const Json begin = otpRequest();
    const Answer begun = signWithOtp(begin);
    REQUIRE(begun.status == 200);
    CHECK(begun.data.at("expired_in") == 299);
    Json confirmation = requestFor("0100684378");
    confirmation["password"] = "Sandbox@769";
    confirmation["sad"] = begun.data.at("sad");
    now += 10;
    const Answer done = confirm(confirmation);
    REQUIRE(done.status == 200);
    CHECK(done.data.at("expired_in") == 289);
    CHECK(verifies(done, demoIdentity("0100684378").certificates.at(0)));
}

TEST_CASE_FIXTURE(Signing, "a wrong password, a wrong code, another sad or a late confirmation is refused") {
    Json wrong = otpRequest();
    wrong["password"] = "guess";
    CHECK(signWithOtp(wrong).message == "user_id or password invalid");
    wrong = otpRequest();
    wrong["otp"] = totpAt("00112233445566778899AABBCCDDEEFF", now - 120);
    CHECK(signWithOtp(wrong).message == "otp invalid");
    wrong = otpRequest();
    wrong["serial_number"] = "";
    CHECK(signWithOtp(wrong).status == 400);
    const Answer begun = signWithOtp(otpRequest());
    REQUIRE(begun.status == 200);
    Json confirmation = requestFor("0100684378");
    confirmation["password"] = "Sandbox@769";
    confirmation["sad"] = "eyJ.eyJ.x";
    CHECK(confirm(confirmation).message == "sad invalid");
    confirmation["sad"] = begun.data.at("sad");
    now += 300;
    CHECK(confirm(confirmation).message == "EXPIRED");
}

TEST_CASE("one-time codes are RFC 6238's, with one step of grace") {
    const std::string key = "00112233445566778899AABBCCDDEEFF";
    CHECK(totpAt("12345678901234567890", 59) == "287082");  // RFC 6238, appendix B, last six digits
    CHECK(totpAt("12345678901234567890", 1'111'111'109) == "081804");
    CHECK(totpAt(key, 59) == "123527");
    CHECK(totpAt(key, 1'234'567'890) == "016221");
    CHECK(totpMatches(key, totpAt(key, kNow - 30), kNow));
    CHECK_FALSE(totpMatches(key, totpAt(key, kNow - 90), kNow));
    CHECK_FALSE(totpMatches(key, "", kNow));
}

}  // namespace smartca::sandbox
