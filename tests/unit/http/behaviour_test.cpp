// What well-meaning clients rely on.
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>

#include "fixture.h"
#include "proxy/http/guards.h"

using namespace smartca;
using namespace smartca::http;
using namespace smartca::http::test;

TEST_CASE("an answer carries the security headers, its request's number and its length") {
    const auto reply = Running().ask(get("/api/v1/session", "X-Request-Id: abc-1\r\n"));
    CHECK(reply.status() == 200);
    for (const auto* header :
         {"X-Request-Id: abc-1\r\n", "Content-Length: 7\r\n", "X-Content-Type-Options: nosniff\r\n",
          "Referrer-Policy: no-referrer\r\n", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
          "frame-ancestors 'self'\r\n", "Cache-Control: no-store\r\n",
          "Cross-Origin-Resource-Policy: same-origin\r\n", "Cross-Origin-Opener-Policy: same-origin\r\n"})
        CHECK_MESSAGE(reply.has(header), header);
}

TEST_CASE("a connection serves one request after another, also when they come at once") {
    const Running running;
    Client client(running.port);
    client.send(get("/api/v1/session", "X-Request-Id: first\r\n"));
    CHECK(client.receive().has("first"));
    client.send(get("/api/v1/session", "X-Request-Id: second\r\n") +
                post("/api/v1/lookups", "{\"a\":1}", "X-Request-Id: third\r\n") +
                get("/api/v1/session", "Connection: close\r\nX-Request-Id: fourth\r\n"));
    const auto reply = client.receiveAll();
    CHECK(reply.closed);
    CHECK(reply.text.find("second") < reply.text.find("third"));
    CHECK(reply.text.find("third") < reply.text.find("fourth"));
}

TEST_CASE("a request that comes byte by byte is the same request") {
    const Running running;
    Client client(running.port);
    const auto bytes = post("/api/v1/lookups", "{\"identity\":\"1\"}");
    for (const char byte : bytes)
        client.send({&byte, 1});
    CHECK(client.receive().status() == 200);
}

TEST_CASE("a body is asked for with 100 Continue, and only where it will be read") {
    const Running running;
    Client client(running.port);
    client.send(
        "POST /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.receive().status() == 100);
    client.send("{}");
    CHECK(client.receive().status() == 200);
    const auto refused = running.ask(
        "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    CHECK(refused.status() == 404);
}

TEST_CASE("HEAD is GET without the body") {
    const auto reply =
        Running().ask("HEAD /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    CHECK(reply.status() == 200);
    CHECK(reply.has("Content-Length: 7\r\n"));
    CHECK(reply.text.ends_with("\r\n\r\n"));
}

TEST_CASE("HTTP/1.0 knows no 100 Continue and is not sent one") {
    const auto reply = Running().ask(
        "POST /api/v1/lookups HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: "
        "100-continue\r\nContent-Length: 2\r\n\r\n{}");
    CHECK(reply.status() == 200);
}

TEST_CASE("HTTP/1.0 is answered once") {
    const Running running;
    Client client(running.port);
    client.send("GET /api/v1/session HTTP/1.0\r\nHost: localhost\r\n\r\n");
    const auto reply = client.receiveAll();
    CHECK(reply.status() == 200);
    CHECK(reply.closed);
}

TEST_CASE("a handler that throws tells the client nothing of what it said") {
    const auto reply = Running().ask(get("/api/v1/boom"));
    CHECK(reply.status() == 500);
    CHECK(reply.has("\"code\":\"internal\""));
    CHECK_FALSE(reply.has("geheim"));
    CHECK_FALSE(reply.has("EXCEPTION"));
}

TEST_CASE("a method that a path lacks is named with those it has") {
    const auto reply = Running().ask("DELETE /api/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(reply.status() == 405);
    CHECK(reply.has("Allow: GET, HEAD, OPTIONS\r\n"));
}

TEST_CASE("problems are told in the language that is asked for") {
    const Running running;
    CHECK(
        running.ask(get("/nowhere", "Accept-Language: en-GB,vi;q=0.5\r\n")).has("Content-Language: en\r\n"));
    CHECK(running.ask(get("/nowhere", "Accept-Language: fr, vi;q=0.3, en;q=0.2\r\n"))
              .has("Content-Language: vi\r\n"));
    CHECK(running.ask(get("/nowhere")).has("Content-Language: vi\r\n"));
}

TEST_CASE("an allowed portal may ask across origins, after a preflight; another may not") {
    SiteOptions site;
    site.guards.allowedOrigins = {"https://portal.example.vn"};
    const Running running(site);
    const auto preflight = running.ask(
        "OPTIONS /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nOrigin: "
        "https://portal.example.vn\r\nAccess-Control-Request-Method: POST\r\n\r\n");
    CHECK(preflight.status() == 204);
    CHECK(preflight.has("Access-Control-Allow-Origin: https://portal.example.vn\r\n"));
    CHECK(preflight.has("Access-Control-Allow-Methods: POST, OPTIONS\r\n"));
    CHECK(preflight.has("X-Requested-With"));  // which the page sends with everything
    CHECK(preflight.has("Vary: Origin\r\n"));
    CHECK(preflight.has("frame-ancestors 'self' https://portal.example.vn"));
    CHECK(running
              .ask(post("/api/v1/lookups", "{}",
                        "Origin: https://portal.example.vn\r\nSec-Fetch-Site: cross-site\r\n"))
              .status() == 200);
    const auto other = running.ask(
        "OPTIONS /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nOrigin: "
        "https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n");
    CHECK(other.status() == 403);
    CHECK_FALSE(other.has("Access-Control-Allow"));
}

TEST_CASE("a cookie or a referrer of somebody else's locks nobody out") {
    const Running running;
    CHECK(running.ask(get("/api/v1/session", "Cookie: prefs=%7B%22a%22%3A%22x%0Ay%22%7D\r\n")).status() ==
          200);
    CHECK(running.ask(get("/api/v1/session", "Referer: https://portal.vn/?note=a%0Ab\r\n")).status() == 200);
}

TEST_CASE("a page of our own may ask, whether or not it names the port that its scheme has anyway") {
    const Running running;
    for (const char* origin : {"http://localhost", "http://localhost:80", "https://LOCALHOST:443"})
        CHECK(running
                  .ask(post("/api/v1/lookups", "{}",
                            "Sec-Fetch-Site: same-origin\r\nOrigin: " + std::string(origin) + "\r\n"))
                  .status() == 200);
}

TEST_CASE("each request leaves one record, with its route's pattern and never its path or query") {
    std::mutex mutex;
    std::vector<std::string> routes;
    SiteOptions site;
    site.observe = [&](const RequestRecord& record) {
        const std::lock_guard lock(mutex);
        routes.emplace_back(record.route);
    };
    const Running running(site);
    running.ask(get("/api/v1/users/77/signature-image?search=geheim"));
    running.ask(get("/nowhere/geheim"));
    const std::lock_guard lock(mutex);
    CHECK(routes == std::vector<std::string>{"/api/v1/users/:id/signature-image", "-"});
}

TEST_CASE("a second server does not share the port of the first") {
    Running running;
    Site site(testRoutes(), {});
    Server second(site, {});
    const auto address = second.start(parseAddress("127.0.0.1:" + std::to_string(running.port)).value());
    REQUIRE_FALSE(address.ok());
    CHECK(address.error().find("listens on") != std::string::npos);
}

TEST_CASE("a client that leaves while its request is worked on harms nobody") {
    const Running running;
    for (int i = 0; i < 20; ++i) {
        Client client(running.port);
        client.send(post("/api/v1/slow", "{}"));
        const linger abrupt{1, 0};
        ::setsockopt(client.fd(), SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    }
    CHECK(running.ask(get("/api/v1/session")).status() == 200);
}
