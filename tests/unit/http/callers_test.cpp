// Who is let in by the head of a request, and what they may ask. What makes a good session token is
// tests/unit/session's.
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>

#include "../session/signing.h"
#include "fixture.h"

namespace smartca::http::test {
namespace {

using session::test::Signer;

constexpr Instant kNow = 1'790'000'000;
constexpr const char* kServerToken = "one-token-of-many-characters";

struct Guarded {
    Signer portal = Signer::make("EdDSA");
    std::shared_ptr<const session::KeySet> keys = std::make_shared<const session::KeySet>(
        session::KeySet::parse(session::test::setOf({portal.jwk()})).value());
    std::mutex mutex;
    std::vector<std::string> details, actors;
    Running running{site(), {}, testRoutes()};

    SiteOptions site() {
        SiteOptions options;
        options.guards.allowedOrigins = {"https://portal.example.vn"};
        options.authenticate =
            requireBearer({.serverTokens = [] { return std::vector<std::string>{kServerToken, "another"}; },
                           .keys = [this] { return keys; },
                           .audience = "smartca-proxy",
                           .company = "main",
                           .serves = [](std::string_view company) { return company == "main"; },
                           .now = [] { return kNow; }});
        options.observe = [this](const RequestRecord& record) {
            const std::lock_guard lock(mutex);
            details.emplace_back(record.detail);
            actors.emplace_back(record.caller == nullptr ? "" : record.caller->subject);
        };
        return options;
    }
    std::string tokenWith(const nlohmann::json& more = nlohmann::json::object()) const {
        nlohmann::json claims = {{"iss", "https://portal.example.vn"},
                                 {"aud", "smartca-proxy"},
                                 {"sub", "17"},
                                 {"company", "main"},
                                 {"iat", kNow},
                                 {"exp", kNow + 600},
                                 {"may", {"create"}}};
        claims.update(more);
        return portal.sign(claims);
    }
    int ask(const std::string& path, const std::string& token, const std::string& more = "") const {
        return running.ask(get(path, "Authorization: Bearer " + token + "\r\n" + more)).status();
    }
    std::string lastDetail() {
        const std::lock_guard lock(mutex);
        return details.back();
    }
};

constexpr const char* kFromPortal = "Origin: https://portal.example.vn\r\nSec-Fetch-Site: cross-site\r\n";

}  // namespace

TEST_CASE("without a token, or with one that nobody gave, nothing is served") {
    const Guarded guarded;
    CHECK(guarded.running.ask(get("/api/v1/session")).status() == 401);
    CHECK(guarded.ask("/api/v1/session", "wrong") == 401);
    CHECK(guarded.running.ask(get("/api/v1/session", "Authorization: Basic another\r\n")).status() == 401);
    CHECK(guarded.running.ask(get("/api/v1/session", "Authorization: Bearer \r\n"))
              .has("WWW-Authenticate: Bearer"));
}

TEST_CASE("the server's token opens everything, and both of two count") {
    const Guarded guarded;
    CHECK(guarded.ask("/api/v1/session", kServerToken) == 200);
    CHECK(guarded.ask("/api/v1/session", "another") == 200);
    CHECK(guarded.ask("/api/v1/users/7/signature-image", "another") == 200);
}

TEST_CASE("Bearer is the same word in any case, and more than one blank may follow it") {
    const Guarded guarded;
    for (const std::string scheme : {"bearer ", "BEARER   "})
        CHECK(guarded.running.ask(get("/api/v1/session", "Authorization: " + scheme + kServerToken + "\r\n"))
                  .status() == 200);
    CHECK(guarded.running
              .ask(get("/api/v1/session", std::string("Authorization: Bearer") + kServerToken + "\r\n"))
              .status() == 401);
}

TEST_CASE("the server's token is refused from a browser, which should never hold it") {
    Guarded guarded;
    CHECK(guarded.ask("/api/v1/session", kServerToken, kFromPortal) == 403);
    CHECK(guarded.ask("/api/v1/session", kServerToken, "Sec-Fetch-Site: same-origin\r\n") == 403);
    CHECK(guarded.lastDetail() == "serverInBrowser");
}

TEST_CASE("with its token the server names whom it acts for, and what they may do") {
    Guarded guarded;
    const std::string image = "/api/v1/users/7/signature-image";
    CHECK(guarded.ask(image, kServerToken, "Smartca-Actor: nv-7\r\nSmartca-Actor-Name: Trần Bình\r\n") ==
          200);
    CHECK(guarded.actors.back() == "nv-7");
    CHECK(guarded.ask(image, kServerToken, "Smartca-Actor: nv-7\r\nSmartca-May: list create\r\n") == 200);
    CHECK(guarded.ask(image, kServerToken, "Smartca-Actor: nv-7\r\nSmartca-May: list\r\n") == 403);
    CHECK(guarded.ask(image, kServerToken, "Smartca-Actor: nv-7\r\n" + std::string(kFromPortal)) == 403);
}

TEST_CASE(
    "where only the server reaches, it is believed without a token, and no browser's request is let in") {
    const auto ask = [](std::vector<HeaderField> headers) {
        RequestHead head;
        head.headers = std::move(headers);
        return trustServer("main", [](std::string_view company) { return company != "third"; })(head);
    };
    CHECK(ask({}).value().isServer());
    const auto named = ask({{"smartca-actor", "nv-7"}, {"smartca-may", "list"}, {"smartca-users", "7"}});
    CHECK(named.value().subject == "nv-7");
    CHECK(named.value().issuer == "server");
    CHECK(named.value().may == Rights{Right::List});
    CHECK(named.value().users == std::vector<UserId>{7});
    CHECK(named.value().company == "main");
    CHECK(ask({{"smartca-company", "second"}}).value().company == "second");
    CHECK(ask({{"smartca-company", "third"}}).error().status == 400);
    CHECK(ask({{"smartca-actor", "nv-7"}, {"origin", "https://portal.example.vn"}}).error().status == 403);
    CHECK(ask({{"smartca-actor", "nv-7"}, {"sec-fetch-site", "same-origin"}}).error().status == 403);
    CHECK(ask({{"smartca-may", "everything"}}).error().status == 400);
}

TEST_CASE("an actor that cannot be read as it was meant is refused") {
    const Guarded guarded;
    for (const char* wrong : {"Smartca-May: everything", "Smartca-Users: 7 x", "Smartca-Users: 0",
                              "Smartca-Users: 7,8", "Smartca-Actor-Name: \xff"})
        CHECK(guarded.ask("/api/v1/session", kServerToken,
                          "Smartca-Actor: a\r\n" + std::string(wrong) + "\r\n") == 400);
    CHECK(guarded.ask("/api/v1/session", kServerToken, "Smartca-Actor: " + std::string(201, 'a') + "\r\n") ==
          400);
}

TEST_CASE("from anybody else the name of an actor means nothing") {
    Guarded guarded;
    const std::string token = guarded.tokenWith({{"may", {"list"}}});
    CHECK(guarded.ask("/api/v1/users/7/signature-image", token,
                      "Smartca-Actor: boss\r\nSmartca-May: create\r\n") == 403);
    CHECK(guarded.actors.back() == "17");
    RequestHead head;
    head.headers = {{"smartca-actor", "boss"}};
    const auto local = allowLocal("main")(head);
    CHECK(local.value().subject == "local");
}

TEST_CASE("a session token opens what its rights allow, and the log says which right was missing") {
    Guarded guarded;
    const std::string token = guarded.tokenWith();
    CHECK(guarded.ask("/api/v1/session", token, kFromPortal) == 200);
    CHECK(guarded.ask("/api/v1/users/7/signature-image", token) == 200);
    const auto refused = guarded.running.ask(
        get("/api/v1/users/7/signature-image",
            "Authorization: Bearer " + guarded.tokenWith({{"may", {"lookup"}}}) + "\r\n"));
    CHECK(refused.status() == 403);
    CHECK(refused.has("\"code\":\"notAllowed\""));
    CHECK(guarded.lastDetail() == "no right of create");
    CHECK(guarded.actors.back() == "17");
}

TEST_CASE("of a bad token its holder learns whether it has expired, and the log what is wrong with it") {
    Guarded guarded;
    const auto answer = [&](const nlohmann::json& claims) {
        return guarded.running.ask(
            get("/api/v1/session", "Authorization: Bearer " + guarded.tokenWith(claims) + "\r\n"));
    };
    const auto expired = answer({{"iat", kNow - 900}, {"exp", kNow - 100}});
    CHECK(expired.status() == 401);
    CHECK(expired.has("has expired"));
    CHECK(guarded.lastDetail() == "expired");
    const auto foreign = answer({{"company", "second"}});
    CHECK(foreign.status() == 401);
    CHECK_FALSE(foreign.has("ompany"));
    CHECK(guarded.lastDetail() == "otherCompany");
    CHECK(guarded.actors.back().empty());
}

TEST_CASE("a token of one origin is of no use to a page of another, or to a program") {
    Guarded guarded;
    const std::string token = guarded.tokenWith({{"origin", "https://portal.example.vn"}});
    CHECK(guarded.ask("/api/v1/session", token, kFromPortal) == 200);
    CHECK(guarded.ask("/api/v1/session", token, "Origin: https://portal.example.vn.evil.example\r\n") == 403);
    CHECK(guarded.lastDetail() == "otherOrigin");
    CHECK(guarded.ask("/api/v1/session", token, "Sec-Fetch-Site: same-origin\r\n") == 403);
    CHECK(guarded.ask("/api/v1/session", token) == 403);
    const std::string own = guarded.tokenWith({{"origin", "http://localhost"}});
    CHECK(guarded.ask("/api/v1/session", own, "Sec-Fetch-Site: same-origin\r\n") == 200);
}

TEST_CASE("changed keys count from the next request on") {
    Guarded guarded;
    const std::string token = guarded.tokenWith();
    CHECK(guarded.ask("/api/v1/session", token) == 200);
    guarded.keys = nullptr;
    CHECK(guarded.ask("/api/v1/session", token) == 401);
}

TEST_CASE("without a way to prove it, whoever reaches the address is one local caller with all rights") {
    const auto caller = allowLocal("main")({});
    REQUIRE(caller.ok());
    CHECK(caller.value().subject == "local");
    CHECK(caller.value().company == "main");
    CHECK(caller.value().may == Rights::all());
}

TEST_CASE("a caller is authenticated once for each request, whether it is served or refused") {
    std::atomic<int> asked{0};
    SiteOptions site;
    site.authenticate = [&](const RequestHead& head) -> Result<Caller, Refusal> {
        ++asked;
        if (head.header("x-token").empty()) return Refusal{401, "unknown"};
        return Caller{.subject = "known"};
    };
    const Running running(site);
    CHECK(running.ask(get("/api/v1/session", "X-Token: a\r\n")).status() == 200);
    CHECK(asked == 1);
    CHECK(running.ask(get("/api/v1/session")).status() == 401);
    CHECK(asked == 2);
    CHECK(running.ask(get("/api/v1/session", "X-Token: a\r\nSec-Fetch-Site: cross-site\r\n")).status() ==
          403);
    CHECK(asked == 3);
}

}  // namespace smartca::http::test
