// The search over the certificates that were found: what it shows, and what it says of how much that is.
#include <doctest/doctest.h>

#include "looking.h"

using namespace smartca;
using namespace smartca::app;

namespace {

constexpr const char* kSought = "5401014e26e8762494efdfe2d30770a9";

std::vector<RegisteredCertificate> twelve() {
    std::vector<RegisteredCertificate> certificates;
    for (int i = 10; i < 21; ++i)
        certificates.push_back(found("54010123" + std::to_string(i) + "4e7624a9", CertificateStatus::Active));
    certificates.push_back(found(kSought, CertificateStatus::Active, "Vũ Thị Thu Hằng"));
    certificates.back().serviceName = "SMARTCA BUSINESS";
    return certificates;
}

}  // namespace

TEST_CASE("a serial number is found in every way in which it is written, and as it is shown shortened") {
    Script script;
    look(script, twelve());
    for (const std::string written :
         {kSought, "5401014E26E8762494EFDFE2D30770A9", "54 01 01 4e 26 e8 76 24 94 ef df e2 d3 07 70 a9",
          "54:01:01:4e:26:e8:76:24:94:ef:df:e2:d3:07:70:a9", "005401014e26e8762494efdfe2d30770a9",
          "0x5401014e26e8762494efdfe2d30770a9", "Serial: 5401014e26e8762494efdfe2d30770a9", "54 01 01 4e 26",
          "26e87", "111660370417039206993258594257653428393", "…0770a9", "5401014e26e8…0770a9",
          "5401014e26e8...0770a9"}) {
        script.type(ControlKind::PickSearch, written);
        CAPTURE(written);
        CHECK(script.dialog().lookup.rows == std::vector<std::uint16_t>{11});
    }
    // None has these in this order, though each holds all of the pairs.
    script.type(ControlKind::PickSearch, "4e 01 54");
    CHECK(script.said == "0 of 12 shown");
}

TEST_CASE("words are found wherever they stand in name and service, and all of them must be there") {
    Script script;
    look(script, twelve());
    for (const std::string words : {"hằng SMARTCA", "business hang", "Vũ Thị Thu Hằng · SMARTCA BUSINESS",
                                    "Hằng, SMARTCA", "hằng 0770a9"}) {
        script.type(ControlKind::PickSearch, words);
        CAPTURE(words);
        CHECK(script.dialog().lookup.rows == std::vector<std::uint16_t>{11});
    }
    script.type(ControlKind::PickSearch, "hằng ESEAL");
    CHECK(script.said == "0 of 12 shown");
    script.type(ControlKind::PickSearch, "张伟");
    CHECK(script.said == "0 of 12 shown");
    script.type(ControlKind::PickSearch, "· ");
    CHECK(script.said == "12 of 12 shown");
}

TEST_CASE("what could not be read is searched as well, by what is known of it, and counts") {
    Script script;
    look(script, twelve(), {{"54010176", "Trần Quốc Bảo", "ESEAL"}, {"54010177", "Lê Hoàng Phúc", ""}});
    for (const auto& [words, said] : {std::pair<std::string, std::string>{"quoc bao", "1 of 14 shown"},
                                      {"54 01 01 77", "1 of 14 shown"},
                                      {"bao eseal", "1 of 14 shown"},
                                      {"nguyen van a", "11 of 14 shown"},
                                      {"Đinh", "0 of 14 shown"},
                                      {"540101", "14 of 14 shown"}}) {
        script.type(ControlKind::PickSearch, words);
        CAPTURE(words);
        CHECK(script.said == said);
    }
}

TEST_CASE("one of which name or serial number is not known may be the one that is sought: it stays") {
    Script script;
    look(script, twelve(), {{}, {"54010176", "", ""}, {"", "Trần Quốc Bảo", ""}, {"54010177", "An", ""}});
    script.type(ControlKind::PickSearch, "Đinh");
    CHECK(script.said == "3 of 16 shown");
}
