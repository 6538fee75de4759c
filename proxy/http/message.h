// What handlers see of HTTP: a request that has passed every guard, and the answer to it.
//
//   Route{"GET", "/api/v1/session", [](Request& request) { return jsonResponse(200, toJson(session)); }}
//
// Values; a Request belongs to the worker that serves it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "proxy/http/request_head.h"
#include "shared/message.h"

namespace smartca::http {

// Who asks. `name` scopes what a caller may see of its own earlier requests (idempotency keys).
struct Caller {
    std::string name;
};

struct Request {
    RequestHead head;
    std::string body;  // wiped when the handler has returned
    std::string requestId;
    Caller caller;
    Locale locale = Locale::Vietnamese;  // by Accept-Language
    std::unordered_map<std::string, std::string>
        parameters;  // of the path, by name: ASCII letters, digits, '-' and '_'
};

struct Response {
    int status = 200;
    std::string contentType;  // empty without a body
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<const std::string>
        body;  // null: none. Shared, so that a file is never copied for a slow reader.
    // For the log alone.
    std::string_view outcome;  // a constant, e.g. "created" or a problem's code
    std::chrono::microseconds upstream{0};
    std::string detail;  // what an operator needs to know of a failure; no secret
};

using Handler = std::function<Response(Request&)>;

// Where a request waits for a thread: what talks to an upstream may take seconds and must not hold up the
// rest, nor may an upstream that hangs hold up what needs it not at all.
enum class Lane : unsigned char {
    Quick,
    Upstream,
    Patient,        // that can wait: does not take the threads that others wait for
    BothUpstreams,  // needs another upstream as well, and leaves threads to what does not
    OtherUpstream,
};

struct Route {
    std::string method;
    std::string pattern;  // "/api/v1/users/:id/signature-image"
    Handler handler;
    std::size_t bodyLimit = 64 * 1024;
    Lane lane = Lane::Quick;
};

// One answered or refused request, for the log. Views are valid during the call only.
struct RequestRecord {
    std::string_view requestId{};
    std::string_view method{};  // as sent, or "-" when it could not be read
    std::string_view route{};   // the pattern, "static", or "-"
    int status = 0;
    std::chrono::microseconds duration{0};
    std::chrono::microseconds upstream{0};
    std::string_view outcome{};
    std::string_view detail{};
    // For the audit log alone: the connection's other end, the caller where it is known, and the route that
    // was wanted by a request that was turned away.
    std::string_view peer{};
    std::string_view caller{};
    std::string_view wanted{};
};
using Observer = std::function<void(const RequestRecord&)>;

}  // namespace smartca::http
