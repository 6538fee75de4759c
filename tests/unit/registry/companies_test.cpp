// Two companies in one database: what is asked of one is answered as if the other one were not there.
#include "fixture.h"

namespace smartca::registry {
namespace {

// The fixture's is "main"; user 9 and their certificates are of "second".
struct TwoCompanies : Fixture {
    CompanyId otherId = companyIn(*store, "second");
    SqlRegistry other{store, otherId, testKey(), [] { return kNow; }};

    TwoCompanies() { addUser(*store, {9, "USER01", "Nguyễn Văn A", "0919 000 111"}, "second"); }
    std::int64_t attachOther(const NewCertificate& certificate) {
        const auto attached = create(store, other, attachment(9, {certificate}));
        REQUIRE(attached);
        return attached.value().added.front().id;
    }
};

}  // namespace

TEST_CASE_FIXTURE(TwoCompanies, "users of another company are not found, counted or searched") {
    CHECK(other.user(1).error().code == ProblemCode::NotFound);
    CHECK(registry.user(9).error().code == ProblemCode::NotFound);
    const auto found = other.users({.search = "nguyen"});
    REQUIRE(found);
    CHECK(found.value().items.size() == 1);
    CHECK(found.value().totalCount == 1);
    CHECK(found.value().allCount == 1);
    CHECK(registry.users({}).value().allCount == 3);
}

TEST_CASE_FIXTURE(TwoCompanies,
                  "one certificate stands on the lists of both, and neither knows of the other") {
    const auto mine = attachOne(1, certificate("5401aa"));
    const auto theirs = attachOther(certificate("5401aa"));
    CHECK(other.certificate(mine, kNow).error().code == ProblemCode::CertificateGone);
    CHECK(other.certificateDer(mine).error().code == ProblemCode::CertificateGone);
    CHECK(other.change(mine, {.name = "x"}, kNow, {}).error().code == ProblemCode::CertificateGone);
    CHECK(other.change(mine, {.isDefault = true}, kNow, {}).error().code == ProblemCode::CertificateGone);
    CHECK(other.remove(mine, {}).error().code == ProblemCode::CertificateGone);
    CHECK(other.identitiesOf(1).value().empty());
    CHECK(registry.holdersOf({"5401aa"}, 0).value().front() == std::vector<std::string>{"Nguyễn Văn A"});
    CHECK(registry.serialsOnList(9, {"5401aa"}).value().empty());
    const auto page = list({.ids = {mine, theirs}});
    REQUIRE(page.items.size() == 1);
    CHECK(page.items.front().id == mine);
    CHECK(page.allCount == 1);
    CHECK(list({.userId = 9}).totalCount == 0);
}

TEST_CASE_FIXTURE(TwoCompanies, "what SmartCA tells one company's account changes no row of another one") {
    const auto mine = attachOne(1, certificate("5401aa"));
    const auto theirs = attachOther(certificate("5401aa"));
    REQUIRE(other.keepStatus(mine, {CertificateStatus::Revoked, "thu hồi", kNow}));
    REQUIRE(other.keepStatus(theirs, {CertificateStatus::Suspended, "tạm dừng", kNow}));
    CHECK(registry.certificate(mine, kNow).value().status == CertificateStatus::Active);
    CHECK(other.certificate(theirs, kNow).value().status == CertificateStatus::Suspended);
}

TEST_CASE_FIXTURE(TwoCompanies, "nothing is attached to another company's user, whatever asks for it") {
    CHECK(create(store, other, attachment(1, {certificate("5401aa")})).error().code == ProblemCode::NotFound);
    store::Store::Writer writer = store->write();
    Draft draft;
    draft.userId = 1;
    CHECK_FALSE(insertCertificate(writer.database(), otherId, certificate("5401aa"), draft, {}));
}

TEST_CASE_FIXTURE(TwoCompanies, "equal images of two companies are two, and one goes without the other") {
    const auto with = [](UserId user, const char* serial) {
        auto signedOne = attachment(user, {certificate(serial)});
        signedOne.draft.signatureImage = image("bytes");
        return signedOne;
    };
    const auto mine = attach(with(1, "5401aa")).added.front().id;
    REQUIRE(create(store, other, with(9, "5401bb")));
    CHECK(count("images") == 2);
    REQUIRE(registry.remove(mine, {}));
    CHECK(count("images") == 1);
}

TEST_CASE_FIXTURE(TwoCompanies,
                  "the certificates that are counted are those that are on the company's list") {
    const auto first = attachOne(1, certificate("01"));
    attachOne(1, certificate("02"));
    attachOne(2, certificate("01"));
    CHECK(create(store, registry, attachment(1, {certificate("01")})).value().added.empty());
    CHECK_FALSE(create(store, registry, attachment(77, {certificate("03")})));
    attachOther(certificate("01"));
    REQUIRE(registry.remove(first, {}));
    CHECK_FALSE(registry.remove(first, {}));
    CHECK(list().allCount == 2);
    CHECK(list().userCount == 2);
    CHECK(list({.search = "no such"}).allCount == 2);
    CHECK(other.certificates({.now = kNow}).value().allCount == 1);
}

}  // namespace smartca::registry
