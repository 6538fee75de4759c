#include "proxy/upstream/base_url.h"

#include <doctest/doctest.h>

using smartca::upstream::BaseUrl;
using smartca::upstream::parseBaseUrl;
using smartca::upstream::Transport;

TEST_CASE("a base URL has a host, a port and a path") {
    const auto url = parseBaseUrl("https://gwsca.vnpt.vn/sca/sp769");
    REQUIRE(url);
    CHECK(url.value().transport == Transport::Tls);
    CHECK(url.value().host == "gwsca.vnpt.vn");
    CHECK(url.value().port == 443);
    CHECK(url.value().path == "/sca/sp769");
}

TEST_CASE("port, capitals and slashes at the end are understood") {
    const auto url = parseBaseUrl("https://RMGateway.vnptit.vn:8443/sca/sp769//");
    REQUIRE(url);
    CHECK(url.value().host == "rmgateway.vnptit.vn");
    CHECK(url.value().port == 8443);
    CHECK(url.value().path == "/sca/sp769");
    CHECK(parseBaseUrl("https://gwsca.vnpt.vn").value().path.empty());
}

TEST_CASE("an IPv6 address stands in brackets") {
    CHECK(parseBaseUrl("https://[::1]:8443/x").value().host == "::1");
    CHECK(parseBaseUrl("https://[::1]:8443/x").value().port == 8443);
}

TEST_CASE("plain http is for this machine alone") {
    CHECK(parseBaseUrl("http://127.0.0.1:9000").value().transport == Transport::Plain);
    CHECK(parseBaseUrl("http://localhost").value().port == 80);
    CHECK_FALSE(parseBaseUrl("http://gwsca.vnpt.vn/sca/sp769"));
    CHECK_FALSE(parseBaseUrl("http://127.0.0.1.evil.example/"));
}

TEST_CASE("what is no usable base URL is refused") {
    for (const char* url :
         {"", "gwsca.vnpt.vn", "ftp://x", "https://", "https:///path", "https://a:0/", "https://a:65536",
          "https://a:80x", "https://a:", "https://user:secret@a/", "https://a/?q=1", "https://a/#f",
          "https://a b/", "https://a/b c", "https://a/%2e%2e", "https://[::1", "https://a\r\nX: y/"}) {
        CAPTURE(url);
        const auto parsed = parseBaseUrl(url);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().find("secret") == std::string::npos);
    }
}
