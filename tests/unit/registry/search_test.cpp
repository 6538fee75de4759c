#include "proxy/registry/search.h"

#include <doctest/doctest.h>

#include "proxy/registry/fold.h"

using smartca::registry::fits;
using smartca::registry::folded;
using smartca::registry::foldedNumber;
using smartca::registry::Needles;
using smartca::registry::plainSearches;
using smartca::registry::readingsOf;
using smartca::registry::rowKeys;
using smartca::registry::searchKey;

namespace {

Needles searchNeedles(std::string_view search) {
    return smartca::registry::searchNeedles(search, smartca::registry::Numbers::Joined);
}

bool finds(std::string_view key, std::string_view search) {
    return fits(key, readingsOf(search));
}

std::string rowOf(std::string_view serial, std::string_view identity) {
    return rowKeys({.nickname = "",
                    .commonName = "Nguyễn Văn An",
                    .userName = "Nguyễn Văn An",
                    .userCode = "USER01",
                    .userPhone = "0919 000 111",
                    .serial = serial,
                    .identity = identity})
        .search;
}

const std::string kRow = rowOf("540101014e4653549c5a6fdcb9c89999", "001099000001");

}  // namespace

// A user of the list: name, code, phone.
std::string userOf(std::string_view name, std::string_view code, std::string_view phone) {
    return searchKey({folded(name), folded(code), foldedNumber(phone)});
}

TEST_CASE("words of a search are looked for where a word begins") {
    CHECK(searchNeedles("  Văn   NGUYỄN ") == Needles{" van", " nguyen"});
    CHECK(searchNeedles("be-da") == Needles{" be-da"});
    CHECK(searchNeedles("\"Tập đoàn VNPT.\" (USER01)") == Needles{" tap", " doan", " vnpt", " user01"});
    CHECK(searchNeedles(" \t ").empty());
    CHECK(searchNeedles("y y y") == Needles{" y"});
}

TEST_CASE("a name with brackets, quotes or apostrophes is found by all of it, and by what stands in them") {
    for (const std::string_view name : {"Nguyễn Văn A (Kế toán trưởng)", "(Tạm) Hùng", "Công ty \"Hoa Sen\"",
                                        "Công ty “Hoa Sen”", "Cty ‹Việt› [Huế]", "O’Brien", "O'Brien"}) {
        CAPTURE(name);
        CHECK(finds(userOf(name, "USER14", ""), name));
    }
    CHECK(finds(userOf("Nguyễn Văn A (Kế toán trưởng)", "USER14", ""), "kế toán"));
    CHECK(finds(userOf("(Tạm) Hùng", "USER14", ""), "tam hung"));
    CHECK(finds(userOf("O’Brien", "USER14", ""), "o'brien"));
    CHECK(finds(userOf("Công ty “Hoa Sen”", "USER14", ""), "\"hoa sen\""));
}

TEST_CASE("every word of a search counts, however many there are") {
    CHECK(searchNeedles("a b c d e f g h i j").size() == 10);
    const std::string travel =
        userOf("Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh", "USER14", "0919000014");
    const std::string bank =
        userOf("Ngân hàng Thương mại Cổ phần Đầu tư và Phát triển Việt Nam - Chi nhánh Hà Nội", "USER16", "");
    CHECK(finds(travel, "Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh"));
    CHECK(finds(travel, "Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh · USER14"));
    CHECK(finds(bank, "Ngân hàng Thương mại Cổ phần Đầu tư và Phát triển Việt Nam - Chi nhánh Hà Nội"));
    for (const char* search :
         {"Công ty Trách nhiệm Hữu hạn Một thành viên Thương mại Đông Á",
          "Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh USER15",
          "Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh 0919000015",
          "Ngân hàng Thương mại Cổ phần Đầu tư và Phát triển Việt Nam - Chi nhánh Đà Nẵng"}) {
        CAPTURE(search);
        CHECK_FALSE(finds(travel, search));
        CHECK_FALSE(finds(bank, search));
    }
}

TEST_CASE("numbers of a search are looked for anywhere, without separators") {
    CHECK(searchNeedles("0919.000.111") == Needles{"0919000111"});
    CHECK(searchNeedles("54:01:01:4E") == Needles{"5401014e"});
    CHECK(searchNeedles("001 (919)") == Needles{"001", "919"});
    CHECK(searchNeedles("0919 00 01") == Needles{"09190001"});
}

TEST_CASE("what can be meant in one way is looked for once") {
    for (const char* search : {"nguyen an", "540101014e", "Văn 0919", "tran thi hoa"}) {
        CAPTURE(search);
        CHECK(readingsOf(search).size() == 1);
    }
}

TEST_CASE("a number of one or two digits is a word, or begins one, and no part of a longer number") {
    const std::string fourth = userOf("Trường Tiểu học Số 4", "USER24", "0919 000 024");
    const std::string branch = userOf("Công ty CP An Phát - Chi nhánh 03, Hà Nội", "2B-USER", "0912345678");
    const std::string other = userOf("Công ty CP An Phát - Chi nhánh 1", "USER12", "0902000000");
    const std::string block = userOf("Nhà B2", "USER7", "0919000012");
    CHECK(finds(fourth, "Trường Tiểu học Số 4"));
    CHECK(finds(fourth, "trường 4"));
    CHECK(finds(fourth, "4"));
    CHECK(finds(branch, "Công ty CP An Phát - Chi nhánh 03, Hà Nội"));
    CHECK(finds(branch, "chi nhánh 0"));  // and on
    CHECK(finds(branch, "2B"));
    CHECK(finds(branch, "2"));
    CHECK(finds(branch, "09"));  // the phone
    CHECK(finds(other, "An Phát 1"));
    CHECK(finds(block, "nhà b2"));
    for (const char* search :
         {"Trường Tiểu học Số 2", "Trường Tiểu học Số 24", "Trường Tiểu học Số 09", "2", "00"}) {
        CAPTURE(search);
        CHECK_FALSE(finds(fourth, search));
    }
    for (const char* search : {"Công ty CP An Phát - Chi nhánh 2", "Công ty CP An Phát - Chi nhánh 09",
                               "An Phát - Chi nhánh 12", "An Phát 09", "An Phát 2B 7"}) {
        CAPTURE(search);
        CHECK_FALSE(finds(other, search));
    }
    CHECK_FALSE(finds(branch, "Công ty CP An Phát - Chi nhánh 09"));
    CHECK_FALSE(finds(block, "nhà b1"));
    CHECK_FALSE(finds(block, "nhà 12"));
    CHECK_FALSE(finds(kRow, "Nguyễn Văn An 99"));
}

TEST_CASE("a name with a number that is written with separators is found as it is written") {
    const std::string hospital = userOf("Bệnh viện 30-4", "BV", "0919000111");
    CHECK(finds(hospital, "Bệnh viện 30-4"));
    CHECK(finds(hospital, "30-4"));
    CHECK_FALSE(finds(hospital, "Bệnh viện 19-8"));
    CHECK(finds(userOf("Trung tâm 05-06", "", ""), "trung tâm 05-06"));
    CHECK(finds(userOf("Quỹ 1.000 ngày", "", ""), "quỹ 1.000 ngày"));
}

TEST_CASE("an identity is found with whatever label is copied with it, and however its digits are grouped") {
    for (const char* search :
         {"CCCD: 001099000001", "CCCD 001099000001", "cccd:001099000001", "Số CCCD: 001 099 000 001",
          "Số định danh cá nhân: 001099000001", "UID=CCCD:001099000001", "001.099.000.001", "'001099000001",
          "=\"001099000001\"", "CCCD: 0010990", "００１０９９０００００１", "CCCD：001099000001"}) {
        CAPTURE(search);
        CHECK(finds(kRow, search));
    }
    const std::string company = rowOf("5401", "0100684378-001");
    for (const char* search : {"MST 0100684378", "mst: 0100684378-001", "MST:0100684378001",
                               "Mã số thuế: 0100684378–001", "UID=MST:0100684378-001"}) {
        CAPTURE(search);
        CHECK(finds(company, search));
        CHECK_FALSE(finds(kRow, search));
    }
}

TEST_CASE("a serial number is found as any program shows it") {
    for (const char* search :
         {"0x540101014e4653549c5a6fdcb9c89999", "0X540101014E46",
          "54:01:01:01:4E:46:53:54:9C:5A:6F:DC:B9:C8:99:99",
          "54 01 01 01 4e 46 53 54 9c 5a 6f dc b9 c8 99 99",
          "54-01-01-01-4E-46-53-54-9C-5A-6F-DC-B9-C8-99-99", "00540101014e4653549c5a6fdcb9c89999",
          "00:54:01:01:01:4E", "Serial: 540101014E4653549C5A6FDCB9C89999", "Serial number 540101014E46",
          "S/N: 54:01:01:01", "01 4e 46", "111660364328654083408132045287211964825",
          "Serial: 111660364328654083408132045287211964825"}) {
        CAPTURE(search);
        CHECK(finds(kRow, search));
    }
    CHECK_FALSE(finds(rowOf("540101014e4653549c5a6fdcb9c89998", "001099000002"),
                      "111660364328654083408132045287211964825"));
    const std::string small = rowOf("aeb7", "001099000001");
    CHECK(finds(small, "44727"));
    CHECK(finds(small, "0x00AEB7"));
    CHECK(finds(small, "00:ae:b7"));
    CHECK_FALSE(finds(rowOf("aeb7aa", "001099000001"), "44727"));
}

TEST_CASE("a serial number that the page has shortened is found by what is left of it") {
    CHECK(finds(kRow, "540101014e46…c89999"));
    CHECK(finds(kRow, "540101014E46...C89999"));
    CHECK(finds(kRow, "…c89999"));
    CHECK(finds(kRow, "540101014e46…"));
    CHECK(finds(kRow, "Nguyễn Vă…"));
    CHECK(finds(kRow, "Nguyễn Văn An · 540101014e46…c89999"));
    CHECK_FALSE(finds(kRow, "540101014e46…c89998"));
    CHECK_FALSE(finds(kRow, "0101…9999"));
    CHECK_FALSE(finds(kRow, "…c899"));
}

TEST_CASE("a user is found by code and by phone, with or without the country's number") {
    for (const char* search :
         {"user01", "Mã: USER01", "Nguyễn Văn An, USER01", "Nguyễn Văn An - 0919000111", "+84 919 000 111",
          "+84919000111", "0084919000111", "84919000111", "SĐT: 0919.000.111", "sđt 0919 000 111"}) {
        CAPTURE(search);
        CHECK(finds(kRow, search));
    }
    CHECK(finds(searchKey({"84919000111"}), "0919 000 111"));
    CHECK_FALSE(finds(kRow, "+84 919 000 112"));
    CHECK_FALSE(finds(searchKey({"0919000112", "111"}), "0919 000 111"));
}

TEST_CASE("another number, name or label is not found") {
    for (const char* search : {"CCCD: 001099000002", "MST 0100684378", "0x540101014e47", "Nguyễn Văn Anh",
                               "serial", "user02", "44727", "Serial: 5401ff", "%", "·", "OR 1=1"}) {
        CAPTURE(search);
        CHECK_FALSE(finds(kRow, search));
    }
    CHECK(finds(kRow, " "));
}

TEST_CASE("another system is asked without the label, and for a phone in both ways that it is written down") {
    using Searches = std::vector<std::string>;
    CHECK(plainSearches(" Nguyễn Văn An ") == Searches{"Nguyễn Văn An"});
    CHECK(plainSearches("SĐT: +84 919 000 111") == Searches{"0919000111", "0919 000 111"});
    CHECK(plainSearches("Mã: USER01") == Searches{"USER01"});
    CHECK(plainSearches("Nguyễn\u00a0Văn  An\u200b") == Searches{"Nguyễn Văn An"});
    CHECK(plainSearches("Nguyễn Văn An · USER14") == Searches{"Nguyễn Văn An · USER14", "USER14"});
    for (const char* words : {"Công ty 3 Miền", "Nguyễn Văn B 1", "Nguyễn Văn A 2026", "Tổ B2", "USER14"})
        CHECK(plainSearches(words) == Searches{words});
    CHECK(plainSearches("Nguyễn Văn An\tUSER14") == Searches{"Nguyễn Văn An USER14", "USER14"});
}
