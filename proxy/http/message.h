// What handlers see of HTTP: a request that has passed every guard, and the answer to it.
//
//   Route{"GET", "/api/v1/session", {}, [](Request& request) { return jsonResponse(200, toJson(session)); }}
//
// Values; a Request belongs to the worker that serves it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "proxy/http/limits.h"
#include "proxy/http/request_head.h"
#include "proxy/session/caller.h"
#include "shared/message.h"

namespace smartca::http {

using session::Caller;

// The parts of a path that a pattern names: 1 to 32 ASCII letters, digits, '-' and '_'.
using PathParameters = std::unordered_map<std::string, std::string>;

struct Request {
    RequestHead head;
    std::string body;  // wiped when the handler has returned
    std::string requestId;
    Caller caller;
    Locale locale = Locale::Vietnamese;  // by Accept-Language
    PathParameters parameters;
    std::chrono::steady_clock::time_point arrived{};  // its last byte
    std::string
        traceparent{};  // W3C Trace Context; another span of the caller's trace, or a trace of our own
    // Since its handler was asked first, where it had nothing to say (Response::again); kNoLonger: the client is to
    // be told now.
    std::chrono::milliseconds waited{0};
    static constexpr auto kNoLonger = std::chrono::milliseconds::max();
};

struct Response {
    int status = 200;
    std::string contentType;  // empty without a body
    std::vector<std::pair<std::string, std::string>> headers;
    // Null: none. Shared, so that a file is never copied for a slow reader.
    std::shared_ptr<const std::string> body;
    // For the log alone.
    std::string_view outcome;  // a constant, e.g. "created" or a problem's code
    std::chrono::microseconds upstream{0};
    std::string detail;  // what an operator needs to know of a failure; no secret
    // Other than 0: there is nothing to say yet. The handler is asked once more after that time, in which no thread
    // waits.
    std::chrono::milliseconds again{0};
};

using Handler = std::function<Response(Request&)>;

struct RouteOptions {
    std::size_t bodyLimit = 64 * 1024;  // bytes
    // Empty: local work. Otherwise the handler waits for another server, and this is the index of the
    // bulkhead (below) that bounds how many requests of its kind do so at once.
    std::optional<std::size_t> bulkhead{};
    Cost cost = Cost::Request;
};

// The threads for handlers that wait for other servers, and how many of them the requests of each bulkhead
// may take; no bulkhead given: there is one, which may take them all. What one server that hangs can hold
// should be fewer than all threads.
struct UpstreamWorkers {
    std::size_t threads = 16;
    std::vector<std::size_t> bulkheads{};
};

struct Route {
    std::string method;
    std::string pattern;  // "/api/v1/users/:id/signature-image"
    Rights needs;         // one of them; none: every caller may ask
    Handler handler;
    RouteOptions options{};
};

// One answered or refused request, for the log. Views are valid during the call only.
struct RequestRecord {
    std::string_view requestId{};
    std::string_view trace{};   // the trace's id: 32 hexadecimal digits
    std::string_view method{};  // as sent, or "-" when it could not be read
    std::string_view route{};   // the pattern, "static", or "-"
    int status = 0;
    std::chrono::microseconds duration{0};  // since it arrived
    std::chrono::microseconds upstream{0};
    std::string_view outcome{};
    std::string_view detail{};
    std::string_view reason{};  // why it was refused before any handler saw it: a sentence of a closed set
    // For the audit log alone, of refused requests: RequestHead::peer, the caller where one is known
    // (else null), and the pattern of the route that was asked for.
    std::string_view peer{};
    const Caller* caller = nullptr;
    std::string_view refusedRoute{};
};
using Observer = std::function<void(const RequestRecord&)>;

}  // namespace smartca::http
