#include "proxy/base/crypto.h"

#include <doctest/doctest.h>

#include "shared/text.h"

using namespace smartca;

TEST_CASE("SHA-256 and HMAC-SHA-256 are those of FIPS 180-4 and RFC 4231") {
    CHECK(hexadecimalOf(base::sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hexadecimalOf(base::hmacSha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("random bytes differ from call to call") {
    CHECK(base::randomBytes(16).size() == 16);
    CHECK(base::randomBytes(16) != base::randomBytes(16));
}

TEST_CASE("texts are equal in constant time when size and bytes are") {
    CHECK(base::equalInConstantTime("secret", "secret"));
    CHECK_FALSE(base::equalInConstantTime("secret", "secreT"));
    CHECK_FALSE(base::equalInConstantTime("secret", "secrets"));
}

TEST_CASE("a wiped secret is gone from the buffer that held it") {
    std::string secret = "0123456789abcdef0123456789abcdef";  // too long to be kept inside the object
    const char* bytes = secret.data();
    base::wipe(secret);
    CHECK(secret.empty());
    CHECK(std::string(bytes, 32) == std::string(32, '\0'));
}
