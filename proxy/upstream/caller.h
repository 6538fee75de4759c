// One HTTP call to an upstream: over a pooled connection, within a deadline, with a bounded answer, and
// faults that say whether the request can have reached the other side.
//
//   Caller caller(url, std::move(trust), {.maximumConnections = 16});
//   Call call{.method = "POST", .path = "/v1/…", .body = std::move(json), .repeat = Repeat::Never};
//   auto answer = caller.call(call, std::chrono::steady_clock::now() + 10s);
//   if (!answer && answer.error().sent == Sent::No) …   // nothing has happened there
//
// Threads: call() from any. The deadline covers waiting for a connection, connecting, TLS and the answer to
// its last byte; only the time that the system's resolver takes for the host name is the resolver's own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "proxy/upstream/base_url.h"
#include "proxy/upstream/trust_store.h"
#include "shared/result.h"

namespace smartca::upstream {

// Safe: a connection that turns out to be dead before any answer came is replaced once, within the same
// deadline. Never: the body goes over a new connection, and at most once; needs a body.
enum class Repeat : std::uint8_t { Safe, Never };

struct Call {
    std::string method = "POST";
    std::string path{};  // below the base URL's path; with the query, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};  // JSON; empty for GET
    Repeat repeat = Repeat::Safe;
};

struct HttpAnswer {
    int status = 0;
    std::string body;
};

enum class CallFault : std::uint8_t {
    Unreachable,  // no connection, TLS could not be made, or it broke before the answer was complete
    Untrusted,    // its certificate is not one that we trust for this host
    Timeout,      // no complete answer within the deadline
    Nonsense,     // not HTTP, or larger than the bound
};
enum class Sent : std::uint8_t {
    No,     // not the last byte of it: the other side cannot have acted on it
    Maybe,  // it may have arrived
};
struct CallError {
    CallFault fault = CallFault::Unreachable;
    Sent sent = Sent::No;
    std::string detail{};  // for our log: which step failed
};

struct CallerOptions {
    std::size_t maximumConnections = 16;
    std::chrono::seconds idleConnection{20};
    std::size_t maximumAnswerBytes = 4 * 1024 * 1024;
};

class Caller {
  public:
    using Deadline = std::chrono::steady_clock::time_point;

    Caller(const BaseUrl& url, TrustStore trust, const CallerOptions& options);
    ~Caller();
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    // The call's body is not copied; whoever owns it may wipe it afterwards.
    Result<HttpAnswer, CallError> call(const Call& call, Deadline deadline);

  private:
    struct Pool;
    const std::string base_;
    const CallerOptions options_;
    std::unique_ptr<Pool> pool_;
};

}  // namespace smartca::upstream
