#include "proxy/sealing/sealed_secret.h"

#include "../registry/fixture.h"

namespace smartca::sealing {

using namespace registry;  // for its fixture

namespace {

const SecretPlace kPlace{SecretKind::Password, 7, "540101"};

bool opensAs(const SealingKey& key, const std::string& sealed, const SecretPlace& place,
             const std::string& secret) {
    auto opened = key.open(sealed, place);
    return opened && opened.value() == secret;
}

const std::string kHexadecimal = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

}  // namespace

TEST_CASE("a sealed secret opens with the same key in the same place") {
    const SealingKey key = testKey();
    for (const std::string secret :
         {"", "p", "mật khẩu 123", "a secret that is longer than one block of AES"}) {
        auto sealed = key.seal(secret, kPlace);
        REQUIRE(sealed);
        CHECK(opensAs(key, sealed.value(), kPlace, secret));
    }
}

TEST_CASE("sealing the same secret twice gives different bytes") {
    const SealingKey key = testKey();
    CHECK(key.seal("secret", kPlace).value() != key.seal("secret", kPlace).value());
}

TEST_CASE("a sealed secret does not open for another user, certificate or kind") {
    const SealingKey key = testKey();
    const std::string sealed = key.seal("secret", kPlace).value();
    CHECK(key.open(sealed, {SecretKind::Password, 8, "540101"}).error() == SealError::Tampered);
    CHECK(key.open(sealed, {SecretKind::Password, 7, "540102"}).error() == SealError::Tampered);
    CHECK(key.open(sealed, {SecretKind::SecretKey, 7, "540101"}).error() == SealError::Tampered);
}

TEST_CASE("a change of any byte of a sealed secret is noticed") {
    const SealingKey key = testKey();
    const std::string sealed = key.seal("secret", kPlace).value();
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK_FALSE(key.open(changed, kPlace));
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CHECK_FALSE(key.open(sealed.substr(0, size), kPlace));
}

TEST_CASE("another key is recognised as such") {
    const std::string sealed = testKey('a').seal("secret", kPlace).value();
    CHECK(testKey('b').open(sealed, kPlace).error() == SealError::WrongKey);
}

TEST_CASE("a key file holds raw bytes, hexadecimal or base64, with or without a line break") {
    std::string raw;
    for (char i = 0; i < 32; ++i)
        raw += i;
    const std::string base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const std::string sealed = SealingKey::ofBytes(raw).seal("secret", kPlace).value();
    for (const auto& content : {raw, kHexadecimal, kHexadecimal + "\n", base64, base64 + "\r\n"}) {
        const auto key = sealingKeyOf(content);
        REQUIRE(key);
        CHECK(opensAs(*key, sealed, kPlace, "secret"));
    }
}

TEST_CASE("what is of another length is no key") {
    for (const auto& content : {std::string(), std::string(31, 'k'), std::string(33, 'k'),
                                kHexadecimal + "00", kHexadecimal.substr(2), std::string(4000, '0')})
        CHECK_FALSE(sealingKeyOf(content));
}

}  // namespace smartca::sealing
