#include "proxy/x509/certificate.h"

#include <doctest/doctest.h>

#include "issuing.h"

using namespace smartca;
using namespace smartca::x509;
using namespace smartca::x509::test;

TEST_CASE("a certificate tells its serial number, names and validity") {
    const auto summary = readSummary(issue().der());
    REQUIRE(summary);
    CHECK(summary->serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(summary->commonName == "Nguyễn Văn A");
    CHECK(summary->subject == "UID=CCCD:001099000001,CN=Nguyễn Văn A,ST=HÀ NỘI,C=VN");
    CHECK(summary->issuer == summary->subject);
    CHECK(summary->validFrom == kNow - kYear);
    CHECK(summary->validTo == kNow + kYear);
}

TEST_CASE("a serial number with a leading zero octet is given without it") {
    CHECK(readSummary(issue({.serial = "AEB7"}).der())->serial == "aeb7");
}

TEST_CASE("characters that mean something in a name are escaped") {
    const auto summary = readSummary(issue({.subject = {{"CN", "A, B + C"}}}).der());
    REQUIRE(summary);
    CHECK(summary->commonName == "A, B + C");
    CHECK(summary->subject == "CN=A\\, B \\+ C");
}

TEST_CASE("a BMPString is read as text") {
    CHECK(readSummary(issue({.subject = {{"CN", utf16(u"Nguyễn"), V_ASN1_BMPSTRING}}}).der())->commonName ==
          "Nguyễn");
}

TEST_CASE("a subject without a common name is named by its organisation, or by nothing") {
    CHECK(readSummary(issue({.subject = {{"O", "VNPT"}}}).der())->commonName == "VNPT");
    CHECK(readSummary(issue({.subject = {{"C", "VN"}}}).der())->commonName.empty());
    CHECK(readSummary(issue({.subject = {{"O", "VNPT"}, {"CN", "   "}}}).der())->commonName == "VNPT");
    CHECK(readSummary(issue({.subject = {{"CN", " "}, {"CN", "Trần Thị B"}}}).der())->commonName ==
          "Trần Thị B");
}

TEST_CASE("an authority's certificate says that it is one") {
    CHECK(readSummary(issue(authoritySpec("VNPT SmartCA RS")).der())->isAuthority);
    CHECK_FALSE(readSummary(issue().der())->isAuthority);
}

TEST_CASE("dates beyond 2049 are read") {
    constexpr Instant k2060 = 2'840'140'800;
    CHECK(readSummary(issue({.validTo = k2060}).der())->validTo == k2060);
}

TEST_CASE("a date without seconds or without a zone is read as UTC, whatever RFC 5280 says") {
    const Instant minute = kNow - kNow % 60;
    const std::string der = issue({.validFrom = minute, .validTo = minute + kYear}).der();
    // Without the last octets of notAfter, in a validity, a body and a certificate that are as much shorter.
    const auto withoutLast = [&der](std::size_t count, const std::string& end) {
        std::string changed = der;
        const auto validity = changed.find("\x30\x1e\x17\x0d");
        REQUIRE(validity != std::string::npos);
        const auto notAfter = validity + 2 + 15;
        for (const std::size_t length : {std::size_t{3}, std::size_t{7}, validity + 1, notAfter + 1})
            changed[length] = static_cast<char>(changed[length] - static_cast<char>(count));
        return changed.replace(notAfter + 2 + 13 - count - end.size(), count + end.size(), end);
    };
    for (const std::string& each : {withoutLast(1, ""), withoutLast(3, ""), withoutLast(2, "Z")}) {
        const auto summary = readSummary(each);
        REQUIRE(summary);
        CHECK(summary->validFrom == minute);
        CHECK(summary->validTo == minute + kYear);
    }
    CHECK_FALSE(readSummary(withoutLast(1, "x")));
}

TEST_CASE("what is no certificate is nothing, whatever is cut off or changed") {
    const std::string der = issue().der();
    CHECK_FALSE(readSummary(""));
    CHECK_FALSE(readSummary("MII"));
    for (std::size_t size = 0; size < der.size(); ++size)
        CHECK_FALSE(readSummary(der.substr(0, size)));
    for (std::size_t i = 0; i < der.size(); ++i) {
        std::string changed = der;
        changed[i] = static_cast<char>(changed[i] ^ 0xff);
        static_cast<void>(readSummary(changed));  // must not crash; some changes still are a certificate
    }
}

TEST_CASE("a certificate says how long it is, whatever stands after it") {
    const std::string der = issue().der();
    CHECK(readSummary(der)->size == der.size());
    CHECK(readSummary(der + std::string(40, '\0'))->size == der.size());
    CHECK(readSummary(der + "\n")->serial == "540101014e4653549c5a6fdcb9c89999");
}

TEST_CASE("serial numbers that no certificate may have are read all the same, and called irregular") {
    const auto read = [](const std::string& serial) { return *readSummary(issue({.serial = serial}).der()); };
    CHECK(read("0").serial == "00");
    CHECK(read("-5").serial == "fb");
    CHECK(read("01" + std::string(40, '0')).serial == "01" + std::string(40, '0'));
    for (const char* serial : {"0", "-5", "-80", "800000000000000000000000000000000000000000"})
        CHECK_FALSE(read(serial).isSerialRegular);
    for (const char* serial : {"1", "80", "7f11111111111111111111111111111111111111"})
        CHECK(read(serial).isSerialRegular);
}
