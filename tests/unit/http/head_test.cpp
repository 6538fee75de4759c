#include <doctest/doctest.h>

#include "proxy/http/listener.h"
#include "proxy/http/request_head.h"
#include "proxy/http/response.h"

using namespace smartca;
using namespace smartca::http;

TEST_CASE("a head gives method, path, query and headers by lower-case name") {
    const auto head =
        parseHead("GET /a/b?x=%C3%A1&y HTTP/1.1\r\nHost: Localhost:1\r\nX-Request-ID:  a b \t\r\n\r\n");
    REQUIRE(head.ok());
    CHECK(head.value().method == "GET");
    CHECK(head.value().path == "/a/b");
    CHECK(head.value().query == "x=%C3%A1&y");
    CHECK(head.value().header("x-request-id") == "a b");
    CHECK(head.value().header("absent").empty());
    CHECK(head.value().keepAlive);
}

TEST_CASE("the end of a head is found wherever its bytes are split") {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t split = 0; split < head.size(); ++split) {
        CHECK_FALSE(scanHead(head.substr(0, split)).end.has_value());
        CHECK(scanHead(head + "rest", split).end == head.size());
    }
}

TEST_CASE("addresses to listen on are read, and errors say what to write instead") {
    CHECK(parseAddress("127.0.0.1:8080").value().text() == "127.0.0.1:8080");
    CHECK(parseAddress("localhost:0").value().isLocal());
    CHECK(parseAddress("[::1]:80").value().isLocal());
    CHECK_FALSE(parseAddress("0.0.0.0:80").value().isLocal());
    CHECK(parseAddress("unix:/tmp/x.sock").value().isLocal());
    for (const auto* wrong :
         {"", "8080", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", "example.com:80", "unix:", "[::1]"}) {
        CAPTURE(wrong);
        const auto address = parseAddress(wrong);
        REQUIRE_FALSE(address.ok());
        CHECK(address.error().find("127.0.0.1:8080") != std::string::npos);
    }
}

TEST_CASE("the language is the heaviest of the two that we speak") {
    CHECK(localeOf("en") == Locale::English);
    CHECK(localeOf("en-US,en;q=0.9,vi;q=0.8") == Locale::English);
    CHECK(localeOf("vi-VN,vi;q=0.9,en;q=0.8") == Locale::Vietnamese);
    CHECK(localeOf("en;q=0.2, vi;q=0.25") == Locale::Vietnamese);
    CHECK(localeOf("en;q=0, de") == Locale::Vietnamese);
    CHECK(localeOf("english") == Locale::Vietnamese);
    CHECK(localeOf("") == Locale::Vietnamese);
    CHECK(localeOf(",,;q=,=") == Locale::Vietnamese);
}
