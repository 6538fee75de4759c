// HTTP calls to one upstream: over pooled connections, within a deadline, with a bounded answer, and errors
// that say whether the request can have reached the other side.
//
//   auto client = HttpClient::make(url, {.caFile = "ca.pem"});
//   const HttpRequest request{.path = "/v1/…", .body = std::move(json), .retry = Retry::Never};
//   auto response = (*client.value()).send(request, std::chrono::steady_clock::now() + 10s);
//   if (!response && response.error().sent == Sent::No) …   // nothing has happened there
//
// Threads: send() from any. The deadline covers waiting for a connection, connecting, TLS and the answer to
// its last byte; only the time that the system's resolver takes for the host name is the resolver's own.
// Precondition: the process ignores SIGPIPE (ops::hardenProcess()); OpenSSL writes without MSG_NOSIGNAL.
//
// The client is our own because cpp-httplib 0.41 gives up after the first address that swallows its SYNs, reads
// no 1xx but a bare 100, takes the end of a TLS connection for an error (yhirose/cpp-httplib#2429), matches
// status lines with a regular expression whose recursion a long line exhausts, and repeats requests of itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/upstream/base_url.h"
#include "proxy/upstream/breaker.h"
#include "shared/result.h"

namespace smartca::upstream {

using Deadline = std::chrono::steady_clock::time_point;

// The account of the proxy at an upstream. Asked for anew whenever it is needed, so that a rotated secret is
// used at once.
struct Account {
    std::string name;
    std::string password;
};
using AccountSource = std::function<Account()>;

// Once: a connection that turns out to be dead before any answer came is replaced once, within the same
// deadline. Never: the body goes over a new connection, and at most once; needs a body.
enum class Retry : std::uint8_t { Once, Never };

struct HttpRequest {
    std::string method = "POST";
    std::string path{};  // below the base URL's path; with the query, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};  // JSON; empty for GET
    Retry retry = Retry::Once;
};

struct HttpResponse {
    int status = 0;
    std::string body{};
    std::string retryAfter{};  // the header, as it is
};

enum class HttpFault : std::uint8_t {
    Unreachable,  // no connection, TLS could not be made, or it broke before the answer was complete
    Untrusted,    // the upstream's certificate is not one that is trusted for this host
    Timeout,      // no complete answer within the deadline
    Nonsense,     // not HTTP, or larger than the bound
};
enum class Sent : std::uint8_t {
    No,     // not the last byte of the request: the upstream cannot have acted on it
    Maybe,  // it may have arrived
};
struct HttpError {
    HttpFault fault = HttpFault::Unreachable;
    Sent sent = Sent::No;
    std::string detail{};  // for the log: which step failed
};

// How one call ended, for who watches.
struct CallReport {
    std::string_view
        outcome{};  // "answered", or "unreachable", "untrusted", "timeout", "nonsense", "notAsked"
    std::chrono::microseconds duration{0};
};

struct HttpClientOptions {
    std::string caFile{};  // PEM bundle to verify the upstream with; empty: the system's
    std::size_t maximumConnections = 16;
    // A connection that was unused for longer is not used again: the upstream is about to close it.
    std::chrono::seconds idleConnection{20};
    std::size_t maximumAnswerBytes = 4 * 1024 * 1024;
    // Any thread. The second is called as Breaker does.
    std::function<void(const CallReport&)> observe = [](const CallReport&) {};
    std::function<void(Upstream)> changed = [](Upstream) {};
};

class ConnectionPool;

class HttpClient {
  public:
    // Fails only on an unusable CA file; the text names the file and what is wrong with it.
    static Result<std::unique_ptr<HttpClient>, std::string> make(const BaseUrl& url,
                                                                 const HttpClientOptions& options);
    // Reads the CA file anew: what it says now decides on each call that begins. Nothing, or what is wrong with it, and all
    // stays as it was. Any thread.
    std::optional<std::string> reloadAuthorities();
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // The request's body is not copied; its owner may wipe it afterwards. A question (Retry::Once) of a request that has
    // waited for its turn (base::Call) has that much less time, down to a quarter. An upstream that hangs is not asked
    // (breaker.h): Timeout, and not sent.
    Result<HttpResponse, HttpError> send(const HttpRequest& request, Deadline deadline);

  private:
    HttpClient(BaseUrl url, const HttpClientOptions& options, std::unique_ptr<ConnectionPool> pool);
    Result<HttpResponse, HttpError> exchange(const HttpRequest& request, Deadline deadline);

    const BaseUrl url_;
    const std::string caFile_;
    const std::size_t maximumAnswerBytes_;
    const std::function<void(const CallReport&)> observe_;
    Breaker breaker_;
    const std::unique_ptr<ConnectionPool> pool_;
};

}  // namespace smartca::upstream
