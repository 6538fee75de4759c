#include "proxy/registry/sealed_secret.h"

#include <sys/stat.h>

#include "fixture.h"

namespace smartca::registry {
namespace {

const SecretPlace kPlace{SecretKind::Password, 7, "540101"};

bool opensAs(const SealingKey& key, const std::string& sealed, const SecretPlace& place,
             const std::string& secret) {
    auto opened = key.open(sealed, place);
    return opened && opened.value() == secret;
}

struct KeyFile {
    TemporaryFolder folder;
    std::string path = folder.file("registry.key");

    KeyFile() = default;
    explicit KeyFile(const std::string& content, mode_t mode = 0600) {
        writeFile(path, content);
        REQUIRE(::chmod(path.c_str(), mode) == 0);
    }
};

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
        const KeyFile file(content);
        auto key = loadSealingKey(file.path);
        REQUIRE(key);
        CHECK(opensAs(key.value(), sealed, kPlace, "secret"));
    }
}

TEST_CASE("a key file that group or others may use is refused") {
    for (const mode_t mode : {0640, 0604, 0660, 0610}) {
        const KeyFile file(kHexadecimal, mode);
        auto key = loadSealingKey(file.path);
        REQUIRE_FALSE(key);
        CHECK(key.error().find("chmod 600") != std::string::npos);
    }
}

TEST_CASE("a key file of another length, or none, is refused without showing what is in it") {
    for (const auto& content : {std::string(), std::string(31, 'k'), std::string(33, 'k'),
                                kHexadecimal + "00", kHexadecimal.substr(2), std::string(4000, '0')}) {
        const KeyFile file(content);
        auto key = loadSealingKey(file.path);
        REQUIRE_FALSE(key);
        CHECK((content.empty() || key.error().find(content) == std::string::npos));
    }
    const KeyFile absent;
    CHECK(loadSealingKey(absent.path).error().find("No such file") != std::string::npos);
    CHECK_FALSE(loadSealingKey(absent.folder.file("")));
}

TEST_CASE("a key file is created once, for its owner alone, and loaded ever after") {
    const KeyFile file;
    const std::string sealed = loadOrCreateSealingKey(file.path).value().seal("secret", kPlace).value();
    struct stat status{};
    REQUIRE(::stat(file.path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(opensAs(loadOrCreateSealingKey(file.path).value(), sealed, kPlace, "secret"));
}

}  // namespace smartca::registry
