#include "shared/certificate_status.h"

#include <doctest/doctest.h>

namespace smartca {
namespace {

constexpr Instant kFrom = 100, kTo = 200;

}  // namespace

TEST_CASE("what is said to have expired, though by the dates it has not, has no known status") {
    using enum CertificateStatus;
    CHECK(statusWith(Expired, 201, kFrom, kTo) == Expired);
    for (const Instant now : {99, 100, 200})
        CHECK(statusWith(Expired, now, kFrom, kTo) == Unknown);
    CHECK_FALSE(joinsAll(Unknown));
}

TEST_CASE("the last day outlives what is said, but for a revocation") {
    using enum CertificateStatus;
    for (const auto said : {Active, NotYetValid, Suspended, Pending, Unknown})
        CHECK(statusWith(said, 201, kFrom, kTo) == Expired);
    CHECK(statusWith(Revoked, 201, kFrom, kTo) == Revoked);
    CHECK(statusWith(Active, 99, kFrom, kTo) == NotYetValid);
    CHECK(statusWith(Suspended, 99, kFrom, kTo) == Suspended);
}

TEST_CASE("nobody's word is not that it is active") {
    using enum CertificateStatus;
    CHECK(labelOf(Active, "ACTIVE") == Message::StatusActive);
    CHECK(labelOf(Active, "") == Message::StatusByDates);
    CHECK(labelOf(Expired, "") == Message::StatusExpired);
    CHECK(labelOf(Unknown, "") == Message::StatusUnknown);
}

}  // namespace smartca
