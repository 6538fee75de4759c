#include "proxy/upstream/base_url.h"

#include <algorithm>

#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

bool isHostCharacter(char c) {
    return isAsciiDigit(c) || isAsciiLetter(c) || c == '-' || c == '.' || c == '_' || c == ':';
}

bool isPathCharacter(char c) {
    return c > ' ' && c < 0x7f && c != '?' && c != '#' && c != '\\' && c != '%';
}

bool isThisMachine(const std::string& host) {
    return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

// Splits "host", "host:port", "[v6]", "[v6]:port"; `port` is left alone where none is given.
bool parseAuthority(std::string_view authority, BaseUrl& url) {
    std::string_view rest;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) return false;
        url.host = authority.substr(1, close - 1);
        rest = authority.substr(close + 1);
    } else {
        const auto colon = std::min(authority.find(':'), authority.size());
        url.host = authority.substr(0, colon);
        rest = authority.substr(colon);
    }
    url.host = base::lowerCase(url.host);
    if (url.host.empty() || !std::ranges::all_of(url.host, isHostCharacter)) return false;
    if (rest.empty()) return true;
    const auto port = rest.starts_with(':') ? base::wholeNumberOf(rest.substr(1), 1, 65535) : std::nullopt;
    url.port = static_cast<int>(port.value_or(0));
    return port.has_value();
}

}  // namespace

Result<BaseUrl, std::string> parseBaseUrl(std::string_view text) {
    BaseUrl url;
    if (text.starts_with("https://")) {
        text.remove_prefix(8);
    } else if (text.starts_with("http://")) {
        text.remove_prefix(7);
        url.transport = Transport::Plain;
        url.port = 80;
    } else {
        return std::string("the base URL has to begin with https://");
    }
    const auto slash = std::min(text.find('/'), text.size());
    if (text.substr(0, slash).find('@') != std::string_view::npos) {
        return std::string("the base URL must not hold a user name or password");
    }
    if (!parseAuthority(text.substr(0, slash), url))
        return std::string("the base URL has no usable host or port");
    if (url.transport == Transport::Plain && !isThisMachine(url.host)) {
        return std::string("the base URL has to begin with https://; plain http is for this machine alone");
    }
    std::string_view path = text.substr(slash);
    if (!std::ranges::all_of(path, isPathCharacter)) {
        return std::string("the base URL's path must be plain: no query, fragment, escapes or blanks");
    }
    while (path.ends_with('/'))
        path.remove_suffix(1);
    url.path = path;
    return url;
}

}  // namespace smartca::upstream
