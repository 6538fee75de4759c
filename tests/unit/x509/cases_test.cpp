// The certificates of tests/cases: each is odd in its own way, as certificates in use are, and has to be read.
#include <doctest/doctest.h>

#include <filesystem>

#include "proxy/base/file.h"
#include "proxy/x509/certificate.h"

using namespace smartca;
using namespace smartca::x509;

namespace {

const std::string kFolder = SMARTCA_VECTORS "/../cases/certificates/";

struct Case {
    std::string file;
    std::string serial;
    std::string commonName;
    std::string subject;
    Instant validTo = 1'830'297'600;  // 2028-01-01
};

// Everything but the name is the same in most of them.
std::string subjectOf(const std::string& commonName) {
    return "UID=CCCD:001099000001,CN=" + commonName + ",ST=HÀ NỘI,C=VN";
}

const std::vector<Case> kCases = {
    {"badutf8", "540101014e4653549c5a6fdcb9c8000a", "Nguy\uFFFDn V\uFFFDn",
     subjectOf("Nguy\uFFFDn V\uFFFDn")},
    {"neg-serial", "d40101014e4653549c5a6fdcb9c89999", "Serial am", subjectOf("Serial am")},
    {"nfd", "540101014e4653549c5a6fdcb9c80009", "Nguyễn Văn A", subjectOf("Nguyễn Văn A")},
    {"nocn", "540101014e4653549c5a6fdcb9c80017", "CÔNG TY TNHH ABC",
     "UID=MST:0100684378,O=CÔNG TY TNHH ABC,C=VN"},
    {"oddcn", "540101014e4653549c5a6fdcb9c8001b", "#A=B, \"C\" <D>; E\\F + G ",
     subjectOf(R"(\#A=B\, \"C\" \<D\>\; E\\F \+ G\ )")},
    {"printable-utf8", "540101014e4653549c5a6fdcb9c80008", "Nguyễn Văn A", subjectOf("Nguyễn Văn A")},
    {"serial21", "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a", "Serial 21", subjectOf("Serial 21")},
    {"t61-latin1", "540101014e4653549c5a6fdcb9c80004", "Muñoz", subjectOf("Muñoz")},
    {"twouid", "540101014e4653549c5a6fdcb9c80018", "Trần Thị B",
     R"(UID=CCCD:001099000001,UID=MST:0100686209-199,CN=Trần Thị B,title=Giám đốc,)"
     R"(O=CÔNG TY TNHH MTV \"SAO\, MAI\" \+ CON,C=VN)"},
    {"utc-offset", "540101014e4653549c5a6fdcb9c8000d", "UTC+7", subjectOf("UTC\\+7")},
    {"y2099", "540101014e4653549c5a6fdcb9c8000b", "Nam 2099", subjectOf("Nam 2099"), 4'102'444'799},
};

}  // namespace

TEST_CASE("every certificate of the cases is read as it stands beside it, by both readers") {
    for (const Case& one : kCases) {
        CAPTURE(one.file);
        const auto der = base::readFile(kFolder + one.file + ".der");
        REQUIRE(der);
        const auto summary = readSummary(*der);
        REQUIRE(summary);
        CHECK(summary->serial == one.serial);
        CHECK(summary->commonName == one.commonName);
        CHECK(summary->subject == one.subject);
        CHECK(summary->issuer == "CN=VNPT-CA SmartCA Test,O=VNPT Test,C=VN");
        CHECK(isoOf(summary->validFrom) == "2025-01-01T00:00:00Z");
        CHECK(isoOf(summary->validTo) == isoOf(one.validTo));
        const auto content = readContent(*der);
        REQUIRE(content);
        CHECK(content->serial == one.serial);
        CHECK(content->subject.text == one.subject);
        CHECK(content->validTo == one.validTo);
        CHECK(content->publicKey.bits == 2048);
        CHECK(content->signatureAlgorithm == "RSA-SHA256");
    }
}

TEST_CASE("no certificate of the cases is forgotten") {
    const auto files = std::filesystem::directory_iterator(kFolder);
    CHECK(static_cast<std::size_t>(std::distance(begin(files), end(files))) == kCases.size());
}
