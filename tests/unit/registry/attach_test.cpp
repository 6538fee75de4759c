#include "fixture.h"

namespace smartca::registry {
namespace {

using Serials = std::vector<std::string>;

Attachment business(const std::string& serial) {
    Attachment business = attachment(1, {certificate(serial)});
    business.certificates[0].type = CertificateType::Business;
    business.draft.password = "Mật khẩu canary 7f3a";
    business.draft.secretKey = "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=";
    return business;
}

std::string sealedIn(store::Store& store, const std::string& column) {
    store::Store::Reader reader = store.read();
    store::Statement find(reader.database(), "SELECT " + column + " FROM certificates");
    REQUIRE(find.next());
    return find.blob(0);
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "attaching adds every certificate and says so") {
    const Attached attached = attach(attachment(1, {certificate("01", "Một"), certificate("02", "Hai")}));
    REQUIRE(attached.added.size() == 2);
    CHECK(attached.added[0].name == "Một");
    CHECK(attached.added[0].userName == "Nguyễn Văn A");
    CHECK(attached.added[1].serial == "02");
    CHECK(attached.alreadyOnList.empty());
    CHECK(list().totalCount == 2);
}

TEST_CASE_FIXTURE(Fixture, "a serial that the user has is reported and left alone, the others are added") {
    attachOne(1, certificate("01", "Một"));
    const Attached attached = attach(attachment(1, {certificate("01", "Khác"), certificate("02")}));
    CHECK(attached.alreadyOnList == Serials{"01"});
    CHECK(attached.added.size() == 1);
    CHECK(list({.search = "01"}).items.at(0).name == "Một");
}

TEST_CASE_FIXTURE(Fixture, "a serial named twice in one attachment is added once") {
    const Attached attached = attach(attachment(1, {certificate("01"), certificate("01")}));
    CHECK(attached.added.size() == 1);
    CHECK(attached.alreadyOnList == Serials{"01"});
}

TEST_CASE_FIXTURE(Fixture, "two users may have the same certificate") {
    attachOne(1, certificate("01"));
    attachOne(2, certificate("01"));
    CHECK(list().totalCount == 2);
}

TEST_CASE_FIXTURE(Fixture, "an unknown user gets nothing") {
    CHECK(tryToAttach(attachment(99, {certificate("01")})).error().code == ProblemCode::NotFound);
    CHECK(list().totalCount == 0);
}

TEST_CASE_FIXTURE(Fixture, "a user's first certificate becomes the default, later ones do not") {
    const std::int64_t first = attachOne(1, certificate("01"));
    CHECK(defaultOf(1) == first);
    attachOne(1, certificate("02"));
    CHECK(defaultOf(1) == first);
    CHECK(attach(attachment(2, {certificate("01")})).added[0].isDefault);
}

TEST_CASE_FIXTURE(Fixture, "of several first certificates the newest valid one becomes the default") {
    NewCertificate expired = certificate("01");
    expired.validFrom = kNow - 10 * kDay;
    expired.validTo = kNow - kDay;
    const NewCertificate valid = certificate("02");
    const Attached attached = attach(attachment(1, {expired, valid}));
    CHECK_FALSE(attached.added[0].isDefault);
    CHECK(attached.added[1].isDefault);
}

TEST_CASE_FIXTURE(Fixture, "an attachment's image is kept once however many certificates show it") {
    Attachment first = attachment(1, {certificate("01"), certificate("02")});
    first.draft.signatureImage = image("bytes");
    attach(first);
    CHECK(count("images") == 1);

    Attachment repeated = attachment(1, {certificate("01")});
    repeated.draft.signatureImage = image("other bytes");
    CHECK(attach(repeated).added.empty());
    CHECK(count("images") == 1);
}

TEST_CASE_FIXTURE(Fixture, "password and secret key are stored sealed, for their user and certificate") {
    attach(business("01"));
    const std::string password = sealedIn(*store, "sealed_password");
    const std::string secretKey = sealedIn(*store, "sealed_secret_key");
    CHECK(testKey().open(password, {sealing::SecretKind::Password, 1, "01"}).value() ==
          "Mật khẩu canary 7f3a");
    CHECK(testKey().open(secretKey, {sealing::SecretKind::SecretKey, 1, "01"}).ok());
    CHECK_FALSE(testKey().open(password, {sealing::SecretKind::Password, 2, "01"}));
    CHECK_FALSE(testKey().open(secretKey, {sealing::SecretKind::Password, 1, "01"}));
}

TEST_CASE_FIXTURE(Fixture,
                  "of a secret key that was copied with what stands around it the key alone is stored") {
    Attachment copied = business("01");
    copied.draft.secretKey = "Khóa bí mật: MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY";
    attach(copied);
    const auto kept =
        testKey().open(sealedIn(*store, "sealed_secret_key"), {sealing::SecretKind::SecretKey, 1, "01"});
    REQUIRE(kept);
    CHECK(kept.value() == "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=");
}

TEST_CASE_FIXTURE(Fixture, "neither secret is in any byte of the files, nor after the certificate is gone" *
                               doctest::test_suite("sqlite")) {
    const Attachment secrets = business("01");
    const std::int64_t id = attach(secrets).added[0].id;
    const std::string sealed = sealedIn(*store, "sealed_password");
    const auto filesHold = [&](const std::string& text) {
        bool held = false;
        for (const char* suffix : {"", "-wal", "-shm"}) {
            held = held || contentOf(place.path() + suffix).find(text) != std::string::npos;
        }
        return held;
    };
    CHECK(filesHold(sealed));  // the test looks in the right place
    CHECK_FALSE(filesHold(secrets.draft.password));
    CHECK_FALSE(filesHold(secrets.draft.secretKey));

    REQUIRE(registry.remove(id, {}));
    execute(*store, "PRAGMA wal_checkpoint(TRUNCATE)");
    CHECK_FALSE(filesHold(sealed));
}

TEST_CASE_FIXTURE(Fixture,
                  "without a key the secrets are not stored, and the registry says which fields it saves") {
    SqlRegistry keyless(store, companyIn(*store), std::nullopt);
    REQUIRE(create(store, keyless, business("01")));
    CHECK(sealedIn(*store, "sealed_password").empty());
    std::vector<Field> all, open;
    for (const FieldRule& rule : fieldTable()) {
        if (isSavedEverywhere(rule.field)) continue;
        all.push_back(rule.field);
        if (rule.secrecy == Secrecy::Public) open.push_back(rule.field);
    }
    CHECK(registry.saves() == all);
    CHECK(keyless.saves() == open);
}

TEST_CASE_FIXTURE(Fixture, "a personal certificate has no secrets") {
    attachOne(1, certificate("01"));
    CHECK(sealedIn(*store, "sealed_password").empty());
    CHECK(sealedIn(*store, "sealed_secret_key").empty());
}

}  // namespace smartca::registry
