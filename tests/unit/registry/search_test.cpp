#include "proxy/registry/search.h"

#include <doctest/doctest.h>

#include "proxy/registry/fold.h"

using smartca::registry::fits;
using smartca::registry::Needles;
using smartca::registry::plainSearches;
using smartca::registry::readingsOf;
using smartca::registry::rowKeys;
using smartca::registry::searchNeedles;

namespace {

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

TEST_CASE("words of a search are looked for where a word begins") {
    CHECK(searchNeedles("  Văn   NGUYỄN ") == Needles{" van", " nguyen"});
    CHECK(searchNeedles("be-da") == Needles{" be-da"});
    CHECK(searchNeedles(" \t ").empty());
    CHECK(searchNeedles("y y y") == Needles{" y"});
    CHECK(searchNeedles("a b c d e f g h i j").size() == 8);
}

TEST_CASE("numbers of a search are looked for anywhere, without separators") {
    CHECK(searchNeedles("0919.000.111") == Needles{"0919000111"});
    CHECK(searchNeedles("54:01:01:4E") == Needles{"5401014e"});
    CHECK(searchNeedles("+84 (919)") == Needles{"84", "919"});
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
}
