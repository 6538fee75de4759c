// What every request must pass before a handler sees it, and what every answer carries.
//
// Callers: `allowAnyone` admits every program that can reach the address; for a loopback address or a unix
// socket behind a portal that authenticates. With `requireBearer`, RFC 6750, "Authorization: Bearer TOKEN".
//
// Against DNS rebinding: only known names in Host. Against cross-site requests: for methods that change
// something, a JSON body and an Origin of ours. For a portal of another origin that embeds the dialog: CORS,
// from a list, never a wildcard.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::http {

// Empty: refused with 401. Any thread.
using Authenticator = std::function<std::optional<Caller>(const RequestHead& head)>;

Authenticator allowAnyone();

// Each of `tokens` counts, so that one can be replaced by the next. They are asked for on every request, so
// that changed ones count at once.
Authenticator requireBearer(std::function<std::vector<std::string>()> tokens);

struct GuardOptions {
    // Origins that may call us from another site, as browsers write them: "https://portal.example.vn".
    std::vector<std::string> allowedOrigins{};
    // Names (without port) accepted in Host; empty: the loopback names when `loopbackOnly`, any name
    // otherwise.
    std::vector<std::string> allowedHosts{};
    bool loopbackOnly = true;
};

class Guards {
  public:
    explicit Guards(GuardOptions options);

    // Host and, for methods other than GET, HEAD and OPTIONS, origin and media type.
    std::optional<Refusal> check(const RequestHead& head) const;

    // A CORS preflight of an allowed origin.
    bool isPreflight(const RequestHead& head) const;

    // Security headers and CORS, appended to the head of an answer as "Name: value\r\n" lines.
    void appendHeaders(const RequestHead& head, std::string& lines) const;

  private:
    bool isAllowedOrigin(std::string_view origin) const;
    bool isKnownHost(std::string_view host) const;

    GuardOptions options_;
    std::string securityHeaders_;
};

// The answer to a CORS preflight for a path with these methods.
Response preflightResponse(std::string_view methods);

}  // namespace smartca::http
