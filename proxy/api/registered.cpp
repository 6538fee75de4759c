#include "proxy/api/registered.h"

#include <utility>

namespace smartca::api {

base::Outcome<Found> findRegistered(upstream::SmartCaClient& smartCa, const Identity& identity) {
    Found found{identity.canonical, {}};
    auto certificates = smartCa.certificatesOf(identity.canonical, "");
    if (!certificates) return certificates.error();
    const auto alternative = alternativeSpelling(identity);
    if (certificates.value().empty() && !alternative.empty()) {
        auto second = smartCa.certificatesOf(alternative, "");
        if (!second) return second.error();
        if (!second.value().empty()) return Found{alternative, std::move(second).value()};
    }
    found.certificates = std::move(certificates).value();
    return found;
}

std::vector<std::string> serialsOf(const std::vector<upstream::SmartCaCertificate>& certificates) {
    std::vector<std::string> serials;
    serials.reserve(certificates.size());
    for (const auto& certificate : certificates)
        serials.push_back(certificate.serial);
    return serials;
}

RegisteredCertificate describe(const upstream::SmartCaCertificate& certificate, Instant now) {
    RegisteredCertificate described;
    described.serial = certificate.serial;
    described.commonName = certificate.commonName;
    described.subject = certificate.subject;
    described.serviceName = certificate.serviceName;
    described.statusText = certificate.statusText;
    described.validFrom = certificate.validFrom;
    described.validTo = certificate.validTo;
    // An expired one is told as expired even where SmartCA also calls it inactive: that is what a person can
    // act on.
    described.status = statusAt(now, certificate.validFrom, certificate.validTo);
    if (!certificate.active && described.status != CertificateStatus::Expired)
        described.status = CertificateStatus::Inactive;
    return described;
}

}  // namespace smartca::api
