#include "proxy/upstream/certificate_answer.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "issuing.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

const std::string& der() {
    static const std::string bytes = issue().der;
    return bytes;
}

// As the SP769 document has it.
Json fullItem() {
    return {{"service_type", "SMARTCA"},
            {"service_name", "SMARTCA PERSONAL PRO"},
            {"cert_id", "fcfffddf-2bed-4dda-8276-d00b4c3df6c9"},
            {"cert_status", "Đang hoạt động"},
            {"serial_number", "540101014e4653549c5a6fdcb9c89999"},
            {"cert_subject", "C=VN,ST=HÀ NỘI,CN=Nguyễn Văn A,UID=CMND:000000000"},
            {"cert_valid_from", "2023-07-18T09:12:00Z"},
            {"cert_valid_to", "2026-07-18T21:12:00Z"},
            {"cert_data", base64Of(der())},
            {"chain_data", {{"ca_cert", "MII"}, {"root_cert", nullptr}}},
            {"transaction_id", "SP_CA_09940"}};
}

}  // namespace

TEST_CASE("an item is taken as the wire has it") {
    const auto read = readCertificateItem(fullItem());
    REQUIRE(read);
    CHECK(read.value().serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(read.value().commonName == "Nguyễn Văn A");
    CHECK(read.value().subject == "C=VN,ST=HÀ NỘI,CN=Nguyễn Văn A,UID=CMND:000000000");
    CHECK(read.value().serviceType == "SMARTCA");
    CHECK(read.value().serviceName == "SMARTCA PERSONAL PRO");
    CHECK(read.value().statusText == "Đang hoạt động");
    CHECK(read.value().active);
    CHECK(isoOf(read.value().validFrom) == "2023-07-18T09:12:00Z");
    CHECK(isoOf(read.value().validTo) == "2026-07-18T21:12:00Z");
    CHECK(read.value().der == der());
}

TEST_CASE("keys that are missing are filled from the certificate") {
    const auto read = readCertificateItem({{"cert_data", base64Of(der())}});
    REQUIRE(read);
    CHECK(read.value().serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(read.value().subject == "UID=CCCD:001099000001,CN=Nguyễn Văn A,ST=HÀ NỘI,C=VN");
    CHECK(read.value().validFrom == kValidFrom);
    CHECK(read.value().validTo == kValidTo);
    CHECK(read.value().serviceType.empty());
    CHECK(read.value().active);
}

TEST_CASE("keys of another type, or unreadable dates, count as missing") {
    Json item = fullItem();
    item["cert_subject"] = 7;
    item["cert_valid_from"] = "next year";
    item["cert_status"] = nullptr;
    item["chain_data"] = Json::array({"MII"});
    const auto read = readCertificateItem(item);
    REQUIRE(read);
    CHECK(read.value().subject.starts_with("UID="));
    CHECK(read.value().validFrom == kValidFrom);
    CHECK(read.value().statusText.empty());
}

TEST_CASE("line breaks in base64 are tolerated") {
    std::string text = base64Of(der());
    for (std::size_t at = 64; at < text.size(); at += 66)
        text.insert(at, "\r\n");
    CHECK(readCertificateItem({{"cert_data", text + "\r\n"}}).ok());
}

TEST_CASE("a serial number on the wire may be written in another way, but not be another one") {
    Json item = fullItem();
    item["serial_number"] = "00:54:01:01:01:4E:46:53:54:9C:5A:6F:DC:B9:C8:99:99";
    CHECK(readCertificateItem(item).ok());
    item["serial_number"] = "540101014e4653549c5a6fdcb9c89998";
    CHECK(readCertificateItem(item).error() == "serial_number is not the certificate's");
}

TEST_CASE("an item without a readable certificate says why it is left out") {
    CHECK_FALSE(readCertificateItem(Json("text")));
    CHECK_FALSE(readCertificateItem(Json::object()));
    CHECK_FALSE(readCertificateItem({{"cert_data", nullptr}}));
    CHECK_FALSE(readCertificateItem({{"cert_data", ""}}));
    CHECK_FALSE(readCertificateItem({{"cert_data", "MII..."}}));
    CHECK(readCertificateItem({{"cert_data", base64Of("no certificate")}}).error() ==
          "cert_data is no X.509 certificate");
}

TEST_CASE("the code decides whether a certificate is active, else the words") {
    CHECK(isActive("VALID", ""));
    CHECK(isActive("valid", "Đã khoá"));
    CHECK_FALSE(isActive("REVOKED", "Đang hoạt động"));
    CHECK(isActive("", "ĐANG HOẠT ĐỘNG"));
    CHECK(isActive("",
                   "\xC4\x90"
                   "ang hoa\xCC\xA3t \xC4\x91o\xCC\xA3\xCC\x82ng"));
    CHECK(isActive("", "ACTIVE"));
    CHECK_FALSE(isActive("", "Inactive"));
    CHECK_FALSE(isActive("", "Đã thu hồi"));
    CHECK(isActive("", ""));
}
