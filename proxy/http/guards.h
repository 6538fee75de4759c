// What every request must pass before a handler sees it, and what every answer carries.
//
// Against DNS rebinding: only known names in Host. Against cross-site requests: for methods that change
// something, a JSON body and an Origin of ours. For a portal of another origin that embeds the dialog: CORS,
// from a list, never a wildcard.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::http {

// The details of a refusal for its Host, or for an Origin that Host does not name.
inline constexpr std::string_view kForeignHost = "foreignHost";
inline constexpr std::string_view kForeignOrigin = "foreignOrigin";

// Whether a page of that origin came from this host. Which scheme it came by, a proxy behind another one
// cannot know.
bool namesHost(std::string_view origin, std::string_view host);

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
