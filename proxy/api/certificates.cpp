// GET, PATCH and DELETE certificates, their list, and GET certificates/{id}/details: from the certificate
// itself, wherever it is to be had, and with the status that SmartCA tells now.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>
#include <vector>

#include "proxy/api/answers.h"
#include "proxy/api/lookups.h"
#include "proxy/api/query.h"
#include "proxy/api/routes.h"
#include "proxy/base/unicode.h"
#include "proxy/registry/fold.h"
#include "proxy/x509/certificate.h"
#include "shared/certificate_details.h"
#include "shared/distinguished_name.h"
#include "shared/serial.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

// What is wrong with a change, for a developer: the screen does not let a person send such a one.
std::optional<std::string_view> reasonAgainst(CertificateChange& change) {
    if (!change.name && !change.isDefault) return "The change names nothing to change.";
    if (change.isDefault && !*change.isDefault)
        return "/isDefault: only true can be set; make another one the default.";
    if (!change.name) return std::nullopt;
    auto name = base::composed(*change.name);
    if (!name) return "/name: is not UTF-8";
    const bool removesNickname = name->empty();
    change.name = certificateNameOf(*name);
    if (change.name->empty() && !removesNickname) return "/name: is blank";
    const auto fault = faultOfCertificateName(*change.name);
    if (fault && fault->code == FindingCode::TooLong) return "/name: is longer than 200 characters";
    if (fault) return "/name: holds a control or invisible character";
    return std::nullopt;
}

std::optional<Asking> askingOfName(std::string_view name) {
    return name == "anew" ? std::optional(Asking::Anew) : std::nullopt;
}

// Where the caller may not see its user, it is not there.
base::Outcome<Certificate> visible(const Context& context, const http::Request& request, std::int64_t id) {
    auto certificate = context.registry.certificate(id, context.now());
    if (certificate && !request.caller.mayActFor(certificate.value().userId))
        return base::Fault{ProblemCode::CertificateGone};
    return certificate;
}

// Why the caller may not change it, if so. Who may act for everyone needs no look at whose it is.
std::optional<http::Response> ownerFault(const Context& context, const http::Request& request,
                                         std::int64_t id) {
    if (request.caller.users.empty()) return std::nullopt;
    const auto certificate = visible(context, request, id);
    if (certificate) return std::nullopt;
    return answerOf(certificate.error(), request);
}

// What SmartCA has of a certificate now.
struct Copy {
    CertificateSource source = CertificateSource::NotKept;
    std::string der{};
    StatusSource statusSource = StatusSource::NotTold;
    std::optional<registry::ToldStatus> told{};
    std::chrono::microseconds waited{0};
    std::string detail{};  // for the log
};

// The key that issuers are compared by, however the name is written down: the portal, an import and SmartCA
// each order, space and abbreviate the attributes in their own way.
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

template <class Item>
const Item* withSerial(const std::vector<Item>& items, const std::string& serial) {
    const auto found = std::ranges::find(items, serial, &Item::serial);
    return found == items.end() ? nullptr : &*found;
}

// It may be any certificate.
bool isUnnamed(const upstream::UnreadableItem& item) {
    return !isSerialOctets(item.serial);
}

Copy askSmartCa(LookupCache& cache, const Certificate& certificate, Asking asking, Instant now) {
    Copy copy;
    if (certificate.identity.empty() || certificate.serial.empty()) return copy;
    const UpstreamTimer timer;
    const auto answer = cache.find(parseIdentity(certificate.identity), asking);
    copy.waited = timer.elapsed();
    if (!answer) {
        copy.source = CertificateSource::NotReached;
        copy.statusSource = StatusSource::NotReached;
        copy.detail = answer.error().detail;
        return copy;
    }
    const Found& found = *answer.value();
    if (const auto* same = sameAs(certificate, found.certificates)) {
        copy.der = same->der;
        copy.source = copy.der.empty() ? CertificateSource::NotKept : CertificateSource::Asked;
        copy.told = {same->status, same->statusText, now};
    } else if (const auto* unreadable = withSerial(found.unreadable, certificate.serial)) {
        copy.source = CertificateSource::Unreadable;
        copy.told = {unreadable->status, unreadable->statusText, now};
    } else if (std::ranges::any_of(found.unreadable, isUnnamed)) {
        copy.source = CertificateSource::Unreadable;
        copy.statusSource = StatusSource::NotReached;
        copy.detail = "it may be one of those that cannot be read";
    } else if (!withSerial(found.certificates, certificate.serial)) {
        copy.statusSource = StatusSource::Gone;
        copy.told = {CertificateStatus::Unknown, {}, now};
    }
    if (copy.told && !copy.told->text.empty()) copy.statusSource = StatusSource::Asked;
    return copy;
}

// A certificate that is gone stays revoked, and silence takes nothing back that was said.
bool replacesStatus(const Copy& copy, const Certificate& listed) {
    if (copy.statusSource == StatusSource::Gone) return listed.status != CertificateStatus::Revoked;
    return copy.told && (copy.statusSource == StatusSource::Asked ||
                         (listed.statusAsked != 0 && listed.statusText.empty()));
}

// That the row cannot be written does not make the answer wrong.
void takeOver(const registry::ToldStatus& told, Certificate& certificate, Instant now, Copy& copy,
              registry::Registry& registry) {
    certificate.status = statusWith(told.status, now, certificate.validFrom, certificate.validTo);
    certificate.statusText = told.text;
    certificate.statusAsked = told.at;
    if (auto kept = registry.keepStatus(certificate.id, told); !kept)
        copy.detail = "the status was not kept: " + kept.error().detail;
}

}  // namespace

http::Response getCertificates(const Context& context, http::Request& request) {
    QueryReader query(request.head.query);
    registry::CertificateQuery wanted;
    wanted.search = query.text("search", 100);
    wanted.userId = query.integer("userId", 0, 1, kLargestUserId);
    wanted.ids = query.integers("ids", 1000);
    wanted.type = query.choice("type", certificateTypeOfName);
    wanted.status = query.choice("status", certificateStatusOfName);
    wanted.validFrom = query.date("validFrom", QueryReader::OfDay::FirstSecond);
    wanted.validTo = query.date("validTo", QueryReader::OfDay::LastSecond);
    std::tie(wanted.page, wanted.pageSize) = query.page();
    wanted.now = context.now();
    wanted.owners = request.caller.users;
    if (query.fault()) return malformed(request, query);
    return answerOf(context.registry.certificates(wanted), request);
}

http::Response getCertificate(const Context& context, http::Request& request, std::int64_t id) {
    return answerOf(visible(context, request, id), request);
}

http::Response patchCertificate(const Context& context, http::Request& request, std::int64_t id) {
    http::Response response;
    const auto json = jsonBody(request, response);
    if (!json) return response;
    auto change = parseCertificateChange(*json);
    if (!change) return malformed(request, change.error());
    if (const auto reason = reasonAgainst(change.value())) return malformed(request, *reason);
    const Rights may = request.caller.may;
    if (change.value().name && !may.has(Right::Rename))
        return answerOf({ProblemCode::NotAllowed, {}, "no right of rename"}, request);
    if (change.value().isDefault && !may.has(Right::Default))
        return answerOf({ProblemCode::NotAllowed, {}, "no right of default"}, request);
    if (auto fault = ownerFault(context, request, id)) return *fault;
    return answerOf(context.registry.change(id, change.value(), context.now(), sourceOf(request)), request,
                    "changed");
}

http::Response deleteCertificate(const Context& context, http::Request& request, std::int64_t id) {
    if (auto fault = ownerFault(context, request, id)) return *fault;
    const auto removed = context.registry.remove(id, sourceOf(request));
    if (!removed) return answerOf(removed.error(), request);
    http::Response response;
    response.status = 204;
    response.outcome = "removed";
    return response;
}

http::Response getCertificateDetails(const Context& context, http::Request& request, std::int64_t id) {
    QueryReader query(request.head.query);
    const Asking asking = query.choice("ask", askingOfName).value_or(Asking::Recently);
    if (query.fault()) return malformed(request, query);
    const Instant now = context.now();
    auto certificate = visible(context, request, id);
    if (!certificate) return answerOf(certificate.error(), request);
    auto kept = context.registry.certificateDer(id);
    if (!kept) return answerOf(kept.error(), request);

    // eContract lists certificates without giving them; SmartCA gives them, and their status, for an identity.
    Copy copy = askSmartCa(*context.lookups, certificate.value(), asking, now);
    if (!kept.value().empty()) {
        copy.source = CertificateSource::Kept;
        copy.der = std::move(kept).value();
    }
    CertificateDetails details;
    details.certificate = std::move(certificate).value();
    details.statusSource = copy.statusSource;
    if (replacesStatus(copy, details.certificate))
        takeOver(*copy.told, details.certificate, now, copy, context.registry);
    details.content = x509::readContent(copy.der);
    details.source = copy.der.empty() || details.content ? copy.source : CertificateSource::Unreadable;
    details.chain = context.authorities->now()->verify(copy.der, now);
    auto response = http::jsonResponse(200, toJson(details));
    response.upstream = copy.waited;
    response.detail = copy.detail;
    return response;
}

}  // namespace smartca::api
