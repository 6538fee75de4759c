#include "proxy/base/unicode.h"

#include <doctest/doctest.h>

using namespace smartca::base;

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

TEST_CASE("the same text typed on different systems becomes the same bytes") {
    CHECK(composed("hoa\xCC\xA3t") == "hoạt");
    CHECK(composed("") == "");
    CHECK_FALSE(composed("\xFF"));
}

TEST_CASE("a search finds letters whatever form they were written in") {
    CHECK(searchable("ＭＩＮＨ Đức ﬁ") == "minh duc fi");
    CHECK(searchable("Ðinh Ɖức ð ɖ") == "dinh duc d d");
    CHECK(searchable("a\xE2\x80\x8B"
                     "b") == "ab");
}
