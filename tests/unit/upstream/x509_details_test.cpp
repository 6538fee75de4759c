#include "proxy/upstream/x509_details.h"

#include <doctest/doctest.h>

#include "issuing.h"

using namespace smartca;
using namespace smartca::upstream;

TEST_CASE("a certificate tells its serial number, names and validity") {
    const auto details = readCertificate(issue().der);
    REQUIRE(details);
    CHECK(details->serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(details->commonName == "Nguyễn Văn A");
    CHECK(details->subject == "UID=CCCD:001099000001,CN=Nguyễn Văn A,ST=HÀ NỘI,C=VN");
    CHECK(details->issuer == details->subject);
    CHECK(details->validFrom == kValidFrom);
    CHECK(details->validTo == kValidTo);
}

TEST_CASE("a serial number with a leading zero octet is given without it") {
    CHECK(readCertificate(issue({.serial = "AEB7"}).der)->serial == "aeb7");
}

TEST_CASE("characters that mean something in a name are escaped") {
    const auto details = readCertificate(issue({.subject = {{"CN", "A, B + C"}}}).der);
    REQUIRE(details);
    CHECK(details->commonName == "A, B + C");
    CHECK(details->subject == "CN=A\\, B \\+ C");
}

TEST_CASE("a BMPString is read as text") {
    CHECK(readCertificate(issue({.subject = {{"CN", "Nguyen"}}, .encoding = TextEncoding::Bmp}).der)
              ->commonName == "Nguyen");
}

TEST_CASE("a subject without a common name has an empty one") {
    CHECK(readCertificate(issue({.subject = {{"O", "VNPT"}}}).der)->commonName.empty());
}

TEST_CASE("dates beyond 2049 are read") {
    constexpr Instant k2060 = 2'840'140'800;
    CHECK(readCertificate(issue({.validTo = k2060}).der)->validTo == k2060);
}

TEST_CASE("what is no certificate is nothing, whatever is cut off, added or changed") {
    const std::string der = issue().der;
    CHECK_FALSE(readCertificate(""));
    CHECK_FALSE(readCertificate("MII"));
    CHECK_FALSE(readCertificate(der + "x"));
    for (std::size_t size = 0; size < der.size(); ++size)
        CHECK_FALSE(readCertificate(der.substr(0, size)));
    for (std::size_t i = 0; i < der.size(); ++i) {
        std::string changed = der;
        changed[i] = static_cast<char>(changed[i] ^ 0xff);
        static_cast<void>(readCertificate(changed));  // must not crash; some changes still are a certificate
    }
}

TEST_CASE("serial numbers that no certificate may have are refused") {
    CHECK_FALSE(readCertificate(issue({.serial = "0"}).der));
    CHECK_FALSE(readCertificate(issue({.serial = "-5"}).der));
    CHECK_FALSE(readCertificate(issue({.serial = "01" + std::string(40, '0')}).der));
}
