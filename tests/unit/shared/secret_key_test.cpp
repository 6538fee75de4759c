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

}  // namespace smartca
