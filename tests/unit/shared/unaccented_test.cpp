#include "shared/unaccented.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace smartca {

TEST_CASE("a name is compared without case, accents and doubled blanks, in either normal form") {
    CHECK(unaccented("  Trần  Thị\u00A0ĐÀO ") == "tran thi dao");
    CHECK(unaccented("Tr\u0061\u0302\u0300n Th\u0069\u0323") == "tran thi");
    CHECK(unaccented("NGUYỄN VĂN ƯỚC") == "nguyen van uoc");
    CHECK(unaccented("Ðinh ÐỨC ðạt Ɖinh ɖức") == "dinh duc dat dinh duc");  // they look like "Đ"
    CHECK(unaccented("") == "");
    CHECK(unaccented("王 A\xFF") == "王 a\uFFFD");
}

TEST_CASE("the same words in the same order are the same name") {
    CHECK(sameName("Nguyễn Văn A", "nguyen van a"));
    CHECK(sameName("Công ty Cổ phần An Bình", "CONG TY CO PHAN AN BINH"));
    CHECK(sameName("Hà Thu", "HÀ  THU"));
    CHECK_FALSE(sameName("Nguyễn Văn A", "Nguyễn Văn An"));
    CHECK_FALSE(sameName("Nguyễn Văn A", "Nguyễn Văn A A"));
    CHECK_FALSE(sameName("Nguyễn Văn A", "Nguyễn A"));
    CHECK_FALSE(sameName("", ""));
    CHECK_FALSE(sameName("Lê", ""));
}

TEST_CASE("a name with the family name behind or the given name in front is the same, either way round") {
    const std::pair<std::string, std::string> same[] = {{"Nguyễn Văn A", "Văn A Nguyễn"},
                                                        {"Nguyễn Văn A", "A Nguyễn Văn"},
                                                        {"Lê Tuấn Anh", "TUAN ANH LE"},
                                                        {"Lê Tuấn Anh", "Anh Lê Tuấn"},
                                                        {"Trần Thị Bích Ngọc", "Thị Bích Ngọc Trần"},
                                                        {"VU Y NHI", "Ý Nhi Vũ"},
                                                        {"Đặng Thị Ngọc Ước", "Ước Đặng Thị Ngọc"}};
    for (const auto& [name, western] : same) {
        CAPTURE(western);
        CHECK(sameName(name, western));
        CHECK(sameName(western, name));
        CHECK_FALSE(sameWords(name, western));
    }
}

TEST_CASE("the same words in any other order are another name") {
    const std::pair<std::string, std::string> others[] = {
        // Brothers and sisters: the middle and the given name change places.
        {"Lê Tuấn Anh", "Lê Anh Tuấn"},
        {"Lê Tuấn Anh", "LE ANH TUAN"},
        {"Nguyễn Thị Hà Thu", "Nguyễn Thị Thu Hà"},
        {"Trần Minh Hoàng", "TRAN HOANG MINH"},
        {"Phạm Ngọc Minh Anh", "Phạm Ngọc Anh Minh"},
        {"Phạm Ngọc Minh Anh", "Phạm Minh Anh Ngọc"},
        // The whole name backwards is theirs, too.
        {"Lê Tuấn Anh", "Anh Tuan Le"},
        {"Lê Tuấn Anh", "Tuan Le Anh"},
        // Two words say nothing of which is which.
        {"Hà Thu", "Thu Hà"},
        {"Lê Minh", "Minh Lê"},
        {"An Bình", "Bình An"},
        // Companies.
        {"Công ty Cổ phần An Bình", "Công ty Cổ phần Bình An"},
        {"Công ty Cổ phần An Bình", "Bình Công ty Cổ phần An"},
        {"An Bình Phát", "Bình Phát An"},
        // More than one may be the family's.
        {"Lê Hoàng Anh", "Hoàng Anh Lê"},
        {"Lê Trần Anh", "Anh Lê Trần"},
        {"Trần Minh Hoàng", "Hoàng Trần Minh"},
        {"Nguyễn Thị Hà", "Hà Nguyễn Thị"},
        // None is.
        {"Minh Anh Thu", "Anh Thu Minh"}};
    for (const auto& [name, other] : others) {
        CAPTURE(name);
        CAPTURE(other);
        CHECK_FALSE(sameName(name, other));
        CHECK_FALSE(sameName(other, name));
    }
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
    CHECK(sameName("Đinh Quốc Toàn", "Ðinh Quốc Toàn"));
    CHECK(sameName("ĐINH QUỐC TOÀN", "Ɖinh Quốc Toàn"));
    CHECK(sameName("Đinh Quốc Toàn", "ðinh quốc toàn"));
}

}  // namespace smartca
