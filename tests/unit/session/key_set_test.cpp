#include <doctest/doctest.h>

#include "proxy/session/key_set.h"
#include "signing.h"

namespace smartca::session::test {
namespace {

std::string faultOf(const std::string& text) {
    const auto set = KeySet::parse(text);
    return set ? "" : set.error();
}
std::string faultOf(const json& key) {
    return faultOf(setOf({key}));
}
bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}
json with(json key, const char* member, const json& value) {
    key[member] = value;
    return key;
}
json without(json key, const char* member) {
    key.erase(member);
    return key;
}

}  // namespace

TEST_CASE("a key file may hold a key of each kind, each for its own algorithm and its own assertions") {
    std::vector<json> keys;
    for (const char* algorithm : {"EdDSA", "ES256", "RS256", "HS256"})
        keys.push_back(Signer::make(algorithm).jwk());
    const auto set = KeySet::parse(setOf(keys));
    REQUIRE(set.ok());
    for (const char* algorithm : {"EdDSA", "ES256", "RS256", "HS256"}) {
        const Key* const key = set.value().find(algorithm);
        REQUIRE(key != nullptr);
        CHECK(nameOf(key->algorithm) == algorithm);
        CHECK(key->issuer == "https://portal.example.vn");
        CHECK(key->companies == std::vector<std::string>{"main", "second"});
        CHECK_FALSE(key->may.has(Right::Remove));
    }
    CHECK(set.value().find("eddsa") == nullptr);
    CHECK(set.value().find("") == nullptr);
}

TEST_CASE("members that other programs write into a key are no fault") {
    CHECK(faultOf(with(Signer::make("ES256").jwk(), "use", "sig")).empty());
}

TEST_CASE("a secret of fewer than 256 bits is refused, also as a test of a few bytes") {
    json key = Signer::make("HS256").jwk();
    CHECK(has(faultOf(with(key, "k", base64Url(std::string(31, 'a')))), "/keys/0/k has fewer than 32 bytes"));
    CHECK(has(faultOf(with(key, "k", "")), "32 bytes"));
    CHECK(faultOf(with(key, "k", base64Url(std::string(32, 'a')))).empty());
}

TEST_CASE("an RSA key that is short, or so long that checking it keeps others waiting, is refused") {
    CHECK(has(faultOf(Signer::make("RS256", 1024).jwk()), "2048"));
    json key = Signer::make("RS256").jwk();
    CHECK(has(faultOf(with(key, "n", base64Url(std::string(1025, '\xff')))), "4096"));
    CHECK(has(faultOf(with(key, "e", base64Url("\x01"))), "RSA"));
}

TEST_CASE("a point beside the curve is no key") {
    json key = Signer::make("ES256").jwk();
    CHECK(has(faultOf(with(key, "y", key["x"])), "no point of P-256"));
    CHECK(has(faultOf(with(key, "x", base64Url("short"))), "no point of P-256"));
    CHECK(has(faultOf(with(Signer::make("EdDSA").jwk(), "x", base64Url("short"))), "Ed25519"));
}

TEST_CASE("an algorithm that is not one of the four, or not the key's own kind, is refused") {
    const json key = Signer::make("RS256").jwk();
    for (const char* algorithm : {"none", "None", "", "HS256", "ES256", "RS512", "RSA-OAEP", "dir"})
        CHECK_FALSE(faultOf(with(key, "alg", algorithm)).empty());
    CHECK_FALSE(faultOf(without(key, "alg")).empty());
    CHECK(has(faultOf(with(Signer::make("ES256").jwk(), "crv", "P-384")), "P-256"));
}

TEST_CASE("a private key has no place here") {
    for (const char* algorithm : {"EdDSA", "ES256", "RS256"})
        CHECK(has(faultOf(with(Signer::make(algorithm).jwk(), "d", "AAAA")), "private key"));
}

TEST_CASE("a key says who speaks with it, for which companies and with what rights") {
    const json key = Signer::make("EdDSA").jwk();
    for (const char* member : {"kid", "iss", "companies", "may", "x"})
        CHECK(has(faultOf(without(key, member)), "is missing"));
    CHECK(has(faultOf(with(key, "companies", json::array())), "names nobody"));
    CHECK(has(faultOf(with(key, "may", {"everything"})), "right that there is not"));
    CHECK(has(faultOf(with(key, "iss", "a\nb")), "control character"));
    CHECK(has(faultOf(with(key, "kid", 7)), "a text is expected"));
}

TEST_CASE("two keys of one name, no key at all, and what is no JSON are refused") {
    const json key = Signer::make("EdDSA").jwk();
    CHECK(has(faultOf(setOf({key, key})), "another key"));
    CHECK(has(faultOf(std::string(R"({"keys":[]})")), "no key"));
    CHECK(has(faultOf(std::string("{}")), "is missing"));
    CHECK(has(faultOf(std::string("keys")), "refused as JSON"));
}

TEST_CASE("the fault of a file names a place in it, and never a key") {
    json key = Signer::make("HS256").jwk();
    const std::string secret = key["k"];
    for (const auto& [member, value] :
         {std::pair<const char*, json>{"alg", "none"}, {"may", {"x"}}, {"iss", ""}})
        CHECK_FALSE(has(faultOf(with(key, member, value)), secret.c_str()));
}

TEST_CASE("base64url is read strictly: one text for the same bytes") {
    std::string bytes;
    CHECK(decodeBase64Url("-_8", bytes));
    CHECK(bytes == "\xfb\xff");
    for (const char* text : {"-_8=", "+/8", "-_9", "-_8 ", "-_8\n", "a", "-_8A="})
        CHECK_FALSE(decodeBase64Url(text, bytes));
}

}  // namespace smartca::session::test
