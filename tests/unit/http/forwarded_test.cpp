#include "proxy/http/forwarded.h"

#include <doctest/doctest.h>

namespace smartca::http {
namespace {

TrustedProxies trusting(const std::vector<std::string>& networks,
                        ForwardedHeader header = ForwardedHeader::XForwardedFor) {
    auto proxies = TrustedProxies::parse(networks, header);
    REQUIRE(proxies);
    return std::move(proxies).value();
}

RequestHead from(const std::string& peer, std::vector<HeaderField> headers) {
    RequestHead head;
    head.headers = std::move(headers);
    head.peer = peer;
    return head;
}

// Through one reverse proxy, 10.0.0.5, of the network that is trusted.
std::string clientOf(const std::string& list) {
    return trusting({"10.0.0.0/8", "2001:db8:1::/48"})
        .clientOf(from("10.0.0.5", {{"x-forwarded-for", list}}));
}
std::string standardClientOf(const std::string& list) {
    return trusting({"10.0.0.0/8"}, ForwardedHeader::Forwarded)
        .clientOf(from("10.0.0.5", {{"forwarded", list}}));
}

}  // namespace

TEST_CASE("the client is who the last trusted proxy says has called it") {
    CHECK(clientOf("203.0.113.9") == "203.0.113.9");
    CHECK(clientOf("203.0.113.9, 10.1.2.3") == "203.0.113.9");
    CHECK(clientOf("203.0.113.9 ,10.1.2.3,  10.4.5.6") == "203.0.113.9");
    CHECK(clientOf("10.9.9.9, 10.1.2.3") == "10.9.9.9");  // all are ours: the first of them
}

TEST_CASE("what a client has put before that is not believed") {
    CHECK(clientOf("198.51.100.1, 203.0.113.9") == "203.0.113.9");
    CHECK(clientOf("10.0.0.1, 127.0.0.1, 203.0.113.9, 10.1.2.3") == "203.0.113.9");
    const auto proxies = trusting({"10.0.0.0/8"});
    CHECK(proxies.clientOf(from("10.0.0.5", {{"x-forwarded-for", "198.51.100.1"},
                                             {"x-forwarded-for", "203.0.113.9"}})) == "203.0.113.9");
    // A quote that is left open swallows nothing of what is added behind it.
    CHECK(clientOf("\"198.51.100.1, 203.0.113.9") == "203.0.113.9");
    CHECK(standardClientOf("for=\"198.51.100.1, for=203.0.113.9") == "203.0.113.9");
    // nginx passes on a header that it does not write.
    CHECK(proxies.clientOf(from("10.0.0.5", {{"forwarded", "for=198.51.100.1"},
                                             {"x-forwarded-for", "203.0.113.9"}})) == "203.0.113.9");
}

TEST_CASE("of a peer that is not trusted no header means anything") {
    const auto proxies = trusting({"10.0.0.0/8"});
    for (const std::string peer : {"203.0.113.9", "11.0.0.1", "2001:db8::1", "unix:uid=1000", ""})
        CHECK(proxies.clientOf(from(peer, {{"x-forwarded-for", "198.51.100.1"}})) == peer);
    CHECK(TrustedProxies().clientOf(from("127.0.0.1", {{"x-forwarded-for", "198.51.100.1"}})) == "127.0.0.1");
    CHECK(trusting({"unix"}).clientOf(from("unix:uid=33", {{"x-forwarded-for", "198.51.100.1"}})) ==
          "198.51.100.1");
    CHECK(proxies.clientOf(from("10.0.0.5", {})) == "10.0.0.5");
}

TEST_CASE("addresses of both kinds, with brackets and ports, are told in one notation") {
    CHECK(clientOf("203.0.113.9:4711") == "203.0.113.9");
    CHECK(clientOf("2001:DB8::9") == "2001:db8::9");
    CHECK(clientOf("[2001:db8::9]") == "2001:db8::9");
    CHECK(clientOf("[2001:db8::9]:4711") == "2001:db8::9");
    CHECK(clientOf("::ffff:203.0.113.9") == "203.0.113.9");
    CHECK(clientOf("203.0.113.9, 2001:db8:1:2::3") == "203.0.113.9");
    // The listener's own IPv4 peers may come in that form as well.
    CHECK(trusting({"10.0.0.0/8"}).clientOf(from("::ffff:10.0.0.5", {{"x-forwarded-for", "203.0.113.9"}})) ==
          "203.0.113.9");
}

TEST_CASE("what is unknown, hidden or nonsense ends the way at who said so") {
    for (const std::string node :
         {"unknown", "_hidden", "", "localhost", "203.0.113.900", "203.0.113.9:4711:1", "[2001:db8::9",
          "[2001:db8::9]x", "fe80::1%eth0", "203.0.113.9/24", "\"203.0.113.9"})
        CHECK_MESSAGE(clientOf("198.51.100.1, " + node + ", 10.1.2.3") == "10.1.2.3", node);
}

TEST_CASE("Forwarded is read as RFC 7239 has it") {
    CHECK(standardClientOf("for=203.0.113.9;proto=https;by=10.0.0.5") == "203.0.113.9");
    CHECK(standardClientOf("proto=https ; For=\"203.0.113.9:4711\"") == "203.0.113.9");
    CHECK(standardClientOf(R"(for="[2001:db8:cafe::17]:4711")") == "2001:db8:cafe::17");
    CHECK(standardClientOf(R"(for=198.51.100.1, for=203.0.113.9, for="10.1.2.3")") == "203.0.113.9");
    CHECK(standardClientOf(R"(for=198.51.100.1;host="a,b;for=1.2.3.4\"", for=203.0.113.9)") == "203.0.113.9");
    for (const std::string last :
         {"for=unknown", "for=_gazonk", "for=\"_gazonk:_port\"", "proto=https", "for", "for=", ""})
        CHECK_MESSAGE(standardClientOf("for=198.51.100.1, " + last) == "10.0.0.5", last);
    CHECK(trusting({"10.0.0.0/8"}, ForwardedHeader::Forwarded)
              .clientOf(from("10.0.0.5", {{"x-forwarded-for", "198.51.100.1"}})) == "10.0.0.5");
}

TEST_CASE("networks are as wide as they are written") {
    const auto through = [](const std::string& network, const std::string& peer) {
        return trusting({network}).clientOf(from(peer, {{"x-forwarded-for", "203.0.113.9"}})) ==
               "203.0.113.9";
    };
    CHECK(through("10.0.0.5", "10.0.0.5"));
    CHECK_FALSE(through("10.0.0.5", "10.0.0.4"));
    CHECK(through("172.16.0.0/12", "172.31.255.255"));
    CHECK_FALSE(through("172.16.0.0/12", "172.32.0.0"));
    CHECK(through("0.0.0.0/0", "8.8.8.8"));
    CHECK_FALSE(through("0.0.0.0/0", "2001:db8::1"));
    CHECK(through("2001:db8::/33", "2001:db8:7fff::1"));
    CHECK_FALSE(through("2001:db8::/33", "2001:db8:8000::1"));
    for (const std::string wrong :
         {"", "10.0.0.0/33", "2001:db8::/129", "10.0.0.0/", "10.0.0/8", "example.vn", "10.0.0.0/-1", "Unix"})
        CHECK_MESSAGE(!TrustedProxies::parse({wrong}, ForwardedHeader::XForwardedFor), wrong);
}

}  // namespace smartca::http
