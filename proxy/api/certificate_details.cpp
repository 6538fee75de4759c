// GET certificates/{id}/details: from the certificate itself, wherever it is to be had.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/api/answers.h"
#include "proxy/api/registered.h"
#include "proxy/api/routes.h"
#include "proxy/registry/fold.h"
#include "proxy/x509/content.h"
#include "shared/certificate_details.h"
#include "shared/distinguished_name.h"

namespace smartca::api {
namespace {

struct Copy {
    CertificateSource source = CertificateSource::NotKept;
    std::string der{};
    std::chrono::microseconds waited{0};
    std::string detail{};  // for the log
};

// What an issuer is told apart by, however its name is written down: the portal, an import and SmartCA each
// order, space and abbreviate the attributes in their own way.
std::string issuerKey(const std::string& issuer) {
    const auto name = parseDistinguishedName(issuer);
    for (const std::string_view type : {"CN", "O"}) {
        if (const auto value = attributeOf(name, type); !value.empty()) return registry::folded(value);
    }
    return registry::folded(issuer);
}

// Serial numbers are unique for one issuer alone (RFC 5280 §4.1.2.2).
bool isSame(const upstream::SmartCaCertificate& one, const Certificate& listed) {
    if (one.serial != listed.serial) return false;
    return listed.issuer.empty() || issuerKey(one.issuer) == issuerKey(listed.issuer);
}

// eContract lists certificates without giving them, and has no documented way to ask for one; SmartCA gives
// them to whoever names the identity.
Copy askSmartCa(RecentAsks& asks, const Certificate& certificate) {
    Copy copy;
    if (certificate.identity.empty() || certificate.serial.empty()) return copy;
    const UpstreamTimer timer;
    const auto found = asks.find(parseIdentity(certificate.identity));
    copy.waited = timer.elapsed();
    if (!found) {
        copy.source = CertificateSource::NotReached;
        copy.detail = found.error().detail;
        return copy;
    }
    const auto& registered = found.value()->certificates;
    const auto same = std::find_if(registered.begin(), registered.end(), [&](const auto& one) {
        return isSame(one, certificate) && !one.der.empty();
    });
    if (same == registered.end()) return copy;
    copy.source = CertificateSource::Asked;
    copy.der = same->der;
    return copy;
}

}  // namespace

http::Response getCertificateDetails(const Context& context, RecentAsks& asks, http::Request& request) {
    const auto id = idOf(request, kLargestId);
    if (!id) return answerOf(registry::RegistryError::NotFound, request);
    const Instant now = context.now();
    auto certificate = context.registry.certificate(*id, now);
    if (!certificate) return answerOf(certificate.trouble(), request);
    auto kept = context.registry.certificateDer(*id);
    if (!kept) return answerOf(kept.trouble(), request);

    const Copy copy = kept.value().empty() ? askSmartCa(asks, certificate.value())
                                           : Copy{CertificateSource::Kept, std::move(kept).value()};
    CertificateDetails details;
    details.certificate = std::move(certificate).value();
    details.content = x509::readContent(copy.der);
    details.source = copy.der.empty() || details.content ? copy.source : CertificateSource::Unreadable;
    details.chain = context.authorities.verify(copy.der, now);
    auto response = http::jsonResponse(200, toJson(details));
    response.upstream = copy.waited;
    response.detail = copy.detail;
    return response;
}

}  // namespace smartca::api
