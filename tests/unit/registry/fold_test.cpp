#include "proxy/registry/fold.h"

#include <doctest/doctest.h>

using smartca::registry::folded;
using smartca::registry::foldedNumber;
using smartca::registry::RowKeys;
using smartca::registry::rowKeys;
using smartca::registry::searchKey;

TEST_CASE("folding takes away accents and case") {
    CHECK(folded("Nguyễn Văn A") == "nguyen van a");
    CHECK(folded("TRẦN THỊ BÍCH NGỌC") == "tran thi bich ngoc");
    CHECK(folded("Hương Thuỷ ượng") == "huong thuy uong");
}

TEST_CASE("đ and Đ fold to d, though Unicode does not decompose them") {
    CHECK(folded("Đặng Đình Đức") == "dang dinh duc");
    CHECK(folded("ĐỖ đạt") == "do dat");
    // What older fonts and converters have in its place, which looks the same.
    CHECK(folded("Ðinh ÐỨC ðạt") == "dinh duc dat");
    CHECK(folded("Ɖinh ɖức") == "dinh duc");
}

TEST_CASE("composed and decomposed spellings fold to the same") {
    CHECK(folded("Nguye\xCC\x82\xCC\x83n") == folded("Nguy\xE1\xBB\x85n"));
}

TEST_CASE("full-width letters and digits fold to ASCII") {
    CHECK(folded("ＡＢ１２") == "ab12");
}

TEST_CASE("blanks of every kind become one space and none at the ends") {
    CHECK(folded("  Lê \t\r\n Hoàng\xC2\xA0Phúc ") == "le hoang phuc");
}

TEST_CASE("bytes that are no UTF-8, and NUL, are dropped") {
    CHECK(folded(std::string("a\xFF\xC3") + '\0' + "b") == "ab");
    CHECK(folded("").empty());
}

TEST_CASE("a number folds without the separators that group its digits") {
    CHECK(foldedNumber("0919 000 111") == "0919000111");
    CHECK(foldedNumber("54:01:0A-ff") == "54010aff");
    CHECK(foldedNumber("0100684378-001") == "0100684378001");
}

TEST_CASE("a search key has a blank before every word") {
    CHECK(searchKey({"nguyen van a", "", "user01"}) == " nguyen van a user01");
    CHECK(searchKey({}).empty());
}

TEST_CASE("a row is found by every name and number of it and its user, each name said once") {
    const RowKeys keys = rowKeys({.nickname = "Chữ ký",
                                  .commonName = "Nguyễn Văn An",
                                  .userName = "NGUYỄN VĂN A",
                                  .userCode = "HR-An",
                                  .userPhone = "0919 000 111",
                                  .serial = "54:01",
                                  .identity = "0100684378-001"});
    CHECK(keys.name == "chu ky");
    CHECK(keys.search == " chu ky nguyen van an 5401 0100684378001 hr-an 0919000111");
    const RowKeys another = rowKeys({.nickname = "",
                                     .commonName = "VNPT",
                                     .userName = "Đặng Đức",
                                     .userCode = "",
                                     .userPhone = "",
                                     .serial = "01",
                                     .identity = "1"});
    CHECK(another.name == "vnpt");
    CHECK(another.search == " vnpt dang duc 01 1");
}

TEST_CASE("a row without a name stands by its serial number, as it shows it") {
    CHECK(rowKeys({.nickname = "",
                   .commonName = "",
                   .userName = "A",
                   .userCode = "",
                   .userPhone = "",
                   .serial = "01",
                   .identity = ""})
              .name == "01");
}
