#include <set>

#include "fixture.h"

namespace smartca::registry {
namespace {

using Names = std::vector<std::string>;

Names namesOf(const CertificatePage& page) {
    Names names;
    for (const auto& certificate : page.items)
        names.push_back(certificate.name);
    return names;
}

// User 1 has an active and an expired one, user 2 one that is not valid yet, user 3 a business one.
struct ListFixture : Fixture {
    ListFixture() {
        attachOne(1, certificate("540101aa", "Nguyễn Văn A"));
        NewCertificate expired = certificate("540101bb", "Nguyễn Văn A cũ");
        expired.validFrom = kNow - 500 * kDay;
        expired.validTo = kNow - 1;
        attachOne(1, expired);
        NewCertificate future = certificate("540101cc", "Trần Thị Bích Ngọc");
        future.identity = "079305123456";
        future.validFrom = kNow + 1;
        attachOne(2, future);
        NewCertificate business = certificate("540101dd", "VNPT eSeal");
        business.identity = "0100684378-001";
        business.type = CertificateType::Business;
        attachOne(3, business);
    }
    Names searched(const std::string& search) { return namesOf(list({.search = search})); }
    Names withStatus(CertificateStatus status) {
        CertificateQuery query;
        query.status = status;
        return namesOf(list(query));
    }
};

}  // namespace

TEST_CASE_FIXTURE(ListFixture, "the list stands in the order of names and counts certificates and users") {
    const CertificatePage page = list();
    CHECK(namesOf(page) == Names{"Nguyễn Văn A", "Nguyễn Văn A cũ", "Trần Thị Bích Ngọc", "VNPT eSeal"});
    CHECK(page.totalCount == 4);
    CHECK(page.allCount == 4);
    CHECK(page.userCount == 3);
    CHECK(page.items[0].userCode == "USER01");
}

TEST_CASE_FIXTURE(ListFixture, "a certificate is found by name, serial and identity") {
    CHECK(searched("bich tran") == Names{"Trần Thị Bích Ngọc"});
    CHECK(searched("540101BB") == Names{"Nguyễn Văn A cũ"});
    CHECK(searched("54:01:01:dd") == Names{"VNPT eSeal"});
    CHECK(searched("079305123456") == Names{"Trần Thị Bích Ngọc"});
    CHECK(searched("0100684378001") == Names{"VNPT eSeal"});
    CHECK(searched("0100684378-001") == Names{"VNPT eSeal"});
    CHECK(searched("nguyen 540101bb 001099000001") == Names{"Nguyễn Văn A cũ"});
    CHECK(searched("%").empty());
}

TEST_CASE_FIXTURE(ListFixture, "a certificate is found by its user's name, which its row shows, too") {
    CHECK(searched("đặng đình đức") == Names{"VNPT eSeal"});
    CHECK(searched("eseal dang") == Names{"VNPT eSeal"});
}

TEST_CASE_FIXTURE(ListFixture, "counts follow the search, the count of all does not") {
    const CertificatePage page = list({.search = "nguyen", .page = 2, .pageSize = 1});
    CHECK(namesOf(page) == Names{"Nguyễn Văn A cũ"});
    CHECK(page.totalCount == 2);
    CHECK(page.userCount == 1);
    CHECK(page.allCount == 4);
}

TEST_CASE_FIXTURE(ListFixture,
                  "pages of any size make the whole list, in its order, and none comes after the last") {
    const Names whole = namesOf(list());
    for (int size = 1; size <= 5; ++size) {
        CAPTURE(size);
        Names pages;
        for (int number = 1; number <= 5; ++number) {
            for (const auto& name : namesOf(list({.page = number, .pageSize = size})))
                pages.push_back(name);
        }
        CHECK(pages == whole);
    }
    CHECK(list({.page = 2'000'000'000, .pageSize = 1'000}).items.empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "up to 1000 certificates are counted; of more, each page tells whether another follows") {
    std::vector<NewCertificate> many;
    for (int i = 0; i < 1'015; ++i)
        many.push_back(certificate("5401" + std::to_string(10'000 + i), i < 1'000 ? "Một" : "Hai"));
    REQUIRE(create(store, registry, attachment(1, many)));
    attachOne(2, certificate("01", "Ba"));
    CHECK(list({.search = "mot"}).totalCount == 1'000);
    CHECK(list({.search = "mot"}).allCount > kMostCounted);
    CHECK(list({.search = "hai ba"}).totalCount == 0);
    for (const int page : {1, 100, 101}) {
        CAPTURE(page);
        const CertificatePage part = list({.page = page});
        CHECK(part.items.size() == 10);
        CHECK(part.totalCount > std::max<std::int64_t>(kMostCounted, page * 10));
    }
    const CertificatePage last = list({.page = 102});
    CHECK(last.items.size() == 6);
    CHECK(last.totalCount == 1'016);
    const CertificatePage behind = list({.page = 104});
    CHECK(behind.items.empty());
    CHECK(behind.totalCount == 1'016);
}

TEST_CASE_FIXTURE(ListFixture, "the status follows from the dates, both ends included") {
    CHECK(withStatus(CertificateStatus::Active) == Names{"Nguyễn Văn A", "VNPT eSeal"});
    CHECK(withStatus(CertificateStatus::Expired) == Names{"Nguyễn Văn A cũ"});
    CHECK(withStatus(CertificateStatus::NotYetValid) == Names{"Trần Thị Bích Ngọc"});
    CHECK(withStatus(CertificateStatus::Revoked).empty());
    CHECK(statusAt(10, 10, 20) == CertificateStatus::Active);
    CHECK(statusAt(20, 10, 20) == CertificateStatus::Active);
    CHECK(statusAt(9, 10, 20) == CertificateStatus::NotYetValid);
    CHECK(statusAt(21, 10, 20) == CertificateStatus::Expired);
}

TEST_CASE_FIXTURE(
    Fixture,
    "a filter by status finds what statusWith() says, whatever was said and whatever the dates are") {
    std::vector<NewCertificate> all;
    for (std::size_t said = 0; said < kCertificateStatuses.size(); ++said) {
        for (const Instant from : {kNow - 2, kNow - 1, kNow, kNow + 1, kNow + 2}) {
            for (const Instant to : {kNow - 2, kNow - 1, kNow, kNow + 1, kNow + 2}) {
                auto one = certificate("5401" + std::to_string(1000 + all.size()));
                one.validFrom = from;
                one.validTo = to;
                one.told.status = static_cast<CertificateStatus>(said);
                all.push_back(std::move(one));
            }
        }
    }
    attach(attachment(1, all));
    std::size_t found = 0;
    for (std::size_t i = 0; i < kCertificateStatuses.size(); ++i) {
        const auto wanted = static_cast<CertificateStatus>(i);
        CertificateQuery query;
        query.status = wanted;
        query.pageSize = 1000;
        std::set<std::string> expected;
        for (const auto& one : all) {
            if (statusWith(one.told.status, kNow, one.validFrom, one.validTo) == wanted)
                expected.insert(one.serial);
        }
        std::set<std::string> shown;
        for (const auto& row : list(query).items) {
            CHECK(row.status == wanted);
            shown.insert(row.serial);
        }
        CAPTURE(nameOf(wanted));
        CHECK(shown == expected);
        CHECK_FALSE(shown.empty());
        found += shown.size();
    }
    CHECK(found == all.size());
}

TEST_CASE_FIXTURE(
    Fixture, "what SmartCA says of a status is kept with the row, and an older word undoes no newer one") {
    auto suspended = certificate("540101aa");
    suspended.told = {CertificateStatus::Suspended, "Tạm khóa", kNow};
    const auto id = attachOne(1, suspended);
    const auto shown = [&] { return list({.search = "540101aa"}).items.at(0); };
    CHECK(shown().status == CertificateStatus::Suspended);
    CHECK(shown().statusText == "Tạm khóa");
    CHECK(shown().statusAsked == kNow);
    REQUIRE(registry.keepStatus(id, {CertificateStatus::Revoked, "Đã thu hồi", kNow + 5}));
    REQUIRE(registry.keepStatus(id, {CertificateStatus::Active, "Đang hoạt động", kNow + 4}));
    CHECK(shown().status == CertificateStatus::Revoked);
    CHECK(shown().statusText == "Đã thu hồi");
    CHECK(shown().statusAsked == kNow + 5);
    CHECK(registry.keepStatus(999, {}).ok());
}

TEST_CASE_FIXTURE(Fixture, "what SmartCA says of a status holds on every list where the certificate stands") {
    const auto id = attachOne(1, certificate("540101aa"));
    attachOne(2, certificate("540101aa"));
    attachOne(2, certificate("540101bb"));
    REQUIRE(registry.keepStatus(id, {CertificateStatus::Revoked, "Đã thu hồi", kNow}));
    for (const Certificate& row : list({}).items)
        CHECK((row.status == CertificateStatus::Revoked) == (row.serial == "540101aa"));
}

TEST_CASE_FIXTURE(Fixture, "who else has a certificate on their list is told by name, five at most") {
    using Holders = std::vector<Names>;
    for (const UserId id : {1, 2, 3})
        attachOne(id, certificate("540101aa"));
    CHECK(registry.holdersOf({"540101aa", "ff"}, 1).value() ==
          Holders{{"Đặng Đình Đức", "Trần Thị Bích Ngọc"}, {}});
    CHECK(registry.holdersOf({"540101aa"}, 0).value().at(0).size() == 3);
    CHECK(registry.holdersOf({}, 1).value().empty());
    addUser(*store, {99, "USER99", "Nguyễn Văn A"});
    CHECK(registry.holdersOf({"540101aa"}, 99).value().at(0) ==
          Names{"Đặng Đình Đức", "Nguyễn Văn A · USER01", "Trần Thị Bích Ngọc"});
    for (UserId id = 10; id < 16; ++id) {
        addUser(*store, {id, "USER" + std::to_string(id), "Người " + std::to_string(id)});
        attachOne(id, certificate("540101aa"));
    }
    CHECK(registry.holdersOf({"540101aa"}, 1).value().at(0).size() == 5);
}

TEST_CASE_FIXTURE(ListFixture, "every filter narrows the list") {
    CHECK(list({.userId = 1}).totalCount == 2);
    CHECK(namesOf(list({.type = CertificateType::Business})) == Names{"VNPT eSeal"});
    CHECK(list({.type = CertificateType::SmartCa}).totalCount == 3);
    CHECK(namesOf(list({.validFrom = kNow})) == Names{"Trần Thị Bích Ngọc"});
    CHECK(namesOf(list({.validTo = kNow})) == Names{"Nguyễn Văn A cũ"});
    CHECK(list({.search = "nguyen", .userId = 2}).totalCount == 0);
    CHECK(list({.userId = 99}).totalCount == 0);
}

TEST_CASE_FIXTURE(ListFixture, "certificates are found by their ids, those that are gone left out") {
    const CertificatePage all = list();
    CertificateQuery query;
    query.ids = {all.items[3].id, all.items[1].id, 999'999};
    const CertificatePage page = list(query);
    CHECK(namesOf(page) == Names{"Nguyễn Văn A cũ", "VNPT eSeal"});
    CHECK(page.totalCount == 2);
    CHECK(page.userCount == 2);
    query.search = "eseal";
    CHECK(namesOf(list(query)) == Names{"VNPT eSeal"});
    query = {};
    query.ids = {999'999};
    CHECK(list(query).items.empty());
}

TEST_CASE_FIXTURE(ListFixture, "a row says all that the list shows") {
    const Certificate row = list({.search = "eseal"}).items.at(0);
    CHECK(row.userId == 3);
    CHECK(row.userName == "Đặng Đình Đức");
    CHECK(row.identity == "0100684378-001");
    CHECK(row.serial == "540101dd");
    CHECK(row.subject == "CN=VNPT eSeal,C=VN");
    CHECK(row.issuer == "CN=VNPT SmartCA RS,C=VN");
    CHECK(row.type == CertificateType::Business);
    CHECK(row.status == CertificateStatus::Active);
    CHECK(row.isDefault);
    CHECK(registry.certificate(row.id, row.validTo + 1).value().status == CertificateStatus::Expired);
}

TEST_CASE_FIXTURE(ListFixture, "serials on the list of one user or of anyone are told") {
    const std::vector<std::string> asked = {"540101aa", "540101cc", "ff"};
    CHECK(registry.serialsOnList(1, asked).value() == Names{"540101aa"});
    CHECK(registry.serialsOnList(0, asked).value() == Names{"540101aa", "540101cc"});
    CHECK(registry.serialsOnList(0, {}).value().empty());
}

TEST_CASE_FIXTURE(Fixture, "a certificate without a name goes by its serial") {
    attachOne(1, certificate("540101aa", ""));
    CHECK(list().items.at(0).name == "540101aa");
}

TEST_CASE_FIXTURE(Fixture, "the certificate itself is kept as it came") {
    NewCertificate wanted = certificate("01");
    wanted.der = std::string("\x30\x00\xff", 3);
    CHECK(registry.certificateDer(attachOne(1, wanted)).value() == wanted.der);
    CHECK(registry.certificateDer(999).error().code == ProblemCode::CertificateGone);
}

}  // namespace smartca::registry
