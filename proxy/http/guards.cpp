#include "proxy/http/guards.h"

#include <algorithm>
#include <utility>

#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

struct Authority {
    std::string name;  // lower case; an IPv6 address in its brackets
    std::string port;  // empty: the scheme's own
};

// RFC 3986 section 3.2, without user information. Nothing where the text is none.
std::optional<Authority> authorityOf(std::string_view text) {
    std::size_t end = text.find(':');
    if (text.starts_with('[')) {
        end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        ++end;
    }
    const auto name = text.substr(0, end);
    auto port = text.substr(name.size());
    if (!port.empty() && port.front() != ':') return std::nullopt;
    if (!port.empty()) port.remove_prefix(1);
    if (name.empty() || !std::all_of(port.begin(), port.end(), isAsciiDigit)) return std::nullopt;
    return Authority{base::lowerCase(name), std::string(port)};
}

bool changesSomething(std::string_view method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

bool isJson(std::string_view contentType) {
    const auto type = contentType.substr(0, contentType.find(';'));
    if (base::lowerCase(trimmed(type)) != "application/json") return false;
    if (type.size() == contentType.size()) return true;
    const auto parameter = base::lowerCase(trimmed(contentType.substr(type.size() + 1)));
    return parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"";
}

std::string securityHeadersFor(const std::vector<std::string>& origins) {
    std::string ancestors = " 'self'";
    for (const auto& origin : origins)
        ancestors += " " + origin;
    // 'wasm-unsafe-eval': without it no browser compiles WebAssembly under a script-src (CSP Level 3 §6.7.4).
    return "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src "
           "'self'; "
           "connect-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action "
           "'none'; "
           "frame-ancestors" +
           ancestors +
           "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
           "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()\r\n"
           "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: " +
           (origins.empty() ? "same-origin" : "cross-origin") + "\r\n";
}

}  // namespace

bool namesHost(std::string_view origin, std::string_view host) {
    for (const auto& [scheme, ownPort] : {std::pair{"http://", "80"}, std::pair{"https://", "443"}}) {
        if (!origin.starts_with(scheme)) continue;
        auto page = authorityOf(origin.substr(std::string_view(scheme).size()));
        auto here = authorityOf(host);
        if (!page || !here) return false;
        for (auto* authority : {&*page, &*here}) {
            if (authority->port == ownPort) authority->port.clear();
        }
        return page->name == here->name && page->port == here->port;
    }
    return false;
}

Guards::Guards(GuardOptions options)
    : options_(std::move(options)), securityHeaders_(securityHeadersFor(options_.allowedOrigins)) {
    for (auto& host : options_.allowedHosts)
        host = base::lowerCase(host);
    if (options_.allowedHosts.empty() && options_.loopbackOnly)
        options_.allowedHosts = {"localhost", "127.0.0.1", "[::1]"};
}

bool Guards::isAllowedOrigin(std::string_view origin) const {
    return std::find(options_.allowedOrigins.begin(), options_.allowedOrigins.end(), origin) !=
           options_.allowedOrigins.end();
}

bool Guards::isKnownHost(std::string_view host) const {
    const auto authority = authorityOf(host);
    if (!authority) return false;
    return options_.allowedHosts.empty() ||
           std::find(options_.allowedHosts.begin(), options_.allowedHosts.end(), authority->name) !=
               options_.allowedHosts.end();
}

std::optional<Refusal> Guards::check(const RequestHead& head) const {
    // Browsers, which alone can be made to bring a foreign name, always send one.
    const auto host = head.header("host");
    if (!host.empty() && !isKnownHost(host))
        return Refusal{403, "This name in the Host header is not among the allowed hosts.",
                       std::string(kForeignHost)};
    const auto origin = head.header("origin");
    const auto site = head.header("sec-fetch-site");
    if (!changesSomething(head.method)) {
        // A page of another site cannot read the answer, but could keep us busy; scripts it may load.
        const bool foreign = !site.empty() && site != "same-origin" && site != "none";
        if (foreign && head.path.starts_with("/api/") && head.method != "OPTIONS" && !isAllowedOrigin(origin))
            return Refusal{403, "Pages of another site may not ask here, but for the allowed origins."};
        return std::nullopt;
    }

    if (!isAllowedOrigin(origin)) {
        if (!origin.empty() && !namesHost(origin, head.header("host")))
            return Refusal{403,
                           "Origin and Host differ, and the origin is not among the allowed ones: a balancer "
                           "has to pass Host on.",
                           std::string(kForeignOrigin)};
        if (!site.empty() && site != "same-origin" && site != "none")
            return Refusal{403, "Requests that come from another site may not change anything here."};
    }
    if (head.method != "DELETE" && !isJson(head.header("content-type")))
        return Refusal{415, "The body must be application/json in UTF-8."};
    return std::nullopt;
}

bool Guards::isPreflight(const RequestHead& head) const {
    return head.method == "OPTIONS" && !head.header("access-control-request-method").empty() &&
           isAllowedOrigin(head.header("origin"));
}

Response preflightResponse(std::string_view methods) {
    Response response;
    response.status = 204;
    response.outcome = "preflight";
    response.headers = {
        {"Access-Control-Allow-Methods", std::string(methods)},
        {"Access-Control-Allow-Headers",
         "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id, X-Requested-With"},
        {"Access-Control-Max-Age", "600"}};
    return response;
}

void Guards::appendHeaders(const RequestHead& head, std::string& lines) const {
    lines += securityHeaders_;
    if (options_.allowedOrigins.empty()) return;
    lines += "Vary: Origin\r\n";
    const auto origin = head.header("origin");
    if (!isAllowedOrigin(origin)) return;
    lines += "Access-Control-Allow-Origin: ";
    lines += origin;
    lines += "\r\nAccess-Control-Expose-Headers: ETag, Idempotency-Replayed, Retry-After, X-Request-Id\r\n";
}

}  // namespace smartca::http
