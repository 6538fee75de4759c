// GET certificates/{id}/details: from the certificate itself, wherever it is to be had.
#include <chrono>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "proxy/api/answers.h"
#include "proxy/api/registered.h"
#include "proxy/api/routes.h"
#include "proxy/registry/fold.h"
#include "proxy/x509/certificate.h"
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

// Serial numbers are unique for one issuer alone (RFC 5280 4.1.2.2). But a registry may write the issuer in
// a way of its own: where a person has one certificate with the serial number, that is the one. Null: none,
// or it cannot be told which.
const upstream::SmartCaCertificate* sameAs(const Certificate& listed,
                                           const std::vector<upstream::SmartCaCertificate>& found) {
    const upstream::SmartCaCertificate* same = nullptr;
    const upstream::SmartCaCertificate* sameIssuer = nullptr;
    std::size_t withSerial = 0;
    std::size_t withIssuer = 0;
    for (const auto& one : found) {
        if (one.serial != listed.serial) continue;
        same = &one;
        ++withSerial;
        if (issuerKey(one.issuer) != issuerKey(listed.issuer)) continue;
        sameIssuer = &one;
        ++withIssuer;
    }
    if (withIssuer == 1) return sameIssuer;
    return withSerial == 1 ? same : nullptr;
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
    const auto* same = sameAs(certificate, found.value()->certificates);
    if (!same || same->der.empty()) return copy;
    copy.source = CertificateSource::Asked;
    copy.der = same->der;
    return copy;
}

}  // namespace

http::Response getCertificateDetails(const Context& context, RecentAsks& asks, http::Request& request) {
    const auto id = idOf(request, kLargestId);
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    const Instant now = context.now();
    auto certificate = context.registry.certificate(*id, now);
    if (!certificate) return answerOf(certificate.error(), request);
    auto kept = context.registry.certificateDer(*id);
    if (!kept) return answerOf(kept.error(), request);

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
