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

}  // namespace smartca
