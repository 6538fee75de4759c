#include "proxy/api/routes.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>

namespace smartca::api {
namespace {

// A draft with the largest signature image in base64, and room for the rest.
constexpr std::size_t kDraftLimit = 2 * 1024 * 1024;

// Requests that wait for the same servers are a bulkhead.
enum Bulkhead : std::size_t {
    kSmartCa,
    kDetails,  // of SmartCA, and of eContract where that is the registry: much may be asked that can wait
    kPortal,   // eContract
    kBoth,
};

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    using Function = http::Response (*)(const Context&, http::Request&);
    const auto with = [&context](Function function) -> http::Handler {
        return [&context, function](http::Request& request) { return function(context, request); };
    };
    // Lives as long as the routes do.
    const auto asked = std::make_shared<RecentAsks>(context.smartCa);
    const auto details = [&context, asked](http::Request& request) {
        return getCertificateDetails(context, *asked, request);
    };
    // What reads the registry waits for eContract where that is the registry.
    const bool elsewhere = context.registry.isElsewhere();
    const http::RouteOptions reading{.bulkhead = elsewhere ? std::optional(kPortal) : std::nullopt};
    const http::RouteOptions creating{.bodyLimit = kDraftLimit, .bulkhead = elsewhere ? kBoth : kSmartCa};
    return {
        {"GET", "/api/v1/session", with(getSession)},
        {"GET", "/api/v1/users", with(getUsers), reading},
        {"GET", "/api/v1/users/:id", with(getUser), reading},
        {"GET", "/api/v1/defaults", with(getDefaults), reading},
        {"GET", "/api/v1/users/:id/signature-image", with(getUserImage), reading},
        {"GET", "/api/v1/company/signature-image", with(getCompanyImage)},
        {"POST", "/api/v1/lookups", with(postLookup), {.bulkhead = kSmartCa}},
        {"GET", "/api/v1/certificates", with(getCertificates), reading},
        {"POST", "/api/v1/certificates", with(postCertificate), creating},
        {"GET", "/api/v1/creates/:id", with(getCreate)},
        {"GET", "/api/v1/certificates/:id", with(getCertificate), reading},
        {"GET", "/api/v1/certificates/:id/details", details, {.bulkhead = kDetails}},
        {"PATCH", "/api/v1/certificates/:id", with(patchCertificate), reading},
        {"DELETE", "/api/v1/certificates/:id", with(deleteCertificate), reading},
    };
}

http::UpstreamWorkers upstreamWorkers(std::size_t each, bool elsewhere) {
    const std::size_t quarter = std::max<std::size_t>(1, each / 4);
    if (!elsewhere) return {.threads = each + quarter, .bulkheads = {each, quarter}};
    // An upstream that hangs holds three bulkheads: its own, kDetails and kBoth. A quarter is left then.
    const std::size_t both = std::max<std::size_t>(1, each - quarter);
    return {.threads = each + quarter + both + quarter, .bulkheads = {each, quarter, each, both}};
}

}  // namespace smartca::api
