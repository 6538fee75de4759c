#include "proxy/http/forwarded.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

using Bytes = std::array<unsigned char, 16>;
constexpr Bytes kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int kMappedBits = 96;

std::optional<Bytes> bytesOf(std::string_view text) {
    const std::string address(text);
    Bytes bytes = kMapped;
    if (::inet_pton(AF_INET, address.c_str(), bytes.data() + kMappedBits / 8) == 1) return bytes;
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
    return std::nullopt;
}

// As one writes it: IPv4 in its own notation.
std::string textOf(const Bytes& bytes) {
    const bool isMapped = std::equal(bytes.begin(), bytes.begin() + kMappedBits / 8, kMapped.begin());
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(isMapped ? AF_INET : AF_INET6, bytes.data() + (isMapped ? kMappedBits / 8 : 0), text.data(),
                text.size());
    return text.data();
}

// "192.0.2.7", "192.0.2.7:4711", "2001:db8::7", "[2001:db8::7]", "[2001:db8::7]:4711": without the port.
std::string_view hostOf(std::string_view node) {
    if (node.starts_with('[')) {
        const auto end = node.find(']');
        const bool whole = end != std::string_view::npos && (end + 1 == node.size() || node[end + 1] == ':');
        return whole ? node.substr(1, end - 1) : std::string_view();
    }
    const auto colon = node.find(':');
    return colon == node.rfind(':') ? node.substr(0, colon) : node;
}

enum class Quotes : std::uint8_t { Plain, OfStrings };

// Whether the quote there is a quoted pair's (RFC 9110 §5.6.4).
bool isEscaped(std::string_view text, std::size_t at) {
    const auto before = text.substr(0, at);
    const auto last = before.find_last_not_of('\\');
    return (before.size() - (last == std::string_view::npos ? 0 : last + 1)) % 2 == 1;
}

// From the last to the first, without the blanks around them: read backwards, for a quote that a client has left open
// must not swallow what a proxy has added behind it.
std::vector<std::string_view> partsFromEnd(std::string_view text, char separator, Quotes quotes) {
    std::vector<std::string_view> parts;
    bool quoted = false;
    std::size_t end = text.size();
    for (std::size_t at = text.size(); at-- > 0;) {
        if (text[at] == '"' && quotes == Quotes::OfStrings && !isEscaped(text, at)) quoted = !quoted;
        if (quoted || text[at] != separator) continue;
        parts.push_back(trimmed(text.substr(at + 1, end - at - 1)));
        end = at;
    }
    parts.push_back(trimmed(text.substr(0, end)));
    return parts;
}

// The node of "for=192.0.2.7;proto=https", with or without quotes; empty: there is none. A node has nothing that
// would need a backslash.
std::string_view nodeOf(std::string_view element) {
    for (const auto pair : partsFromEnd(element, ';', Quotes::OfStrings)) {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || base::lowerCase(pair.substr(0, equals)) != "for") continue;
        const auto value = pair.substr(equals + 1);
        const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
        return quoted ? value.substr(1, value.size() - 2) : value;
    }
    return {};
}

// From the last proxy to the first, over all fields of that name.
std::vector<std::string_view> nodesOf(const RequestHead& head, ForwardedHeader header) {
    const bool isStandard = header == ForwardedHeader::Forwarded;
    std::vector<std::string_view> nodes;
    for (auto field = head.headers.rbegin(); field != head.headers.rend(); ++field) {
        if (field->name != (isStandard ? "forwarded" : "x-forwarded-for")) continue;
        for (const auto element :
             partsFromEnd(field->value, ',', isStandard ? Quotes::OfStrings : Quotes::Plain))
            nodes.push_back(isStandard ? nodeOf(element) : element);
    }
    return nodes;
}

}  // namespace

Result<TrustedProxies, std::string> TrustedProxies::parse(const std::vector<std::string>& networks,
                                                          ForwardedHeader header) {
    TrustedProxies proxies;
    proxies.header_ = header;
    for (const std::string& text : networks) {
        if (text == "unix") {
            proxies.unix_ = true;
            continue;
        }
        const auto slash = std::min(text.find('/'), text.size());
        const auto address = bytesOf(std::string_view(text).substr(0, slash));
        const bool isIp4 = text.find(':') == std::string::npos;
        const int most = isIp4 ? 32 : 128;
        const auto bits = slash == text.size() ? std::optional<std::int64_t>(most)
                                               : base::wholeNumberOf(text.substr(slash + 1), 0, most);
        if (!address || !bits)
            return "'" + text + "' is no address or network; write it as 10.0.0.0/8, 2001:db8::/32 or unix.";
        proxies.networks_.push_back({*address, static_cast<int>(*bits) + (isIp4 ? kMappedBits : 0)});
    }
    return proxies;
}

bool TrustedProxies::trusts(std::string_view peer) const {
    if (peer.starts_with("unix:")) return unix_;
    const auto address = bytesOf(peer);
    if (!address) return false;
    return std::ranges::any_of(networks_, [&](const Network& network) {
        const auto whole = static_cast<std::size_t>(network.bits) / 8;
        if (std::memcmp(address->data(), network.address.data(), whole) != 0) return false;
        const int rest = network.bits % 8;
        return rest == 0 || ((*address)[whole] ^ network.address[whole]) >> (8 - rest) == 0;
    });
}

std::string TrustedProxies::clientOf(const RequestHead& head) const {
    std::string client = head.peer;
    if (!trusts(client)) return client;
    for (const auto node : nodesOf(head, header_)) {
        const auto said = bytesOf(hostOf(node));
        if (!said) break;
        client = textOf(*said);
        if (!trusts(client)) break;
    }
    return client;
}

}  // namespace smartca::http
