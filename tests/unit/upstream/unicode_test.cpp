#include "proxy/upstream/unicode.h"

#include <doctest/doctest.h>

using namespace smartca::upstream;

TEST_CASE("composed and decomposed, upper and lower case compare equal") {
    CHECK(comparable("ĐANG HOẠT ĐỘNG") == comparable("đang hoạt động"));
    CHECK(comparable("hoa\xCC\xA3t") == comparable("hoạt"));
    CHECK(comparable("dang hoat dong") != comparable("đang hoạt động"));
    CHECK(comparable("\xFF\xFE").empty());
}

TEST_CASE("words compare equal without accents where that is asked for") {
    CHECK(comparableWithoutAccents("Không tìm thấy THUÊ BAO") == "khong tim thay thue bao");
    CHECK(comparableWithoutAccents("Đăng ký") == "dang ky");
}

TEST_CASE("a message is made one line without characters that control or hide") {
    CHECK(cleaned(" a\r\n\tb\x1B[31m\xE2\x80\xAE c ", 200) == "a b[31m c");
    CHECK(cleaned(std::string("a\0b", 3), 200) == "ab");
    CHECK(cleaned("\xFF", 200) == "\xEF\xBF\xBD");
}

TEST_CASE("a message is cut at whole characters") {
    CHECK(cleaned("đđđđ", 2) == "đđ");
    CHECK(cleaned("", 2).empty());
}
