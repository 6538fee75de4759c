#include "shared/serial.h"

#include <doctest/doctest.h>

#include "vectors.h"

namespace smartca {
namespace {

std::string nameOf(SerialError error) {
    switch (error) {
        case SerialError::NotHexadecimal:
            return "notHexadecimal";
        case SerialError::TooLong:
            return "tooLong";
        case SerialError::Zero:
            return "zero";
        case SerialError::LooksDecimal:
            return "looksDecimal";
    }
    return "";
}

}  // namespace

TEST_CASE("a serial number is read in every spelling, and refused with its reason") {
    for (const auto& vectorCase : vectorCases("serial")) {
        CAPTURE(lineOf(vectorCase));
        const std::string typed = inputOf(vectorCase, "typed");
        const auto serial = parseSerial(typed);
        REQUIRE(serial.ok() == vectorCase.contains("hexadecimal"));
        if (serial)
            CHECK(serial.value().hexadecimal == vectorCase.at("hexadecimal").get<std::string>());
        else
            CHECK(nameOf(serial.error()) == vectorCase.at("error").get<std::string>());
        if (vectorCase.contains("suggestion"))
            CHECK(hexadecimalOfDecimal(typed) == vectorCase.at("suggestion").get<std::string>());
        if (vectorCase.contains("shortened"))
            CHECK(shortened(serial.value()) == vectorCase.at("shortened").get<std::string>());
    }
}

TEST_CASE("a canonical serial is read as itself") {
    for (const auto& vectorCase : vectorCases("serial")) {
        const auto serial = parseSerial(inputOf(vectorCase, "typed"));
        if (!serial) continue;
        CAPTURE(serial.value().hexadecimal);
        const std::string marked =
            serial.value().hexadecimal.empty() ? "" : "0x" + serial.value().hexadecimal;
        REQUIRE(parseSerial(marked).ok());
        CHECK(parseSerial(marked).value() == serial.value());
    }
}

TEST_CASE("a decimal number that looks like a serial can always be offered in hexadecimal") {
    for (std::size_t digits = 33; digits < 52; ++digits) {
        for (const char first : {'1', '9'}) {
            const std::string typed = first + std::string(digits - 1, '9');
            const auto serial = parseSerial(typed);
            if (!serial && serial.error() == SerialError::LooksDecimal)
                CHECK_FALSE(hexadecimalOfDecimal(typed).empty());
        }
    }
}

TEST_CASE("a decimal number becomes hexadecimal up to twenty octets") {
    CHECK(hexadecimalOfDecimal("255") == "ff");
    CHECK(hexadecimalOfDecimal("256") == "0100");
    CHECK(hexadecimalOfDecimal("0000000000000000000000000000000000000000000000000000000001") == "01");
    CHECK(hexadecimalOfDecimal("").empty());
    CHECK(hexadecimalOfDecimal("0").empty());
    CHECK(hexadecimalOfDecimal("12a").empty());
    CHECK(hexadecimalOfDecimal("-1").empty());
    CHECK(hexadecimalOfDecimal("1461501637330902918203684832716283019655932542976").empty());
}

TEST_CASE("serials are the same when they are the same number") {
    CHECK(sameSerial("00:AE:B7", "0xaeb7"));
    CHECK_FALSE(sameSerial("aeb7", "aeb8"));
    CHECK_FALSE(sameSerial("", ""));
    CHECK_FALSE(sameSerial("xyz", "xyz"));
}

TEST_CASE("a short serial is not shortened") {
    CHECK(shortened(Serial{"0123456789abcdef01"}) == "0123456789abcdef01");
    CHECK(shortened(Serial{"0123456789abcdef0123"}) == "0123456789ab…ef0123");
    CHECK(shortened(Serial{}).empty());
}

}  // namespace smartca
