#include "shared/unaccented.h"

#include <doctest/doctest.h>

namespace smartca {

TEST_CASE("a name is compared without case, accents and doubled blanks, in either normal form") {
    CHECK(unaccented("  Trần  Thị\u00A0ĐÀO ") == "tran thi dao");
    CHECK(unaccented("Tr\u0061\u0302\u0300n Th\u0069\u0323") == "tran thi");
    CHECK(unaccented("NGUYỄN VĂN ƯỚC") == "nguyen van uoc");
    CHECK(unaccented("") == "");
    CHECK(unaccented("王 A\xFF") == "王 a\uFFFD");
}

TEST_CASE("the same words in another order are the same name") {
    CHECK(sameName("Nguyễn Văn A", "nguyen van a"));
    CHECK(sameName("Văn A Nguyễn", "Nguyễn Văn A"));
    CHECK_FALSE(sameName("Nguyễn Văn A", "Nguyễn Văn An"));
    CHECK_FALSE(sameName("Nguyễn Văn A", "Nguyễn Văn A A"));
    CHECK_FALSE(sameName("", ""));
}

TEST_CASE("names whose accents differ are two people's, unless one is written without any") {
    for (const char* other : {"Nguyễn Văn Ẩn", "Nguyễn Văn Án", "Nguyễn Vân An", "Nguyên Văn An",
                              "Nguyễn Van An", "An Nguyễn Vân", "Nguyễn Văn Ăn"}) {
        CAPTURE(other);
        CHECK_FALSE(sameName("Nguyễn Văn An", other));
        CHECK_FALSE(sameName(other, "NGUYỄN VĂN AN"));
        CHECK(sameName(other, "NGUYEN VAN AN"));
        CHECK(sameName("An Nguyen Van", other));
    }
    CHECK_FALSE(sameName("Đỗ Dung", "Đỗ Đung"));
    CHECK_FALSE(sameName("Lê Thu", "Lê Thư"));
    CHECK_FALSE(sameName("Lê Hoa", "Lê Hoả"));
}

TEST_CASE(
    "the same accents are the same in capitals, in either normal form, and on either vowel of a syllable") {
    CHECK(sameName("An Nguyễn Văn", "NGUYỄN VĂN AN"));
    CHECK(sameName("Đặng Thị Ngọc Ước", "ĐẶNG THỊ NGỌC ƯỚC"));
    CHECK(sameName("Nguyễn Hậu", "Nguye\u0302\u0303n Ha\u0323\u0302u"));
    CHECK(sameName("Đỗ Thưởng", "Đo\u0302\u0303 Thu\u031Bo\u031B\u0309ng"));
    CHECK(sameName("Vũ Ý Nhĩ", "VU\u0303 Y\u0301 NHI\u0303"));
    CHECK(sameName("Lê Hòa Thúy", "Lê Hoà Thuý"));
}

}  // namespace smartca
