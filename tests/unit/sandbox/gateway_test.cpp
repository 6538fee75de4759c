// get_certificate as VNPT documents it.
#include "fixture.h"
#include "proxy/sandbox/certificate_item.h"

namespace smartca::sandbox {
namespace {

Answer lookUp(const Json& request) {
    return Gateway(demoVault(), demoOptions()).certificates(WireRequest(request.dump()));
}

Json itemsOf(const std::string& identity, const std::string& serial = {}) {
    Json request = requestFor(identity);
    request["serial_number"] = serial;
    const Answer answer = lookUp(request);
    REQUIRE(answer.status == 200);
    return answer.data.at("user_certificates");
}

std::vector<std::string> keysOf(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

std::vector<std::string> statusesOf(const std::string& identity) {
    std::vector<std::string> texts;
    for (const Json& item : itemsOf(identity))
        texts.push_back(item.at("cert_status"));
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the envelope has status_code, message and data") {
    CHECK(keysOf(lookUp(requestFor("0100684378")).envelope()) == Texts{"status_code", "message", "data"});
}

TEST_CASE("an item has the keys of VNPT's sample, in its order") {
    const Json item = itemsOf("0100684378").at(0);
    CHECK(keysOf(item) == Texts{"service_type", "service_name", "cert_id", "cert_status", "serial_number",
                                "cert_subject", "cert_valid_from", "cert_valid_to", "cert_data", "chain_data",
                                "transaction_id"});
    CHECK(item.at("service_type") == "ESEAL");
    CHECK(item.at("cert_id").get<std::string>().size() == 36);
    CHECK(item.at("cert_valid_from").get<std::string>().size() == std::string("2023-07-18T09:12:00Z").size());
    CHECK(item.at("transaction_id") == "SP_CA_09940");
    CHECK(keysOf(item.at("chain_data")) == Texts{"ca_cert", "root_cert"});
}

TEST_CASE("the integrated package's item is short") {
    for (const Json& item : itemsOf("012345678"))
        CHECK(keysOf(item) == Texts{"cert_id", "cert_data", "chain_data", "serial_number", "transaction_id"});
}

TEST_CASE("newer answers carry a status code too") {
    CHECK(itemsOf("001099000001").at(0).at("cert_status_code") == "VALID");
    CHECK(itemsOf("001099000001").at(1).at("cert_status_code") == "EXPIRED");
}

TEST_CASE("the status is Vietnamese, and follows the dates") {
    CHECK(statusesOf("001099000001") == Texts{"Đang hoạt động", "Đã hết hạn", "Đang hoạt động"});
    CHECK(statusesOf("079305123456") == Texts{"Đã hết hạn"});
    CHECK(statusesOf("048201000002") == Texts{"Đã thu hồi"});
    GatewayOptions later = demoOptions();
    later.clock = [] { return systemClock() + 30 * 86'400; };
    const Answer answer =
        Gateway(demoVault(), later).certificates(WireRequest(requestFor("B1234567").dump()));
    CHECK(statusesOf("B1234567") == Texts{"Đang hoạt động"});
    CHECK(answer.data.at("user_certificates").at(0).at("cert_status") == "Đã hết hạn");
}

TEST_CASE("cert_data is the certificate that the other keys describe") {
    for (const char* id : {"001099000001", "0100684378", "012345678"}) {
        for (const Json& item : itemsOf(id)) {
            std::string text = item.at("cert_data");
            text.erase(
                std::remove_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }),
                text.end());
            const auto der = fromBase64(text);
            REQUIRE(der.has_value());
            const auto* at = reinterpret_cast<const unsigned char*>(der->data());
            const Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der->size())));
            REQUIRE(certificate != nullptr);
            CHECK(serialOf(*certificate) == item.at("serial_number").get<std::string>());
            if (item.contains("cert_subject"))
                CHECK(subjectOf(*certificate) == item.at("cert_subject").get<std::string>());
        }
    }
}

TEST_CASE("some cert_data is broken into lines with CRLF, some chains have no root") {
    CHECK(itemsOf("0100684378").at(0).at("cert_data").get<std::string>().substr(76, 2) == "\r\n");
    CHECK(itemsOf("001099000001").at(0).at("cert_data").get<std::string>().find('\r') == std::string::npos);
    CHECK(itemsOf("079305123456").at(0).at("chain_data").at("root_cert").is_null());
    CHECK(itemsOf("001099000001").at(0).at("chain_data").at("root_cert").is_string());
}

TEST_CASE("the demo's identities have as many certificates as promised") {
    CHECK(itemsOf("001099000001").size() == 3);
    CHECK(itemsOf("079305123456").size() == 1);
    CHECK(itemsOf("0100684378").size() == 3);
    CHECK(itemsOf("B1234567").size() == 1);
    CHECK(itemsOf("012345678").size() == 2);
    CHECK(itemsOf("031200000009").empty());
    CHECK(itemsOf("092099000777").size() == 25);
    CHECK(demoVault().identities.size() > 40);
}

TEST_CASE("a serial picks one certificate, in either case; an unknown one none") {
    const std::string serial = demoIdentity("001099000001").certificates.at(2).serial;
    std::string upper = serial;
    for (char& digit : upper)
        digit = digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    CHECK(itemsOf("001099000001", serial).at(0).at("serial_number") == serial);
    CHECK(itemsOf("001099000001", upper).size() == 1);
    CHECK(itemsOf("001099000001", "540101ffffffffffffffffffffffffff").empty());
    CHECK(itemsOf("001099000001", "not a serial").empty());
}

TEST_CASE("a branch is known in one spelling only") {
    CHECK(itemsOf("0100686209-199").size() == 1);
    CHECK(lookUp(requestFor("0100686209199")).status == 401);
    CHECK(itemsOf("0101243150001").size() == 1);
    CHECK(lookUp(requestFor("0101243150-001")).status == 401);
}

TEST_CASE("wrong credentials and an unknown identity are both 401, told apart by the message") {
    Json request = requestFor("001099000001");
    request["sp_password"] = "wrong";
    CHECK(lookUp(request).envelope().dump() ==
          R"({"status_code":401,"message":"sp_id or sp_password invalid","data":null})");
    request = requestFor("001099000001");
    request["sp_id"] = "other.apps.smartcaapi.com";
    CHECK(lookUp(request).message == "sp_id or sp_password invalid");
    CHECK(lookUp(requestFor("999999999999")).envelope().dump() ==
          R"({"status_code":401,"message":"user_id invalid","data":null})");
}

TEST_CASE("a malformed request is 400") {
    const Gateway gateway(demoVault(), demoOptions());
    for (const char* body : {"", "not json", "[]", "\"text\"", "{}", "\xff"})
        CHECK(gateway.certificates(WireRequest(body)).status == 400);
    for (const char* key : {"sp_id", "sp_password", "user_id", "transaction_id"}) {
        Json request = requestFor("001099000001");
        request.erase(key);
        CHECK(lookUp(request).message == std::string(key) + " is required");
        request[key] = 7;
        CHECK(lookUp(request).status == 400);
    }
}

TEST_CASE("serial_number may be missing or null, transaction_id empty") {
    Json request = requestFor("001099000001");
    request["serial_number"] = nullptr;
    request["transaction_id"] = "";
    CHECK(lookUp(request).data.at("user_certificates").size() == 3);
    request.erase("serial_number");
    CHECK(lookUp(request).status == 200);
}

TEST_CASE("a request nested a hundred thousand deep is only a malformed one") {
    const Gateway gateway(demoVault(), demoOptions());
    const std::string deep = R"({"sp_id":)" + std::string(100'000, '[') + std::string(100'000, ']') + '}';
    CHECK(gateway.certificates(WireRequest(deep)).status == 400);
}

}  // namespace smartca::sandbox
