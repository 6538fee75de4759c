// Whose address a request comes from, behind reverse proxies: each of them adds the address that it has seen to a
// header. Only what the operator's own ones say counts, from the last one back: whoever is before them may have written
// anything into the same header.
//
//   auto proxies = TrustedProxies::parse({"10.0.0.0/8", "unix"}, ForwardedHeader::XForwardedFor);
//   proxies.value().clientOf(head);   // "203.0.113.9", or head.peer where nobody that is trusted says more
//
// Immutable; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/request_head.h"
#include "shared/result.h"

namespace smartca::http {

// The one that the trusted proxies write. The other one is ignored, for a proxy that does not know it passes on
// what a client has made up.
enum class ForwardedHeader : std::uint8_t { XForwardedFor, Forwarded };  // the latter is RFC 7239's

class TrustedProxies {
  public:
    // Nobody is trusted.
    TrustedProxies() = default;
    // Addresses and networks in CIDR notation, and "unix" for whoever reaches a socket of ours. The error is a
    // sentence.
    static Result<TrustedProxies, std::string> parse(const std::vector<std::string>& networks,
                                                     ForwardedHeader header);

    // The first address on the way back from the connection's other end that is not one of the trusted ones. Where one
    // of them says "unknown", hides it ("_x") or cannot be understood: its own.
    std::string clientOf(const RequestHead& head) const;

  private:
    using Bytes = std::array<unsigned char, 16>;  // of IPv6; an IPv4 address as ::ffff:a.b.c.d
    struct Network {
        Bytes address;
        int bits;
    };
    bool trusts(std::string_view peer) const;

    std::vector<Network> networks_{};
    bool unix_ = false;
    ForwardedHeader header_ = ForwardedHeader::XForwardedFor;
};

}  // namespace smartca::http
