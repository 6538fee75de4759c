#include "proxy/api/routes.h"

#include <cstddef>
#include <memory>

namespace smartca::api {
namespace {

// A draft with the largest signature image in base64, and room for the rest.
constexpr std::size_t kDraftLimit = 2 * 1024 * 1024;

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
    using http::Lane;
    constexpr std::size_t kSmall = 64 * 1024;
    // With eContract, SmartCA is the one upstream and the portal the other.
    const bool elsewhere = context.registry.isElsewhere();
    const Lane lane = elsewhere ? Lane::OtherUpstream : Lane::Quick;
    const Lane createLane = elsewhere ? Lane::BothUpstreams : Lane::Upstream;
    return {
        {"GET", "/api/v1/session", with(getSession)},
        {"GET", "/api/v1/users", with(getUsers), kSmall, lane},
        {"GET", "/api/v1/users/:id", with(getUser), kSmall, lane},
        {"GET", "/api/v1/defaults", with(getDefaults), kSmall, lane},
        {"GET", "/api/v1/users/:id/signature-image", with(getUserImage), kSmall, lane},
        {"GET", "/api/v1/company/signature-image", with(getCompanyImage)},
        {"POST", "/api/v1/lookups", with(postLookup), kSmall, Lane::Upstream},
        {"GET", "/api/v1/certificates", with(getCertificates), kSmall, lane},
        {"POST", "/api/v1/certificates", with(postCertificate), kDraftLimit, createLane},
        {"GET", "/api/v1/creates/:id", with(getCreate)},
        {"GET", "/api/v1/certificates/:id", with(getCertificate), kSmall, lane},
        {"GET", "/api/v1/certificates/:id/details", details, kSmall, Lane::Patient},
        {"PATCH", "/api/v1/certificates/:id", with(patchCertificate), kSmall, lane},
        {"DELETE", "/api/v1/certificates/:id", with(deleteCertificate), kSmall, lane},
    };
}

}  // namespace smartca::api
