// Raw requests that no well-meaning client sends: each is refused with its status as a problem, and the
// connection is closed so that nothing after it can be taken for a request.
#include <doctest/doctest.h>

#include <random>

#include "fixture.h"

using namespace smartca::http::test;

namespace {

struct Attack {
    const char* name;
    int status;
    std::string bytes;
};

std::string line(std::string_view first) {
    return std::string(first) + "\r\nHost: localhost\r\n\r\n";
}

std::string posted(std::string_view headers, std::string_view body) {
    return "POST /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

std::string chunked(std::string_view body) {
    return posted("Transfer-Encoding: chunked\r\n", body);
}

std::string postOf(std::string_view type) {
    return "POST /api/v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Type: " +
           std::string(type) + "\r\n\r\n{}";
}

std::vector<Attack> attacks() {
    using namespace std::string_literals;
    return {
        // where the body ends (RFC 9112 §6)
        {"Content-Length with Transfer-Encoding", 400,
         posted("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"Transfer-Encoding with Content-Length", 400,
         posted("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
        {"a negative chunk", 400, chunked("-2\r\nab\r\n0\r\n\r\n")},
        {"a chunk of no size", 400, chunked("\r\nab\r\n0\r\n\r\n")},
        {"a chunk's size with 0x", 400, chunked("0x2\r\nab\r\n0\r\n\r\n")},
        {"a chunk's size with a blank", 400, chunked("2 \r\nab\r\n0\r\n\r\n")},
        {"a chunk's size of nine digits", 400, chunked("000000002\r\nab\r\n0\r\n\r\n")},
        {"a chunk with an extension", 400, chunked("2;a=b\r\nab\r\n0\r\n\r\n")},
        {"a chunk longer than its size", 400, chunked("2\r\nabc\r\n0\r\n\r\n")},
        {"a chunk whose size ends in a bare LF", 400, chunked("2\nab\r\n0\r\n\r\n")},
        {"a chunk that ends in a bare LF", 400, chunked("2\r\nab\n0\r\n\r\n")},
        {"a bare CR after the last chunk", 400, chunked("2\r\nab\r\n0\r\n\rX")},
        {"a trailer", 400, chunked("2\r\nab\r\n0\r\nX: y\r\n\r\n")},
        {"chunks beyond the limit", 413, chunked("200\r\n" + std::string(512, 'a') + "\r\n201\r\n")},
        {"a chunk beyond 32 bits", 413, chunked("ffffffff\r\n")},
        {"chunks in HTTP/1.0", 400,
         "POST /api/v1/lookups HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"a GET in chunks", 400, get("/api/v1/session", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
        {"chunked twice", 411, posted("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")},
        {"two transfer codings", 400,
         posted("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")},
        {"a transfer coding with an underscore", 400,
         posted("Transfer_Encoding: chunked\r\nContent-Length: 2\r\n", "{}")},
        {"an unknown coding", 411, posted("Transfer-Encoding: xchunked\r\n", "")},
        {"identity coding", 411, posted("Transfer-Encoding: identity\r\n", "")},
        {"a capital transfer coding header", 411, posted("TRANSFER-ENCODING: gzip, chunked\r\n", "")},
        {"two lengths", 400, posted("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")},
        {"the same length twice", 400, posted("Content-Length: 2\r\nContent-Length: 2\r\n", "{}")},
        {"a list of lengths", 400, posted("Content-Length: 2, 2\r\n", "{}")},
        {"a signed length", 400, posted("Content-Length: +2\r\n", "{}")},
        {"a negative length", 400, posted("Content-Length: -2\r\n", "{}")},
        {"a hexadecimal length", 400, posted("Content-Length: 0x2\r\n", "{}")},
        {"an empty length", 400, posted("Content-Length:\r\n", "{}")},
        {"a length with a blank inside", 400, posted("Content-Length: 1 2\r\n", "{}")},
        {"a length beyond 64 bits", 400, posted("Content-Length: 99999999999999999999999\r\n", "{}")},
        {"no length", 411, posted("", "")},
        {"gigabytes announced", 413, posted("Content-Length: 4000000000\r\n", "{")},
        {"one byte more than the route takes", 413, posted("Content-Length: 1025\r\n", "{")},
        {"a GET with a body", 400, get("/api/v1/session", "Content-Length: 2\r\n") + "{}"},
        {"a compressed body", 415, posted("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}")},
        // lines
        {"a bare LF after the request line", 400, "GET /api/v1/session HTTP/1.1\nHost: localhost\r\n\r\n"},
        {"only bare LF", 400, "GET /api/v1/session HTTP/1.1\nHost: localhost\n\n"},
        {"a lone CR", 400, "GET /api/v1/session HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n"},
        {"a NUL", 400, "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n"s},
        {"an empty line first", 400, "\r\nGET /api/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"a folded line", 400, get("/api/v1/session", "X: a\r\n b\r\n")},
        {"a line folded by a tab", 400, get("/api/v1/session", "X: a\r\n\tb\r\n")},
        // header names and values
        {"a blank before the colon", 400, get("/api/v1/session", "Content-Length : 0\r\n")},
        {"a length with an underscore", 400, get("/api/v1/session", "Content_Length: 1\r\n")},
        {"no name", 400, get("/api/v1/session", ": a\r\n")},
        {"no colon", 400, get("/api/v1/session", "Accept\r\n")},
        {"a length with a letter that is none", 400, get("/api/v1/session", "Content-\xC3\xA1Length: 1\r\n")},
        {"a control character in a name", 400, get("/api/v1/session", "X\x01: a\r\n")},
        {"an encoded line break in a value", 400,
         get("/api/v1/session", "X-Request-Id: a%0d%0aInjected:%20b\r\n")},
        {"an encoded line feed in capitals", 400, get("/api/v1/session", "X: a%0Ab\r\n")},
        {"an encoded NUL", 400, get("/api/v1/session", "X: a%00\r\n")},
        {"an escape character in a value", 400, get("/api/v1/session", "X: a\x1b[31m\r\n")},
        {"two content types", 400, posted("Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}")},
        {"two authorizations", 400, get("/api/v1/session", "Authorization: a\r\nAuthorization: b\r\n")},
        {"two origins", 400, get("/api/v1/session", "Origin: a\r\nOrigin: b\r\n")},
        // Host
        {"no Host", 400, "GET /api/v1/session HTTP/1.1\r\n\r\n"},
        {"two Hosts", 400, get("/api/v1/session", "Host: evil.example\r\n")},
        {"an empty Host", 400, "GET /api/v1/session HTTP/1.1\r\nHost:\r\n\r\n"},
        {"a Host with a path", 400, "GET /api/v1/session HTTP/1.1\r\nHost: localhost/x\r\n\r\n"},
        {"a rebound name", 403, "GET /api/v1/session HTTP/1.1\r\nHost: evil.example\r\n\r\n"},
        {"a name that begins like ours", 403,
         "GET /api/v1/session HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"},
        {"an address with a name behind it", 403,
         "GET /api/v1/session HTTP/1.1\r\nHost: [::1]evil.example\r\n\r\n"},
        {"a port that is none", 403, "GET /api/v1/session HTTP/1.1\r\nHost: localhost:80evil\r\n\r\n"},
        // request line
        {"an absolute target", 400, line("GET http://localhost/api/v1/session HTTP/1.1")},
        {"CONNECT", 400, line("CONNECT evil.example:443 HTTP/1.1")},
        {"an asterisk", 400, line("OPTIONS * HTTP/1.1")},
        {"TRACE", 405, line("TRACE /api/v1/session HTTP/1.1")},
        {"an unknown method", 405, line("FROB /api/v1/session HTTP/1.1")},
        {"small letters", 400, line("get /api/v1/session HTTP/1.1")},
        {"an endless method", 400, line(std::string(3000, 'A') + " /api/v1/session HTTP/1.1")},
        {"two blanks", 400, line("GET  /api/v1/session HTTP/1.1")},
        {"a tab as separator", 400, line("GET\t/api/v1/session\tHTTP/1.1")},
        {"HTTP/0.9", 400, "GET /api/v1/session\r\n\r\n"},
        {"HTTP/1.2", 505, line("GET /api/v1/session HTTP/1.2")},
        {"HTTP/2 in clear", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"a fragment", 400, line("GET /api/v1/session#x HTTP/1.1")},
        {"a raw non-ASCII target", 400, line("GET /api/v1/users?search=\xC3\xA1 HTTP/1.1")},
        {"a backslash", 400, line("GET /api\\v1 HTTP/1.1")},
        {"a long target", 414, line("GET /" + std::string(13'000, 'a') + " HTTP/1.1")},
        // size
        {"a huge header", 431, get("/api/v1/session", "X: " + std::string(40'000, 'a') + "\r\n")},
        {"a hundred headers", 431,
         [] {
             std::string many;
             for (int i = 0; i < 100; ++i)
                 many += "X-" + std::to_string(i) + ": a\r\n";
             return get("/api/v1/session", many);
         }()},
        {"an unknown expectation", 417, posted("Expect: 200-ok\r\nContent-Length: 2\r\n", "{}")},
        // paths
        {"dot-dot", 404, get("/api/v1/../v1/session")},
        {"encoded dot-dot", 404, get("/%2e%2e/%2e%2e/etc/passwd")},
        {"encoded dot-dot inside", 404, get("/api/v1/%2e%2e/v1/session")},
        {"encoded dot-dot with encoded backslashes", 404, get("/..%5c..%5cetc/passwd")},
        {"dot-dot behind a parameter", 404, get("/api/v1/users/1/../../session")},
        {"a dot", 404, get("/api/v1/./session")},
        {"an encoded slash", 404, get("/api/v1%2fsession")},
        {"a parameter of the path", 404, get("/api/v1/session;x=1")},
        {"other letters", 404, get("/API/V1/session")},
        {"an encoded letter", 404, get("/api/v1/%73ession")},
        {"two slashes", 404, get("//api/v1/session")},
        {"two slashes inside", 404, get("/api/v1//session")},
        {"a slash at the end", 404, get("/api/v1/session/")},
        {"a parameter with an encoded NUL", 404, get("/api/v1/users/1%00/signature-image")},
        {"a parameter with an encoded slash", 404, get("/api/v1/users/1%2f2/signature-image")},
        {"a very long parameter", 404, get("/api/v1/users/" + std::string(2000, '1') + "/signature-image")},
        // other sites
        {"a foreign origin", 403, post("/api/v1/lookups", "{}", "Origin: https://evil.example\r\n")},
        {"our name by another scheme", 403, post("/api/v1/lookups", "{}", "Origin: ftp://localhost\r\n")},
        {"our name at another port", 403, post("/api/v1/lookups", "{}", "Origin: http://localhost:81\r\n")},
        {"no origin at all", 403, post("/api/v1/lookups", "{}", "Origin: null\r\n")},
        {"a cross-site fetch", 403, post("/api/v1/lookups", "{}", "Sec-Fetch-Site: cross-site\r\n")},
        {"a same-site fetch", 403, post("/api/v1/lookups", "{}", "Sec-Fetch-Site: same-site\r\n")},
        {"a cross-site question", 403, get("/api/v1/session", "Sec-Fetch-Site: cross-site\r\n")},
        {"text", 415, postOf("text/plain")},
        {"a form", 415, postOf("application/x-www-form-urlencoded")},
        {"a form with a file", 415, postOf("multipart/form-data")},
        {"JSONP", 415, postOf("application/jsonp")},
        {"JSON in UTF-16", 415, postOf("application/json; charset=utf-16")},
        {"no type", 415, postOf("")},
        // other protocols
        {"a TLS hello", 400, "\x16\x03\x01"s + std::string(200, '\0')},
    };
}

}  // namespace

TEST_CASE("every attack is refused with its status, as a problem, and its connection closed") {
    const Running running;
    for (const auto& attack : attacks()) {
        CAPTURE(attack.name);
        Client client(running.port);
        client.send(attack.bytes + get("/api/v1/boom"));  // smuggled behind it
        const auto reply = client.receiveAll();
        CHECK(reply.status() == attack.status);
        CHECK(reply.closed);
        CHECK(reply.has("Content-Type: application/problem+json"));
        CHECK(reply.has("X-Request-Id: "));
        CHECK(reply.has("\r\nConnection: close\r\n"));
        CHECK_FALSE(reply.has("}HTTP/1.1 "));  // one answer
        CHECK_FALSE(reply.has("Injected"));
        CHECK_FALSE(reply.has("Access-Control-Allow-Origin"));
    }
    CHECK(running.ask(get("/api/v1/session")).status() == 200);
}

TEST_CASE("random bytes are sent away") {
    const Running running;
    std::minstd_rand random(7);
    for (int i = 0; i < 200; ++i) {
        std::string noise(300, '\0');
        for (char& byte : noise)
            byte = static_cast<char>(random());
        Client client(running.port);
        client.send(noise + "\r\n\r\n");
        CHECK(client.receiveAll().closed);
    }
    CHECK(running.ask(get("/api/v1/session")).status() == 200);
}
