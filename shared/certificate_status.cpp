#include "shared/certificate_status.h"

namespace smartca {

std::string_view nameOf(CertificateStatus status) {
    return kCertificateStatuses[static_cast<std::size_t>(status)];
}

std::optional<CertificateStatus> certificateStatusOfName(std::string_view name) {
    for (std::size_t i = 0; i < kCertificateStatuses.size(); ++i)
        if (kCertificateStatuses[i] == name) return static_cast<CertificateStatus>(i);
    return std::nullopt;
}

Message labelOf(CertificateStatus status) {
    constexpr std::array kLabels = {
        Message::StatusActive,    Message::StatusExpired, Message::StatusNotYetValid, Message::StatusRevoked,
        Message::StatusSuspended, Message::StatusPending, Message::StatusUnknown};
    return kLabels[static_cast<std::size_t>(status)];
}

Message labelOf(CertificateStatus status, std::string_view said) {
    return status == CertificateStatus::Active && said.empty() ? Message::StatusByDates : labelOf(status);
}

CertificateStatus statusAt(Instant now, Instant validFrom, Instant validTo) {
    if (now < validFrom) return CertificateStatus::NotYetValid;
    return validTo != 0 && now > validTo ? CertificateStatus::Expired : CertificateStatus::Active;
}

CertificateStatus statusWith(CertificateStatus said, Instant now, Instant validFrom, Instant validTo) {
    if (said == CertificateStatus::Revoked) return said;
    const auto dated = statusAt(now, validFrom, validTo);
    if (said == CertificateStatus::Expired && dated != said) return CertificateStatus::Unknown;
    if (dated == CertificateStatus::Expired || said == CertificateStatus::Active) return dated;
    return said;
}

bool joinsAll(CertificateStatus status) {
    return status == CertificateStatus::Active || status == CertificateStatus::Expired ||
           status == CertificateStatus::NotYetValid;
}

}  // namespace smartca
