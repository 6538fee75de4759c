// Whether a certificate can be used: what SmartCA says of it, and what its dates say now.
//
// Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "shared/calendar.h"
#include "shared/message.h"

namespace smartca {

enum class CertificateStatus : std::uint8_t {
    Active,
    Expired,
    NotYetValid,
    Revoked,
    Suspended,  // stopped for now, locked
    Pending,    // waits to be approved or activated
    Unknown,  // SmartCA says what we do not understand, or what the dates deny, or "not active" without a reason
};
// In JSON; in the order of the enumeration.
inline constexpr std::array<std::string_view, 7> kCertificateStatuses{
    "active", "expired", "notYetValid", "revoked", "suspended", "pending", "unknown"};
std::string_view nameOf(CertificateStatus status);
std::optional<CertificateStatus> certificateStatusOfName(std::string_view name);
Message labelOf(CertificateStatus status);
// Of a certificate of which an upstream said that in its words: where it said nothing, the dates say that it is valid,
// and nobody says that it is active.
Message labelOf(CertificateStatus status, std::string_view said);

// By the dates alone: Active, Expired or NotYetValid. A last day of 0 is not known, and has not passed.
CertificateStatus statusAt(Instant now, Instant validFrom, Instant validTo);

// What an upstream said, with the dates: a revocation outlives everything; what has expired is expired,
// whatever else is said of it; what is said to have expired and by its dates has not is Unknown; "active" before its
// first day is not yet valid. `said` is Active where nothing was said.
CertificateStatus statusWith(CertificateStatus said, Instant now, Instant validFrom, Instant validTo);

// Whether "all certificates of the number" includes it. The others are added only where they are named and a
// person agrees.
bool joinsAll(CertificateStatus status);

}  // namespace smartca
