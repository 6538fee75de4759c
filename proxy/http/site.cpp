#include "proxy/http/site.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <utility>

#include "proxy/base/call.h"
#include "proxy/base/crypto.h"
#include "proxy/http/response.h"
#include "proxy/http/trace_context.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

// 16 hexadecimal digits that cannot be guessed.
std::string freshRequestId() {
    return hexadecimalOf(base::randomBytes(8));
}

bool isRequestId(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiDigit(c) || isAsciiLetter(c) || c == '-' || c == '_' || c == '.';
    });
}

// RFC 9110 §5.6.7. In English: nothing in this program sets the C library's locale.
std::string dateLine() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 48> line{};
    std::strftime(line.data(), line.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
    return line.data();
}

// The code that a refusal with this HTTP status carries.
ProblemCode problemCodeOf(int status) {
    for (const auto code :
         {ProblemCode::Unauthorized, ProblemCode::Forbidden, ProblemCode::PathUnknown,
          ProblemCode::MethodNotAllowed, ProblemCode::TooLarge, ProblemCode::UnsupportedMediaType,
          ProblemCode::Unavailable, ProblemCode::HeadTooLarge})
        if (statusOf(code) == status) return code;
    return ProblemCode::MalformedRequest;
}

bool isParameterValue(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiDigit(c) || isAsciiLetter(c) || c == '-' || c == '_';
    });
}

// Takes the first segment off "/a/b": returns "a", leaves "/b".
std::string_view takeSegment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool fits(std::string_view pattern, std::string_view path, PathParameters& parameters) {
    parameters.clear();
    while (!pattern.empty() && !path.empty()) {
        const auto expected = takeSegment(pattern);
        const auto given = takeSegment(path);
        if (!expected.starts_with(':')) {
            if (expected != given) return false;
        } else if (isParameterValue(given)) {
            parameters[std::string(expected.substr(1))] = given;
        } else {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

// Fills in the route and its parameters, or, without a route of that method, the methods that the path has;
// none: there is no such path. HEAD counts as GET. Everything but the parameters must be written exactly as
// in the pattern, not percent-encoded.
void findRoute(const std::vector<Route>& routes, Admission& admission) {
    const auto& head = admission.request.head;
    const std::string_view method = head.method == "HEAD" ? std::string_view("GET") : head.method;
    for (const auto& route : routes) {
        if (!fits(route.pattern, head.path, admission.request.parameters)) continue;
        if (route.method == method) {
            admission.route = &route;
            return;
        }
        admission.methods += (route.method == "GET" ? "GET, HEAD" : route.method) + ", ";
    }
    if (!admission.methods.empty()) admission.methods += "OPTIONS";
}

bool mayAsk(const Caller& caller, Rights needs) {
    return needs.empty() || caller.may.hasAny(needs);
}

// "lookup create"
std::string namesOf(Rights rights) {
    std::string names;
    for (std::size_t i = 0; i < kRightNames.size(); ++i) {
        if (rights.has(static_cast<Right>(i))) names.append(names.empty() ? "" : " ").append(kRightNames[i]);
    }
    return names;
}

}  // namespace

Site::Site(std::vector<Route> routes, SiteOptions options)
    : routes_(std::move(routes)), options_(std::move(options)), guards_(options_.guards) {}

Admission Site::admit(RequestHead head) const {
    Admission admission;
    auto& request = admission.request;
    request.head = std::move(head);
    request.head.peer = options_.trustedProxies.clientOf(request.head);
    const auto given = request.head.header("x-request-id");
    request.requestId = isRequestId(given) ? std::string(given) : freshRequestId();
    request.traceparent = traceparentFor(request.head.header("traceparent"));
    request.locale = localeOf(request.head.header("accept-language"));
    admission.file = options_.files.find(request.head.path);
    if (admission.file) {
        admission.methods = "GET, HEAD";
    } else {
        findRoute(routes_, admission);
    }
    admission.refusal = check(admission);
    return admission;
}

std::optional<Refusal> Site::check(Admission& admission) const {
    const auto& head = admission.request.head;
    if (admission.methods.empty() && !admission.route) return Refusal{404, "There is nothing at this path."};
    const bool readable = admission.file && (head.method == "GET" || head.method == "HEAD");
    const bool isPreflight = !admission.file && head.method == "OPTIONS";
    if (!admission.route && !readable && !isPreflight)
        return Refusal{405, "This path does not support the method."};
    if (admission.route) {
        auto caller = options_.authenticate(head);
        if (!caller) return caller.error();
        admission.request.caller = std::move(caller).value();
    }
    if (const auto refusal = guards_.check(head)) return refusal;
    if (admission.route && !mayAsk(admission.request.caller, admission.route->needs))
        return Refusal{403, "The caller has none of the rights that this takes.", "no right",
                       ProblemCode::NotAllowed};
    if (isPreflight && !admission.route && !guards_.isPreflight(head))
        return Refusal{403, "This is no CORS preflight from an allowed origin."};
    if (head.contentLength > (admission.route ? admission.route->options.bodyLimit : 0))
        return Refusal{413, "The body is larger than this resource accepts."};
    if (!admission.route || !options_.limiter) return std::nullopt;
    const auto refused = options_.limiter->take(admission.request.caller, admission.route->options.cost);
    if (!refused) return std::nullopt;
    return Refusal{429, kAskedTooOften, std::string(refused->limit), ProblemCode::TooManyRequests,
                   static_cast<int>(refused->wait.count())};
}

Output Site::refuse(const Refusal& refusal, const Admission& admission) const {
    const auto& request = admission.request;
    const bool isRead = !request.head.method.empty();
    Problem problem;
    problem.code = refusal.code.value_or(problemCodeOf(refusal.status));
    problem.requestId = isRead ? request.requestId : freshRequestId();
    problem.retryAfterSeconds = refusal.status == 503 ? 1 : refusal.retryAfterSeconds;
    auto response =
        problemResponse(problem, request.locale, {.reason = refusal.reason, .status = refusal.status});
    if (refusal.status == 405) response.headers.emplace_back("Allow", admission.methods);
    if (refusal.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    std::string detail = refusal.detail;
    if (refusal.code == ProblemCode::NotAllowed && admission.route)
        detail += " of " + namesOf(admission.route->needs);
    // Which names differ only whoever runs this can tell, and mend.
    if (refusal.detail == kForeignHost || refusal.detail == kForeignOrigin)
        detail.append(": Host ").append(request.head.header("host"));
    if (refusal.detail == kForeignOrigin) detail.append(", Origin ").append(request.head.header("origin"));
    options_.observe(
        {.requestId = problem.requestId,
         .trace = traceOf(request.traceparent),
         .method = isRead ? std::string_view(request.head.method) : "-",
         .route = "-",
         .status = refusal.status,
         .outcome = response.outcome,
         .detail = detail,
         .reason = refusal.reason,
         .peer = request.head.peer,
         .caller = request.caller.subject.empty() ? nullptr : &request.caller,
         .refusedRoute = admission.route ? std::string_view(admission.route->pattern) : std::string_view()});
    return compose(response, request.head, problem.requestId);
}

Output Site::serve(Admission& admission) const {
    auto& request = admission.request;
    const base::Call call{.arrived = request.arrived,
                          .begun = std::chrono::steady_clock::now(),
                          .traceparent = request.traceparent};
    const base::CallScope scope(call);
    const auto response = respond(admission);
    if (response.again.count() != 0) return {.again = response.again};
    base::wipe(request.body);
    std::string_view route = admission.file ? "static" : "-";
    if (admission.route) route = admission.route->pattern;
    options_.observe({.requestId = request.requestId,
                      .trace = traceOf(request.traceparent),
                      .method = request.head.method,
                      .route = route,
                      .status = response.status,
                      .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::steady_clock::now() - request.arrived),
                      .upstream = response.upstream,
                      .outcome = response.outcome,
                      .detail = response.detail,
                      .peer = request.head.peer,
                      .caller = &request.caller,
                      .refusedRoute = response.status == 403 ? route : std::string_view()});
    return compose(response, request.head, request.requestId);
}

Response Site::respond(Admission& admission) const {
    if (admission.file) return StaticFiles::answer(*admission.file, admission.request.head);
    if (!admission.route) return preflightResponse(admission.methods);
    Response response;
    try {
        response = admission.route->handler(admission.request);
    } catch (...) {  // without a word of what it said
        response = problemResponse(ProblemCode::Internal, admission.request);
    }
    const bool chosen = std::any_of(response.headers.begin(), response.headers.end(),
                                    [](const auto& header) { return header.first == "Cache-Control"; });
    if (!chosen) response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Output Site::compose(const Response& response, const RequestHead& head, const std::string& requestId) const {
    Output output;
    output.head = headOf(response) + dateLine() + "X-Request-Id: " + requestId + "\r\n";
    guards_.appendHeaders(head, output.head);
    if (head.method != "HEAD") output.body = response.body;
    return output;
}

}  // namespace smartca::http
