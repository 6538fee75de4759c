#include "fixture.h"

namespace smartca::registry {

TEST_CASE_FIXTURE(Fixture, "a nickname replaces the common name and is searched beside it") {
    const std::int64_t id = attachOne(1, certificate("01", "Nguyễn Văn A"));
    CHECK(registry.change(id, {.name = " Chữ ký năm 2026 ", .isDefault = {}}, kNow, {}).value().name ==
          "Chữ ký năm 2026");
    CHECK(list({.search = "chu ky"}).totalCount == 1);
    CHECK(list({.search = "nguyen"}).totalCount == 1);
}

TEST_CASE_FIXTURE(Fixture, "a blank nickname gives the common name back") {
    const std::int64_t id = attachOne(1, certificate("01", "Nguyễn Văn A"));
    REQUIRE(registry.change(id, {.name = "Biệt danh", .isDefault = {}}, kNow, {}));
    CHECK(registry.change(id, {.name = "  ", .isDefault = {}}, kNow, {}).value().name == "Nguyễn Văn A");
    CHECK(list({.search = "biet danh"}).totalCount == 0);
}

TEST_CASE_FIXTURE(Fixture, "setting another default moves the mark, for that user alone") {
    const std::int64_t first = attachOne(1, certificate("01"));
    const std::int64_t second = attachOne(1, certificate("02"));
    const std::int64_t ofOther = attachOne(2, certificate("01"));
    CHECK(registry.change(second, {.name = {}, .isDefault = true}, kNow, {}).value().isDefault);
    CHECK(defaultOf(1) == second);
    CHECK(defaultOf(2) == ofOther);
    CHECK(registry.change(first, {.name = {}, .isDefault = true}, kNow, {}).value().isDefault);
    CHECK(defaultOf(1) == first);
}

TEST_CASE_FIXTURE(Fixture, "the default stays the default when it is set again, and cannot be unset") {
    const std::int64_t id = attachOne(1, certificate("01"));
    CHECK(registry.change(id, {.name = {}, .isDefault = true}, kNow, {}).value().isDefault);
    CHECK(registry.change(id, {.name = {}, .isDefault = false}, kNow, {}).value().isDefault);
}

TEST_CASE_FIXTURE(Fixture, "removing the default makes the newest valid certificate the default") {
    const std::int64_t first = attachOne(1, certificate("01"));
    NewCertificate newestButExpired = certificate("02");
    newestButExpired.validFrom = kNow - 2 * kDay;
    newestButExpired.validTo = kNow - kDay;
    attachOne(1, newestButExpired);
    NewCertificate newer = certificate("03");
    newer.validFrom = kNow - 10 * kDay;
    const std::int64_t expected = attachOne(1, newer);
    attachOne(1, certificate("04"));
    REQUIRE(registry.remove(first, {}));
    CHECK(defaultOf(1) == expected);
}

TEST_CASE_FIXTURE(Fixture,
                  "removing the default where nothing valid remains leaves none, until a valid one comes") {
    const std::int64_t first = attachOne(1, certificate("01"));
    NewCertificate expired = certificate("02");
    expired.validTo = kNow - kDay;
    attachOne(1, expired);
    NewCertificate revoked = certificate("03");
    revoked.told.status = CertificateStatus::Revoked;
    attachOne(1, revoked);
    REQUIRE(registry.remove(first, {}));
    CHECK(list().totalCount == 2);
    for (const Certificate& each : list().items)
        CHECK_FALSE(each.isDefault);
    const std::int64_t valid = attachOne(1, certificate("04"));
    CHECK(defaultOf(1) == valid);
}

TEST_CASE_FIXTURE(Fixture, "removing another certificate leaves the default alone") {
    const std::int64_t first = attachOne(1, certificate("01"));
    REQUIRE(registry.remove(attachOne(1, certificate("02")), {}));
    CHECK(defaultOf(1) == first);
}

TEST_CASE_FIXTURE(Fixture, "an image goes with the last certificate that shows it") {
    Attachment withImage = attachment(1, {certificate("01"), certificate("02")});
    withImage.draft.signatureImage = image("bytes");
    const Attached attached = attach(withImage);
    REQUIRE(registry.remove(attached.added[0].id, {}));
    CHECK(count("images") == 1);
    REQUIRE(registry.remove(attached.added[1].id, {}));
    CHECK(count("images") == 0);
}

TEST_CASE_FIXTURE(Fixture, "what is not there cannot be read, changed or removed") {
    CHECK(registry.certificate(99, kNow).error().code == ProblemCode::CertificateGone);
    CHECK(registry.change(99, {.name = "x", .isDefault = {}}, kNow, {}).error().code ==
          ProblemCode::CertificateGone);
    CHECK(registry.remove(99, {}).error().code == ProblemCode::CertificateGone);
}

}  // namespace smartca::registry
