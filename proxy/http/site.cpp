#include "proxy/http/site.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/http/problem.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

bool isRequestId(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
    });
}

// RFC 9110 §5.6.7, without the C library's locale.
std::string dateLine() {
    constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    const auto two = [](int value) {
        return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
    };
    return std::string("Date: ") + kDays[static_cast<std::size_t>(utc.tm_wday)] + ", " + two(utc.tm_mday) +
           ' ' + kMonths[static_cast<std::size_t>(utc.tm_mon)] + ' ' + std::to_string(utc.tm_year + 1900) +
           ' ' + two(utc.tm_hour) + ':' + two(utc.tm_min) + ':' + two(utc.tm_sec) + " GMT\r\n";
}

bool isStaticMethod(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

std::string_view reasonOf(int status) {
    return status == 404 ? "There is nothing at this path." : "This path does not support the method.";
}

}  // namespace

Site::Site(std::vector<Route> routes, SiteOptions options)
    : table_(std::move(routes)),
      dispatcher_(table_.routes()),
      options_(std::move(options)),
      guards_(options_.guards) {}

Service::Admission Site::admit(const RequestHead& head) {
    const auto refused = [](int status, const char* reason) {
        return Admission{HeadFault{status, reason}, 0, Lane::Quick};
    };
    const bool file = options_.files.has(head.path);
    const auto* route = file ? nullptr : table_.find(head.method, head.path);
    const bool preflight = !file && head.method == "OPTIONS" && !table_.methodsOf(head.path).empty();
    if (!file && !route && !preflight)
        return table_.methodsOf(head.path).empty() ? refused(404, reasonOf(404).data())
                                                   : refused(405, reasonOf(405).data());
    if (file && !isStaticMethod(head.method)) return refused(405, reasonOf(405).data());
    if (route && !options_.authenticate(head))
        return refused(401, "The caller is not known here; send Authorization: Bearer with a valid token.");
    if (const auto refusal = guards_.check(head)) return refused(refusal->status, refusal->reason);
    if (preflight && !guards_.preflight(head, ""))
        return refused(403, "This is no CORS preflight from an allowed origin.");
    return route ? Admission{std::nullopt, route->bodyLimit, route->lane} : Admission{};
}

Output Site::refuse(const HeadFault& fault, const RequestHead* head, After after) {
    Problem problem;
    problem.code = problemCodeOf(fault.status);
    problem.requestId = requestIdOf(head);
    if (fault.status == 503) problem.retryAfterSeconds = 1;
    const auto locale = localeOf(head ? head->header("accept-language") : std::string_view{});
    auto response = problemResponse(problem, locale, {.reason = fault.reason, .status = fault.status});
    if (fault.status == 405) {
        auto methods = table_.methodsOf(head->path);
        response.headers.emplace_back("Allow", methods.empty() ? "GET, HEAD" : std::move(methods));
    }
    if (fault.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    const auto* wanted = head ? table_.find(head->method, head->path) : nullptr;
    const auto caller = wanted ? options_.authenticate(*head) : std::nullopt;
    options_.observe({.requestId = problem.requestId,
                      .method = head ? std::string_view(head->method) : "-",
                      .route = "-",
                      .status = fault.status,
                      .outcome = response.outcome,
                      .peer = head ? std::string_view(head->peer) : std::string_view(),
                      .caller = caller ? std::string_view(caller->name) : std::string_view(),
                      .wanted = wanted ? std::string_view(wanted->pattern) : std::string_view()});
    return compose(response, head, problem.requestId, after);
}

Output Site::serve(RequestHead head, std::string body, After after) {
    const auto begin = std::chrono::steady_clock::now();
    Request request;
    request.head = std::move(head);
    request.body = std::move(body);
    request.requestId = requestIdOf(&request.head);
    request.locale = localeOf(request.head.header("accept-language"));
    std::string_view route = "-";
    const auto response = respond(request, route);
    base::wipe(request.body);
    options_.observe({.requestId = request.requestId,
                      .method = request.head.method,
                      .route = route,
                      .status = response.status,
                      .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::steady_clock::now() - begin),
                      .upstream = response.upstream,
                      .outcome = response.outcome,
                      .detail = response.detail});
    return compose(response, &request.head, request.requestId, after);
}

Response Site::respond(Request& request, std::string_view& route) const {
    const auto& head = request.head;
    if (options_.files.has(head.path)) {
        route = "static";
        auto response = options_.files.answer(head);
        response.outcome = response.status == 304 ? "notModified" : "ok";
        return response;
    }
    if (auto preflight = guards_.preflight(head, table_.methodsOf(head.path))) return *preflight;
    const auto caller = options_.authenticate(head);
    const auto* found = table_.find(head.method, head.path);
    // Admitted a moment ago; a token may have been withdrawn since.
    if (!caller || !found) return problemResponse(ProblemCode::Unauthorized, request);
    request.caller = *caller;
    route = found->pattern;
    auto response = dispatcher_.dispatch(request);
    const bool chosen = std::any_of(response.headers.begin(), response.headers.end(),
                                    [](const auto& header) { return header.first == "Cache-Control"; });
    if (!chosen) response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Output Site::compose(const Response& response, const RequestHead* head, const std::string& requestId,
                     After after) const {
    Output output;
    output.head = Dispatcher::headOf(response);
    output.head += dateLine();
    output.head += "X-Request-Id: " + requestId + "\r\n";
    guards_.appendHeaders(head, output.head);
    if (after == After::Close) output.head += "Connection: close\r\n";
    output.head += "\r\n";
    if (!head || head->method != "HEAD") output.body = response.body;
    return output;
}

std::string Site::requestIdOf(const RequestHead* head) const {
    const auto given = head ? head->header("x-request-id") : std::string_view{};
    return isRequestId(given) ? std::string(given) : hexadecimalOf(base::randomBytes(8));
}

}  // namespace smartca::http
