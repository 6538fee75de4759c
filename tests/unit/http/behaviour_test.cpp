// What well-meaning clients rely on.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "fixture.h"
#include "proxy/base/file.h"
#include "proxy/http/guards.h"
#include "proxy/http/listener.h"

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

TEST_CASE("a body in chunks is the same body, however its bytes are split, and the next request follows it") {
    const auto request = [](std::string_view chunks) {
        return "POST /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
               "Transfer-Encoding: Chunked\r\n\r\n" +
               std::string(chunks);
    };
    const std::string bytes = request("3\r\n{\"a\r\n0004\r\n\":1}\r\n0\r\n\r\n") +
                              get("/api/v1/session", "X-Request-Id: behind\r\nConnection: close\r\n");
    const Running running;
    const auto bodyOf = [](const Reply& reply) {
        return reply.text.substr(reply.text.find("\r\n\r\n") + 4, 13);
    };
    for (std::size_t split = 100; split < bytes.size(); split += 7) {
        Client client(running.port);
        client.send(bytes.substr(0, split));
        std::this_thread::yield();
        client.send(bytes.substr(split));
        const auto reply = client.receiveAll();
        CHECK(bodyOf(reply) == R"("{\"a\":1}")"
                               "HT");
        CHECK(reply.has("behind"));
    }
    Client large(running.port);
    large.send(request("400\r\n" + std::string(1024, 'a') + "\r\n0\r\n\r\n"));
    CHECK(large.receive().status() == 200);
}

TEST_CASE("a balancer's check without a Host is answered, and a foreign Host is not") {
    const Running running;
    CHECK(running.ask("GET /api/v1/session HTTP/1.0\r\n\r\n").status() == 200);
    CHECK(running.ask("GET /api/v1/session HTTP/1.0\r\nHost: evil.example\r\n\r\n").status() == 403);
    CHECK(running
              .ask("POST /api/v1/lookups HTTP/1.0\r\nOrigin: http://localhost\r\nContent-Type: "
                   "application/json\r\nContent-Length: 2\r\n\r\n{}")
              .status() == 403);
}

TEST_CASE("a Host with an underscore, as containers and upstreams have it, can be allowed") {
    SiteOptions site;
    site.guards.allowedHosts = {"smartca_proxy"};
    const auto asked = [](std::string_view host) {
        return "GET /api/v1/session HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
    };
    const Running running(site);
    CHECK(running.ask(asked("smartca_proxy:8080")).status() == 200);
    CHECK(running.ask(asked("other_proxy")).status() == 403);
}

TEST_CASE("what is in the way of a socket file is told as it is") {
    const base::ScratchFolder folder;
    const Address socket{Address::Kind::Unix, folder.path() + "/a.sock"};
    const std::string path = "unix:" + socket.host;
    {
        const auto first = listenOn(socket);
        REQUIRE(first.ok());
        CHECK(listenOn(socket).error() ==
              "Something else listens on " + path + " already; stop it or choose another address.");
    }
    CHECK(listenOn(socket).ok());  // what is left of one that has ended is in nobody's way
    std::filesystem::remove(socket.host);
    std::ofstream(socket.host) << "hello";
    CHECK(listenOn(socket).error() ==
          "A file is in the way of " + path + "; remove it or choose another address.");
    std::filesystem::remove(socket.host);
    std::filesystem::create_directory(socket.host);
    CHECK(listenOn(socket).error() ==
          "A file is in the way of " + path + "; remove it or choose another address.");
    std::filesystem::remove(socket.host);

    constexpr uid_t kNobody = 65534;
    ::chmod(folder.path().c_str(), 0500);
    const auto self = ::geteuid();
    if (self == 0) REQUIRE(::seteuid(kNobody) == 0);
    const auto refused = listenOn(socket);
    if (self == 0) REQUIRE(::seteuid(self) == 0);
    ::chmod(folder.path().c_str(), 0700);
    REQUIRE(!refused.ok());
    CHECK(refused.error() ==
          "This user may not make " + path + "; let it write into that folder, or choose another.");
}

TEST_CASE("headers whose names nginx would drop are dropped, and the others are read") {
    const auto head = parseHead(
        "GET / HTTP/1.1\r\nHost: a\r\nSM_USER: nva\r\nREMOTE_ADDR: 6.6.6.6\r\nX\xC3\xA1: b\r\nX(y): c\r\n"
        "X~!: kept\r\nX-Request-Id: last\r\n\r\n");
    REQUIRE(head.ok());
    CHECK(head.value().headers.size() == 3);
    CHECK(head.value().header("x~!") == "kept");
    CHECK(head.value().header("x-request-id") == "last");
}

TEST_CASE("a query may hold the signs that browsers send as they are") {
    const auto head = parseHead("GET /?utm={x}|y^`\\ HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(head.ok());
    CHECK(head.value().path == "/");
    CHECK(head.value().query == "utm={x}|y^`\\");
}

TEST_CASE("20 KB of cookies are no matter, and a head that is too large is told in its own words") {
    const Running running;
    const auto cookies = [](std::size_t size) { return "Cookie: a=" + std::string(size, 'b') + "\r\n"; };
    CHECK(running.ask(get("/api/v1/session", cookies(20'000))).status() == 200);
    const auto refused = running.ask(get("/api/v1/session", cookies(40'000)));
    CHECK(refused.status() == 431);
    CHECK(refused.has("\"code\":\"headTooLarge\""));
    CHECK(refused.has("cookie"));
}

TEST_CASE("a refusal for Host or Origin tells the log which names differ, and nobody else") {
    std::mutex mutex;
    std::vector<std::string> details;
    SiteOptions site;
    site.observe = [&](const RequestRecord& record) {
        const std::lock_guard lock(mutex);
        details.emplace_back(record.detail);
    };
    const Running running(site);
    const auto reply = running.ask(post("/api/v1/lookups", "{}", "Origin: https://portal.vn\r\n"));
    CHECK(reply.status() == 403);
    CHECK_FALSE(reply.has("portal.vn"));
    running.ask("GET /api/v1/session HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    const std::lock_guard lock(mutex);
    CHECK(details == std::vector<std::string>{"foreignOrigin: Host localhost, Origin https://portal.vn",
                                              "foreignHost: Host evil.example"});
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
