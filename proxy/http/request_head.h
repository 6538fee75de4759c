// The head of an HTTP/1.1 request, read more strictly than RFC 9112 asks: whatever two parsers could read
// differently is refused, so that no proxy in front of this one can be made to disagree with it about where a
// request ends.
//
//   auto head = parseHead(bytes);            // up to and including the blank line
//   if (!head) refuse(head.error().status, head.error().reason);
//
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api.h"
#include "shared/result.h"

namespace smartca::http {

struct HeaderField {
    std::string name;   // lower case
    std::string value;  // without surrounding blanks; no control characters
};

// Bounds on a head; beyond them a request is refused, not truncated.
inline constexpr std::size_t kMaximumHeadBytes =
    32 * 1024;  // with the cookies of other applications of a host
inline constexpr std::size_t kMaximumHeaderFields = 64;
inline constexpr std::size_t kMaximumTargetBytes = 12 * 1024;  // a thousand ids of a list

enum class Version : std::uint8_t { Http10, Http11 };

struct RequestHead {
    std::string method;  // upper-case token
    std::string path;    // as sent, begins with '/', not percent-decoded
    std::string query;   // as sent, without '?'
    std::vector<HeaderField> headers;
    std::size_t contentLength = 0;
    bool isChunked = false;  // the body's length is not known yet; contentLength is 0
    bool keepAlive = true;   // the client would send another request on this connection
    Version version = Version::Http11;
    bool expectsContinue = false;  // RFC 9110 §10.1.1
    // Who has sent it: the connection's other end, by the transport ("192.0.2.7", "unix:uid=1000"), or what a trusted
    // reverse proxy there says (forwarded.h).
    std::string peer{};

    // The value of that header (lower-case name), empty when it is absent.
    std::string_view header(std::string_view name) const;
};

// Why a request is not served.
struct Refusal {
    int status;                         // of HTTP
    const char* reason;                 // for a developer, in English; never holds bytes of the request
    std::string detail{};               // for the log: words of a closed set
    std::optional<ProblemCode> code{};  // absent: what `status` says
    int retryAfterSeconds = 0;          // when asking again makes sense; 0: not said
};

// `text` is a complete head: it ends with the first CR LF CR LF.
Result<RequestHead, Refusal> parseHead(std::string_view text);

// Where the head in `received` ends (one past its blank line); empty when more bytes are needed. A line that
// ends in a bare LF, a bare CR, or a NUL makes it end at once: it is refused.
struct HeadScan {
    std::optional<std::size_t> end;
    std::optional<Refusal> refusal;
};
// `from`: how many bytes an earlier scan has seen already.
HeadScan scanHead(std::string_view received, std::size_t from = 0);

// The items of Accept-Language or Accept-Encoding, in lower case, with their weights in thousandths (RFC 9110
// §12.4.2); 0 for a weight that is none.
struct WeightedItem {
    std::string name;
    int weight;
};
std::vector<WeightedItem> weightedList(std::string_view field);

}  // namespace smartca::http
