#include "proxy/api/routes.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>

#include "proxy/api/answers.h"
#include "proxy/base/text.h"

namespace smartca::api {
namespace {

// A draft with the largest signature image in base64, and room for the rest.
constexpr std::size_t kDraftLimit = 2 * 1024 * 1024;

// Requests that wait for the same servers are a bulkhead.
enum Bulkhead : std::size_t {
    kSmartCa,
    kDetails,  // of SmartCA, and of eContract where that is the registry: much may be asked that can wait
    kEvents,  // waits for nobody, but is asked again and again: however many do, they have one thread of their own
    kPortal,  // eContract
    kBoth,
};

constexpr std::int64_t kLargestId = std::numeric_limits<std::int64_t>::max();

// The path's ":id" as a positive number up to `maximum`.
std::optional<std::int64_t> idOf(const http::Request& request, std::int64_t maximum) {
    const auto found = request.parameters.find("id");
    if (found == request.parameters.end()) return std::nullopt;
    const auto& text = found->second;
    return text.starts_with('0') ? std::nullopt : base::wholeNumberOf(text, 1, maximum);
}

}  // namespace

std::vector<http::Route> routes(const ContextOf& contextOf, bool elsewhere) {
    using FunctionOfId = http::Response (*)(const Context&, http::Request&, std::int64_t);
    // No route is called but with what belongs to its caller's company.
    const auto with = [contextOf](const auto& call) -> http::Handler {
        return [contextOf, call](http::Request& request) {
            // What changes something takes none: "?dryRun=true" is not passed over.
            const QueryReader query(request.head.query);
            if (request.head.method != "GET" && query.fault()) return malformed(request, query);
            const Context* const context = contextOf(request.caller.company);
            return context != nullptr ? call(*context, request)
                                      : answerOf({ProblemCode::Unauthorized, {}, "otherCompany"}, request);
        };
    };
    const auto of = [&](FunctionOfId function, std::int64_t largest = kLargestId) {
        return with([function, largest](const Context& context, http::Request& request) {
            const auto id = idOf(request, largest);
            return id ? function(context, request, *id) : answerOf({ProblemCode::NotFound}, request);
        });
    };
    const http::RouteOptions reading{.bulkhead = elsewhere ? std::optional(kPortal) : std::nullopt};
    const http::RouteOptions creating{.bodyLimit = kDraftLimit, .bulkhead = elsewhere ? kBoth : kSmartCa};
    using enum Right;
    return {
        {"GET", "/api/v1/session", {}, with(getSession)},
        // For the portal's server alone.
        {"POST", "/api/v1/sessions", {}, with(postSession)},
        {"GET", "/api/v1/events", {}, with(getEvents), {.bulkhead = kEvents}},
        {"GET", "/api/v1/users", {Lookup, Create, List}, with(getUsers), reading},
        {"GET", "/api/v1/users/:id", {Lookup, Create, List}, of(getUser, kLargestUserId), reading},
        {"GET", "/api/v1/defaults", {Create}, with(getDefaults), reading},
        {"GET", "/api/v1/users/:id/signature-image", {Create}, of(getUserImage, kLargestUserId), reading},
        {"GET", "/api/v1/company/signature-image", {Create}, with(getCompanyImage)},
        {"POST",
         "/api/v1/lookups",
         {Lookup},
         with(postLookup),
         {.bulkhead = kSmartCa, .cost = http::Cost::Lookup}},
        {"GET", "/api/v1/certificates", {List}, with(getCertificates), reading},
        {"POST", "/api/v1/certificates", {Create}, with(postCertificate), creating},
        {"DELETE", "/api/v1/creates", {Create}, with(withdrawCreate)},
        {"GET", "/api/v1/creates/:id", {Create}, of(getCreate)},
        {"GET", "/api/v1/certificates/:id", {List}, of(getCertificate), reading},
        {"GET",
         "/api/v1/certificates/:id/details",
         {Details},
         of(getCertificateDetails),
         {.bulkhead = kDetails}},
        // Which of the two it takes, the change says.
        {"PATCH", "/api/v1/certificates/:id", {Rename, Default}, of(patchCertificate), reading},
        {"DELETE", "/api/v1/certificates/:id", {Remove}, of(deleteCertificate), reading},
    };
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): clang 19 loses sight of what the std::function of a returned list holds

http::UpstreamWorkers upstreamWorkers(std::size_t each, bool elsewhere) {
    const std::size_t quarter = std::max<std::size_t>(1, each / 4);
    if (!elsewhere) return {.threads = each + quarter + 1, .bulkheads = {each, quarter, 1}};
    // An upstream that hangs holds three bulkheads: its own, kDetails and kBoth. A quarter is left then.
    const std::size_t both = std::max<std::size_t>(1, each - quarter);
    return {.threads = each + quarter + both + quarter + 1, .bulkheads = {each, quarter, 1, each, both}};
}

}  // namespace smartca::api
