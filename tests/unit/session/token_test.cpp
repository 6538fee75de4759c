// Each weakness that RFC 8725 §2 and §3 list is a test here; the number stands beside it.
#include <doctest/doctest.h>

#include <string>

#include "proxy/session/token.h"
#include "signing.h"

namespace smartca::session::test {
namespace {

constexpr Instant kNow = 1'790'000'000;

json goodClaims() {
    return {{"iss", "https://portal.example.vn"},
            {"aud", "smartca-proxy"},
            {"sub", "17"},
            {"name", "Nguyễn Văn A"},
            {"company", "main"},
            {"iat", kNow},
            {"exp", kNow + 600},
            {"may", {"lookup", "list"}}};
}

const Serves kMain = [](std::string_view company) { return company == "main"; };

struct World {
    Signer edwards = Signer::make("EdDSA");
    Signer curve = Signer::make("ES256");
    Signer modulus = Signer::make("RS256");
    Signer secret = Signer::make("HS256");
    KeySet keys = KeySet::parse(setOf({edwards.jwk(), curve.jwk(), modulus.jwk(), secret.jwk()})).value();

    Result<Caller, BadToken> read(const std::string& token, Instant now = kNow) const {
        return callerOf(token, keys, {.audience = "smartca-proxy", .serves = kMain, .now = now});
    }
    // "", or why it is not accepted.
    std::string faultOf(const std::string& token, Instant now = kNow) const {
        const auto caller = read(token, now);
        return caller ? "" : std::string(nameOf(caller.error().fault));
    }
    std::string faultWith(const char* claim, const json& value, Instant now = kNow) const {
        json claims = goodClaims();
        claims[claim] = value;
        return faultOf(edwards.sign(claims), now);
    }
    std::string faultWithout(const char* claim) const {
        json claims = goodClaims();
        claims.erase(claim);
        return faultOf(edwards.sign(claims));
    }
    std::string faultOfHeader(const json& header) const {
        return faultOf(edwards.sign(header.dump(), goodClaims().dump()));
    }
    std::string faultOfText(const std::string& claims) const {
        return faultOf(edwards.sign(R"({"alg":"EdDSA","kid":"EdDSA"})", claims));
    }
};

const World& world() {
    static const World world;
    return world;
}

}  // namespace

TEST_CASE("a token of each algorithm says who acts, for whom and with what rights") {
    for (const Signer* signer : {&world().edwards, &world().curve, &world().modulus, &world().secret}) {
        json claims = goodClaims();
        claims["users"] = {7, 9};
        claims["origin"] = "https://portal.example.vn";
        const auto caller = world().read(signer->sign(claims));
        REQUIRE(caller.ok());
        CHECK(caller.value().subject == "17");
        CHECK(caller.value().name == "Nguyễn Văn A");
        CHECK(caller.value().issuer == "https://portal.example.vn");
        CHECK(caller.value().company == "main");
        CHECK(caller.value().may == Rights{Right::Lookup, Right::List});
        CHECK(caller.value().mayActFor(9));
        CHECK_FALSE(caller.value().mayActFor(8));
        CHECK(caller.value().origin == "https://portal.example.vn");
    }
}

TEST_CASE("a caller is the same under a renewed token, and another one by subject, issuer or company") {
    json later = goodClaims();
    later["iat"] = kNow + 30;
    later["jti"] = "another";
    later["may"] = {"create"};
    const auto first = world().read(world().edwards.sign(goodClaims()));
    CHECK(world().read(world().curve.sign(later)).value().key() == first.value().key());
    CHECK(Caller{.company = "main", .issuer = "i", .subject = "s"}.key() !=
          Caller{.company = "main", .issuer = "is", .subject = ""}.key());
}

TEST_CASE("2.1: a token without a signature is none, however its algorithm is spelt") {
    for (const char* none : {"none", "None", "NONE", "nOnE", ""}) {
        const std::string bytes =
            base64Url(json{{"alg", none}, {"kid", "EdDSA"}}.dump()) + "." + base64Url(goodClaims().dump());
        CHECK(world().faultOf(bytes + ".") == "otherAlgorithm");
    }
    const std::string good = world().edwards.sign(goodClaims());
    CHECK(world().faultOf(good.substr(0, good.rfind('.') + 1)) == "notSigned");
    CHECK(world().faultOf(good.substr(0, good.rfind('.'))) == "notAToken");
}

TEST_CASE("2.1, 3.1: the key decides by what algorithm: its public half is no secret for HMAC") {
    Signer forger{"HS256", nullptr, world().modulus.jwk()["n"].get<std::string>()};
    std::string n;
    decodeBase64Url(forger.secret, n);
    for (const std::string& secret : {forger.secret, n, world().modulus.jwk().dump()}) {
        forger.secret = secret;
        CHECK(world().faultOf(forger.sign(R"({"alg":"HS256","kid":"RS256"})", goodClaims().dump())) ==
              "otherAlgorithm");
        CHECK(world().faultOf(forger.sign(R"({"alg":"RS256","kid":"RS256"})", goodClaims().dump())) ==
              "notSigned");
    }
    CHECK(world().faultOfHeader({{"alg", "RS256"}, {"kid", "EdDSA"}}) == "otherAlgorithm");
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", "RS256"}}) == "otherAlgorithm");
    CHECK(world().faultOfHeader({{"alg", "eddsa"}, {"kid", "EdDSA"}}) == "otherAlgorithm");
}

TEST_CASE("2.1: an altered token is not signed, whichever part was altered") {
    for (const Signer* signer : {&world().edwards, &world().curve, &world().modulus, &world().secret}) {
        const std::string good = signer->sign(goodClaims());
        const auto second = good.find('.') + 1;
        const auto third = good.rfind('.') + 1;
        json richer = goodClaims();
        richer["may"] = {"create"};
        CHECK(world().faultOf(good.substr(0, second) + base64Url(richer.dump()) + good.substr(third - 1)) ==
              "notSigned");
        for (const std::size_t at : {third, third + 10, good.size() - 2}) {
            std::string bent = good;
            bent[at] = bent[at] == 'A' ? 'B' : 'A';
            CHECK(world().faultOf(bent) == "notSigned");
        }
        CHECK(world().faultOf(good + "AAAA") == "notSigned");
        CHECK(world().faultOf(good.substr(0, good.size() - 4)) == "notSigned");
    }
}

TEST_CASE("3.3: a signature of zeros, or one of another key, signs nothing") {
    const std::string good = world().curve.sign(goodClaims());
    CHECK(world().faultOf(good.substr(0, good.rfind('.') + 1) + base64Url(std::string(64, '\0'))) ==
          "notSigned");
    for (const char* algorithm : {"EdDSA", "ES256", "RS256", "HS256"})
        CHECK(world().faultOf(Signer::make(algorithm).sign(goodClaims())) == "notSigned");
}

TEST_CASE("2.5: what changes the meaning of a token or brings its own key is refused") {
    const json good = {{"alg", "EdDSA"}, {"kid", "EdDSA"}};
    for (const char* member : {"crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c", "x5t", "cty"}) {
        json header = good;
        header[member] = "x";
        CHECK(world().faultOfHeader(header) == "unknownHeader");
    }
}

TEST_CASE("3.10: what names a key is compared, and never looked up anywhere else") {
    for (const char* name :
         {"../../../dev/null", "' OR 1=1 --", "https://evil.example/keys", "EdDSA ", "eddsa", ""})
        CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", name}}) == "unknownKey");
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", 0}}) == "unknownHeader");
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", {"EdDSA"}}}) == "unknownHeader");
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}}) == "unknownHeader");
    CHECK(world().faultOfHeader({{"kid", "EdDSA"}}) == "unknownHeader");
}

TEST_CASE("2.8, 3.11: a token of another type is refused; without a type it is one of ours") {
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", "EdDSA"}, {"typ", "at+jwt"}}) == "unknownHeader");
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", "EdDSA"}, {"typ", "secevent+jwt"}}) ==
          "unknownHeader");
    CHECK(world().faultOfHeader({{"alg", "EdDSA"}, {"kid", "EdDSA"}}).empty());
}

TEST_CASE(
    "2.6, 3.7: a member that stands twice, bytes that are no UTF-8 and what follows an object are refused") {
    std::string claims = goodClaims().dump();
    claims.pop_back();
    CHECK(world().faultOfText(claims + R"(,"sub":"1"})") == "notAToken");
    CHECK(world().faultOfText(claims + R"(,"s\u0075b":"1"})") == "notAToken");
    CHECK(world().faultOfText(claims + ",\"x\":\"\xff\"}") == "notAToken");
    CHECK(world().faultOfText(claims + "}{}") == "notAToken");
    CHECK(world().faultOfText(claims + R"(,"x":[[[[[[1]]]]]]})") == "notAToken");
    CHECK(world().faultOf(world().edwards.sign(R"({"alg":"none","alg":"EdDSA","kid":"EdDSA"})",
                                               claims + "}")) == "notAToken");
}

TEST_CASE("3.8: a key speaks for its own issuer alone") {
    CHECK(world().faultWith("iss", "https://other.example.vn") == "otherIssuer");
    CHECK(world().faultWith("iss", "https://portal.example.vn/") == "otherIssuer");
    CHECK(world().faultWithout("iss") == "badClaims");
}

TEST_CASE("3.9: a token for somebody else is refused, also in a list of audiences") {
    CHECK(world().faultWith("aud", "other") == "otherAudience");
    CHECK(world().faultWith("aud", {"other", "smartca-prox"}) == "otherAudience");
    CHECK(world().faultWith("aud", json::array()) == "otherAudience");
    CHECK(world().faultWith("aud", {"other", "smartca-proxy"}).empty());
    CHECK(world().faultWith("aud", {{"smartca-proxy", 1}}) == "badClaims");
    CHECK(world().faultWithout("aud") == "badClaims");
}

TEST_CASE("a company has to be served here and to be one that the key may speak for") {
    CHECK(world().faultWith("company", "second") == "otherCompany");
    const Serves all = [](std::string_view) { return true; };
    const Expected third{.audience = "smartca-proxy", .serves = all, .now = kNow};
    json claims = goodClaims();
    claims["company"] = "third";
    CHECK(callerOf(world().edwards.sign(claims), world().keys, third).error().fault ==
          TokenFault::OtherCompany);
    CHECK(world().faultWithout("company") == "badClaims");
}

TEST_CASE("a right that the key may not give refuses the whole token") {
    CHECK(world().faultWith("may", {"lookup", "remove"}) == "otherRights");
    CHECK(world().faultWith("may", {"lookup", "administer"}) == "badClaims");
    CHECK(world().faultWith("may", "lookup") == "badClaims");
    CHECK(world().faultWithout("may") == "badClaims");
    CHECK(world().faultWith("may", json::array()).empty());
}

TEST_CASE("a token lives a quarter of an hour at most, and a minute longer where clocks differ") {
    CHECK(world().faultWith("exp", kNow + 900).empty());
    CHECK(world().faultWith("exp", kNow + 901) == "livesTooLong");
    CHECK(world().faultWith("exp", kNow + 600, kNow + 659).empty());
    CHECK(world().faultWith("exp", kNow + 600, kNow + 660) == "expired");
    CHECK(world().faultWith("iat", kNow, kNow - 60).empty());
    CHECK(world().faultWith("iat", kNow, kNow - 61) == "notYetValid");
    CHECK(world().faultWith("nbf", kNow + 60).empty());
    CHECK(world().faultWith("nbf", kNow + 61) == "notYetValid");
    CHECK(world().faultWithout("exp") == "badClaims");
    CHECK(world().faultWithout("iat") == "badClaims");
}

TEST_CASE("which claim is missing or malformed is told, and nothing that stands in it") {
    const auto wordsOf = [](const json& claims) {
        const auto caller = world().read(world().edwards.sign(claims));
        return caller ? "" : caller.error().words();
    };
    for (const std::string claim : {"iss", "sub", "name", "company", "origin", "aud", "iat", "exp", "nbf",
                                    "may", "users", "prefill", "lock"})
        for (const json& value :
             {json(7.5), json(nullptr), json::array({{{"secret", 1}}}), json{{"secret", 1}}}) {
            json claims = goodClaims();
            claims[claim] = value;
            CAPTURE(claims.dump());
            CHECK(wordsOf(claims) == "badClaims: " + claim);
        }
    for (const std::string claim : {"iss", "sub", "company", "aud", "iat", "exp", "may"}) {
        json claims = goodClaims();
        claims.erase(claim);
        CHECK(wordsOf(claims) == "badClaims: " + claim);
    }
    CHECK(world().read(world().edwards.sign(goodClaims()), kNow + 660).error().words() == "expired");
}

TEST_CASE("times that are no whole numbers, or larger than any, are refused and overflow nothing") {
    for (const char* time : {"1e30", "1.5", "18446744073709551616", "9223372036854775807", "-1",
                             "\"1790000600\"", "null", "true", "[1790000600]", "{}"}) {
        json claims = goodClaims();
        claims.erase("exp");
        std::string text = claims.dump();
        text.pop_back();
        CHECK(world().faultOfText(text + R"(,"exp":)" + time + "}") == "badClaims");
    }
}

TEST_CASE("claims of another type are refused, and those of others are nothing to us") {
    CHECK(world().faultWith("origin", "https://portal.example.vn/") == "badClaims");
    for (const char* claim : {"sub", "name", "company", "origin"})
        for (const json& value : {json(1), json(nullptr), json::array({"a"}), json{{"a", 1}}})
            CHECK(world().faultWith(claim, value) == "badClaims");
    CHECK(world().faultWith("sub", "") == "badClaims");
    CHECK(world().faultWith("sub", "a\nb") == "badClaims");
    CHECK(world().faultWith("name", std::string(201, 'a')) == "badClaims");
    CHECK(world().faultWith("email", "a@example.vn").empty());
}

TEST_CASE("users are a list of numbers; an empty one does not mean everyone") {
    for (const json& users :
         {json::array(), json(7), json{"7"}, json{0}, json{-1}, json{7.5}, json(nullptr), json{4294967296}})
        CHECK(world().faultWith("users", users) == "badClaims");
    CHECK(world().faultWith("users", std::vector<int>(33, 7)) == "badClaims");
    CHECK(world().faultWith("users", std::vector<int>(32, 7)).empty());
}

TEST_CASE("a token fills in fields and locks them, but none that holds a secret") {
    json claims = goodClaims();
    claims["prefill"] = {{"userId", 7}, {"identity", "001099000001"}, {"signatureText", "Ky\u0301"}};
    claims["lock"] = {"userId", "signatureText"};
    const auto caller = world().read(world().edwards.sign(claims));
    REQUIRE(caller.ok());
    const Prefill& prefill = caller.value().prefill;
    CHECK(prefill.values.userId == 7);
    CHECK(prefill.values.identity == "001099000001");
    CHECK(*prefill.values.signatureText == "Ký");  // as the proxy composes what a page sends
    CHECK(prefill.locks(Field::User));
    CHECK(prefill.locks(Field::SignatureText));
    CHECK_FALSE(prefill.locks(Field::Identity));
    for (const char* key : {"password", "secretKey", "businessAccount", "signatureImage", "form", "other"}) {
        CHECK(world().faultWith("lock", {key}) == "badClaims");
        CHECK(world().faultWith("prefill", {{key, "x"}}) == "badClaims");
    }
    CHECK(world().faultWith("lock", {"userId"}) == "badClaims");  // to what, nobody says
    CHECK(world().faultWith("prefill", {{"userId", "7"}}) == "badClaims");
    CHECK(world().faultWith("prefill", {{"displayMode", "all"}}) == "badClaims");
}

TEST_CASE("a token that the server asks for says what was asked, and every proxy with that key takes it") {
    const Issuer issuer = ownIssuer(std::string(32, 'k'), "smartca-proxy", kMain);
    const json asked =
        json::parse(R"({"sub":"17","name":"Trần Bình","may":["list"],"users":[7],"lifetime":60})");
    const auto issued = issuer.issue(asked, "main", kNow);
    REQUIRE(issued.ok());
    CHECK(issued.value().expires == kNow + 60);
    const KeyShelf elsewhere(ownIssuer(std::string(32, 'k'), "smartca-proxy", kMain).key);
    const auto read = [&](const KeyShelf& shelf, Instant now) {
        return callerOf(issued.value().token, *shelf.keys(),
                        {.audience = "smartca-proxy", .serves = kMain, .now = now});
    };
    const auto caller = read(elsewhere, kNow + 30);
    REQUIRE(caller.ok());
    CHECK(caller.value().subject == "17");
    CHECK(caller.value().name == "Trần Bình");
    CHECK(caller.value().company == "main");
    CHECK(caller.value().issuer == "smartca-proxy");
    CHECK(caller.value().may == Rights{Right::List});
    CHECK(caller.value().users == std::vector<UserId>{7});
    CHECK(read(elsewhere, kNow + 120).error().fault == TokenFault::Expired);
    const KeyShelf other(ownIssuer(std::string(32, 'x'), "smartca-proxy", kMain).key);
    CHECK(read(other, kNow).error().fault == TokenFault::NotSigned);
}

TEST_CASE("the server is told which claim is wrong, and gives none that only we give") {
    const Issuer issuer = ownIssuer(std::string(32, 'k'), "smartca-proxy", kMain);
    const json good = {{"sub", "17"}, {"may", {"list"}}};
    CHECK(issuer.issue(good, "main", kNow).ok());
    const auto pointerOf = [&](const char* claim, const json& value) {
        json asked = good;
        asked[claim] = value;
        const auto issued = issuer.issue(asked, "main", kNow);
        return issued ? "" : issued.error().pointer;
    };
    for (const char* claim : {"iss", "aud", "exp", "iat", "jti", "lock", "prefill", "unknown"})
        CHECK(pointerOf(claim, 1) == std::string("/") + claim);
    CHECK(pointerOf("sub", "") == "/sub");
    CHECK(pointerOf("may", {"all"}) == "/may");
    CHECK(pointerOf("users", json::array()) == "/users");
    CHECK(pointerOf("company", "second") == "/company");
    CHECK(pointerOf("lifetime", 901) == "/lifetime");
    CHECK(pointerOf("lifetime", 59) == "/lifetime");
    CHECK_FALSE(issuer.issue(json::array(), "main", kNow).ok());
}

TEST_CASE("keys of a file count beside our own, which no file can replace") {
    KeyShelf shelf(ownIssuer(std::string(32, 'k'), "smartca-proxy", kMain).key);
    CHECK_FALSE(shelf.take(setOf({world().edwards.jwk()})));
    CHECK(shelf.keys()->find("EdDSA") != nullptr);
    CHECK(shelf.keys()->find("smartca-proxy") != nullptr);
    json impostor = world().secret.jwk();
    impostor["kid"] = "smartca-proxy";
    CHECK(shelf.take(setOf({impostor})));
    CHECK(shelf.keys()->find("EdDSA") != nullptr);  // a broken file changes nothing
}

TEST_CASE("what is no token at all is refused, at any length") {
    for (const std::string& text : {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
                                    std::string("W10.W10.AAAA"), std::string(100'000, '.')})
        CHECK(world().faultOf(text) == "notAToken");
    json large = goodClaims();
    large["x"] = std::string(8192, 'a');
    CHECK(world().faultOf(world().edwards.sign(large)) == "notAToken");
    const std::string good = world().edwards.sign(goodClaims());
    CHECK(world().faultOf(good + ".AAAA") == "notSigned");
    CHECK(world().faultOf(" " + good) == "notAToken");
    CHECK(world().faultOf("=" + good) == "notAToken");
}

}  // namespace smartca::session::test
