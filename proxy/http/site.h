// Everything behind the transport (server.h), which knows sockets and time: guards, authentication, routes,
// static files, and one record a request for the log.
//
// When a request's head is complete, admit() decides on it once; what it found out goes along in the
// Admission. Order: a file of the page, or a route; for routes the caller; then Host, and origin and media
// type of requests that change something; then the right that the route takes; then the length of the body;
// then how often the caller has asked. Only then is the body read.
//
// Immutable after construction; any thread. admit() and refuse() do not block.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "proxy/http/callers.h"
#include "proxy/http/forwarded.h"
#include "proxy/http/guards.h"
#include "proxy/http/limits.h"
#include "proxy/http/message.h"
#include "proxy/http/static_files.h"

namespace smartca::http {

struct SiteOptions {
    GuardOptions guards{};
    Authenticator authenticate = allowLocal({});
    TrustedProxies trustedProxies{};
    std::shared_ptr<Limiter> limiter{};  // null: nobody is limited
    StaticFiles files{};
    Observer observe = [](const RequestRecord&) {};
};

// What is known of a request from its complete head on. Valid as long as its Site.
struct Admission {
    Request request;  // the body is yet to come; without a route its caller is not known
    const StaticFile* file = nullptr;
    const Route* route = nullptr;  // null, as is the file: there is none, or it is a preflight
    std::string methods;           // of the path without a route, as in "GET, HEAD, OPTIONS"
    std::optional<Refusal> refusal;
};

// An answer as bytes: the head but for its end, which says whether the connection stays (Connection::answer), and
// a body that may be shared with other answers.
struct Output {
    std::string head{};
    std::shared_ptr<const std::string> body{};  // null: none is sent
    std::chrono::milliseconds again{0};         // as Response has it: other than 0, there is no answer yet
};

class Site {
  public:
    Site(std::vector<Route> routes, SiteOptions options);

    Admission admit(RequestHead head) const;

    // The answer to a request that no handler gets to see. An empty admission is that of a head that could
    // not be read.
    Output refuse(const Refusal& refusal, const Admission& admission) const;

    // The answer to an admitted request with its body. May block. Never throws. The same admission may be served
    // again as long as there is no answer.
    Output serve(Admission& admission) const;

  private:
    std::optional<Refusal> check(Admission& admission) const;
    Response respond(Admission& admission) const;
    Output compose(const Response& response, const RequestHead& head, const std::string& requestId) const;

    std::vector<Route> routes_;
    SiteOptions options_;
    Guards guards_;
};

}  // namespace smartca::http
