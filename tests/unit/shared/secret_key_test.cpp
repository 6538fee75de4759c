#include "shared/secret_key.h"

#include <doctest/doctest.h>

#include "vectors.h"

namespace smartca {
namespace {

std::string nameOf(SecretKeyError error) {
    switch (error) {
        case SecretKeyError::Undecodable:
            return "undecodable";
        case SecretKeyError::TooShort:
            return "tooShort";
        case SecretKeyError::TooLong:
            return "tooLong";
    }
    return "";
}

std::string nameOf(SecretKeyDoubt doubt) {
    switch (doubt) {
        case SecretKeyDoubt::None:
            return "none";
        case SecretKeyDoubt::LooksOtherwise:
            return "looksOtherwise";
        case SecretKeyDoubt::OtherCodes:
            return "otherCodes";
    }
    return "";
}

}  // namespace

TEST_CASE("a secret key is decoded from base64 or base32, or refused with its reason") {
    for (const auto& vectorCase : vectorCases("secret_key")) {
        CAPTURE(lineOf(vectorCase));
        const auto key = decodeSecretKey(inputOf(vectorCase, "typed"));
        REQUIRE(key.ok() == vectorCase.contains("keyHex"));
        if (key)
            CHECK(hexOfBytes(key.value()) == vectorCase.at("keyHex").get<std::string>());
        else
            CHECK(nameOf(key.error()) == vectorCase.at("error").get<std::string>());
    }
}

TEST_CASE(
    "of a copied key the key itself is kept, and it is said where it came from and what is odd about it") {
    for (const auto& vectorCase : vectorCases("secret_key")) {
        if (!vectorCase.contains("keyHex")) continue;
        CAPTURE(lineOf(vectorCase));
        const auto key = readSecretKey(inputOf(vectorCase, "typed"));
        REQUIRE(key);
        if (vectorCase.contains("text")) CHECK(key.value().text == vectorCase.at("text").get<std::string>());
        CHECK(key.value().fromLink == vectorCase.contains("issuer"));
        CHECK(key.value().issuer == vectorCase.value("issuer", ""));
        CHECK(nameOf(key.value().doubt) == vectorCase.value("doubt", "none"));
    }
}

TEST_CASE("what is kept of a key stands for the same key") {
    for (const auto& vectorCase : vectorCases("secret_key")) {
        if (!vectorCase.contains("keyHex")) continue;
        CAPTURE(lineOf(vectorCase));
        const std::string kept = secretKeyText(inputOf(vectorCase, "typed"));
        CHECK(secretKeyText(kept) == kept);
        const auto key = decodeSecretKey(kept);
        REQUIRE(key);
        CHECK(hexOfBytes(key.value()) == vectorCase.at("keyHex").get<std::string>());
    }
}

TEST_CASE("what is no key stays as it is") {
    CHECK(secretKeyText("khóa bí mật") == "khóa bí mật");
    CHECK(secretKeyText("").empty());
}

}  // namespace smartca
