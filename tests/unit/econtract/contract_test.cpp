// What every registry promises, whatever stands behind it: one suite, each registry a type. A new registry is
// a new world in the list.
#include <algorithm>
#include <fstream>
#include <set>

#include "shared/serial.h"
#include "worlds.h"

namespace smartca::econtract {
namespace {

using Serials = std::vector<std::string>;

template <class World>
struct Bench : World {
    Attached attach(UserId user, std::vector<NewCertificate> certificates) {
        auto attached = this->tryToAttach(attachment(user, std::move(certificates)));
        REQUIRE(attached.ok());
        return std::move(attached).value();
    }
    CertificatePage list(registry::CertificateQuery query = {}) {
        query.now = wallClock();
        auto page = this->registry().certificates(query);
        REQUIRE(page.ok());
        return std::move(page).value();
    }
    // The one certificate of that user that is marked, or 0.
    std::int64_t defaultOf(UserId user) {
        std::int64_t id = 0;
        for (const auto& certificate : list({.userId = user, .pageSize = 100}).items) {
            if (!certificate.isDefault) continue;
            CHECK(id == 0);
            id = certificate.id;
        }
        return id;
    }
};

Serials serialsOf(const std::vector<Certificate>& certificates) {
    Serials serials;
    for (const auto& certificate : certificates)
        serials.push_back(certificate.serial);
    std::sort(serials.begin(), serials.end());
    return serials;
}

Serials serialsOf(const std::vector<NewCertificate>& certificates) {
    Serials serials;
    for (const auto& certificate : certificates)
        serials.push_back(certificate.serial);
    std::sort(serials.begin(), serials.end());
    return serials;
}

}  // namespace

#define CONTRACT(name) TEST_CASE_TEMPLATE("contract: " name, World, DatabaseWorld, PortalWorld)

CONTRACT("users are found by code and phone, with the counts of those that match and of all") {
    Bench<World> bench;
    const auto all = bench.registry().users({});
    REQUIRE(all.ok());
    CHECK(all.value().totalCount == 3);
    CHECK(all.value().allCount == 3);
    const auto found = bench.registry().users({.search = "user02"});
    REQUIRE(found.ok());
    REQUIRE(found.value().items.size() == 1);
    CHECK(found.value().items[0].id == 2);
    CHECK(found.value().items[0].name == "Trần Thị Bích Ngọc");
    CHECK(found.value().totalCount == 1);
    CHECK(found.value().allCount == 3);
    CHECK(bench.registry().users({.search = "0919000333"}).value().items.at(0).code == "USER03");
    CHECK(bench.registry().users({.search = "SĐT: +84 919 000 333"}).value().items.at(0).code == "USER03");
    CHECK(bench.registry().users({.search = "nobody & nothing=1?#"}).value().items.empty());
}

CONTRACT("pages of users hold each of them once") {
    Bench<World> bench;
    std::set<UserId> seen;
    for (int page = 1; page <= 3; ++page) {
        const auto part = bench.registry().users({.search = "", .page = page, .pageSize = 1});
        REQUIRE(part.ok());
        REQUIRE(part.value().items.size() == 1);
        CHECK(part.value().page == page);
        seen.insert(part.value().items[0].id);
    }
    CHECK(seen == std::set<UserId>{1, 2, 3});
    CHECK(bench.registry().users({.search = "", .page = 4, .pageSize = 1}).value().items.empty());
}

CONTRACT("a user comes with everything the dialog shows, and an unknown one is not found") {
    Bench<World> bench;
    bench.attach(1, certificatesOf(kPerson));
    const auto user = bench.registry().user(1);
    REQUIRE(user.ok());
    CHECK(user.value().code == "USER01");
    CHECK(user.value().phone == "0919000111");
    CHECK(user.value().email == "a@example.vn");
    CHECK(user.value().certificateCount == 1);
    CHECK(bench.registry().user(99).error().code == ProblemCode::NotFound);
    CHECK(bench.registry().userSettings(99).error().code == ProblemCode::NotFound);
    CHECK(bench.registry().userImage(99).error().code == ProblemCode::NotFound);
}

CONTRACT("a user's signature text is told, and one who has none says nothing") {
    Bench<World> bench;
    CHECK(bench.registry().userSettings(1).value().text == "Ký bởi: {{SubjectDN.CN}}");
    CHECK(bench.registry().userSettings(2).value() == SignatureSettings{});
}

CONTRACT("the company's settings are those of the operator's file") {
    Bench<World> bench;
    CHECK(bench.registry().companySettings().value() == SignatureSettings{});
    CHECK(bench.registry().companyImage().error().code == ProblemCode::NotFound);
    bench.setCompany(R"({"text": "Ký tại công ty", "mode": "textOnly"})");
    CHECK(bench.registry().companySettings().value().text == "Ký tại công ty");
    CHECK(bench.registry().companySettings().value().mode == DisplayMode::TextOnly);
}

CONTRACT("attaching adds a certificate with all that the list shows") {
    Bench<World> bench;
    const auto wanted = certificatesOf(kPerson);
    const Attached attached = bench.attach(1, wanted);
    CHECK(attached.alreadyOnList.empty());
    REQUIRE(attached.added.size() == 1);
    const Certificate row = bench.list().items.at(0);
    CHECK(row.id == attached.added[0].id);
    CHECK(row.name == "Nguyễn Văn A");
    CHECK(row.userId == 1);
    CHECK(row.userName == "Nguyễn Văn A");
    CHECK(row.identity == kPerson);
    CHECK(row.serial == wanted[0].serial);
    CHECK(row.subject == wanted[0].subject);
    CHECK(row.issuer == wanted[0].issuer);
    CHECK(row.validFrom == wanted[0].validFrom);
    CHECK(row.validTo == wanted[0].validTo);
    CHECK(row.status == CertificateStatus::Active);
    CHECK(row.type == CertificateType::SmartCa);
    CHECK(row.isDefault);
}

CONTRACT("what attaching made of it is in the journal once it returns, and nothing is after an error") {
    Bench<World> bench;
    const auto key = freshKey();
    REQUIRE(create(bench.registry(), bench.journal(), key, attachment(1, certificatesOf(kPerson))).ok());
    const auto again = bench.journal().begin(key, "body", wallClock());
    REQUIRE(again.ok());
    CHECK(again.value().state == journal::BeginState::Finished);
    CHECK(Json::parse(again.value().answer.body).at("added").size() == 1);
    const auto other = freshKey();
    REQUIRE_FALSE(
        create(bench.registry(), bench.journal(), other, attachment(99, certificatesOf(kPerson))).ok());
    CHECK(bench.journal().begin(other, "body", wallClock()).value().state == journal::BeginState::InProgress);
}

CONTRACT("all certificates of an identity are added, of which a valid one becomes the default") {
    Bench<World> bench;
    const auto wanted = certificatesOf(kCompany);
    const Attached attached = bench.attach(2, wanted);
    CHECK(serialsOf(attached.added) == serialsOf(wanted));
    const std::int64_t marked = bench.defaultOf(2);
    CHECK(bench.registry().certificate(marked, wallClock()).value().status == CertificateStatus::Active);
}

CONTRACT("what the user has already is named and left alone, and the rest is added") {
    Bench<World> bench;
    auto wanted = certificatesOf(kCompany);
    const std::string first = bench.attach(1, {wanted[0]}).added.at(0).serial;
    const Attached attached = bench.attach(1, wanted);
    CHECK(attached.alreadyOnList == Serials{first});
    CHECK(attached.added.size() == 2);
    const Attached again = bench.attach(1, wanted);
    CHECK(again.added.empty());
    CHECK(again.alreadyOnList.size() == 3);
    CHECK(bench.list().totalCount == 3);
}

CONTRACT("a serial named twice is added once") {
    Bench<World> bench;
    const auto wanted = certificatesOf(kPerson);
    const Attached attached = bench.attach(1, {wanted[0], wanted[0]});
    CHECK(attached.added.size() == 1);
    CHECK(attached.alreadyOnList == Serials{wanted[0].serial});
}

CONTRACT("two users may have the same certificate, and an unknown one gets none") {
    Bench<World> bench;
    bench.attach(1, certificatesOf(kPerson));
    bench.attach(2, certificatesOf(kPerson));
    CHECK(bench.tryToAttach(attachment(99, certificatesOf(kPerson))).error().code == ProblemCode::NotFound);
    const CertificatePage page = bench.list();
    CHECK(page.totalCount == 2);
    CHECK(page.userCount == 2);
    CHECK(page.complete);
}

CONTRACT("the list is searched and narrowed, and its counts follow") {
    Bench<World> bench;
    const auto person = certificatesOf(kPerson);
    bench.attach(1, person);
    bench.attach(2, certificatesOf(kCompany));
    const auto count = [&](registry::CertificateQuery query) { return bench.list(query).totalCount; };
    CHECK(count({}) == 4);
    CHECK(count({.userId = 2}) == 3);
    CHECK(count({.userId = 99}) == 0);
    CHECK(count({.search = "nguyen van"}) == 1);
    CHECK(count({.search = person[0].serial}) == 1);
    CHECK(count({.search = kCompany}) == 3);
    CHECK(count({.search = "vnpt dau"}) == 1);
    CHECK(count({.search = "trần thị bích"}) == 3);  // the user
    CHECK(count({.status = CertificateStatus::Expired}) == 1);
    CHECK(count({.status = CertificateStatus::Active}) == 3);
    CHECK(count({.type = CertificateType::Business}) == 0);
    CHECK(count({.validTo = wallClock()}) == 1);
    CHECK(count({.validFrom = wallClock() - 20 * 86'400}) == 1);
    CHECK(bench.list({.search = "vnpt"}).allCount == 4);
    CHECK(bench.list({.search = "vnpt"}).userCount == 1);
}

CONTRACT("for a caller of some users the list is as if there were no others, in its counts as well") {
    Bench<World> bench;
    bench.attach(1, certificatesOf(kPerson));
    bench.attach(2, certificatesOf(kCompany));
    CHECK(bench.list({.owners = {2, 3}}).totalCount == 3);
    CHECK(bench.list({.owners = {2, 3}}).allCount == 3);
    CHECK(bench.list({.search = "nguyen van", .owners = {2, 3}}).totalCount == 0);
    CHECK(bench.list({.search = "nguyen van", .owners = {1, 2}}).allCount == 4);
    CHECK(bench.list({.userId = 1, .owners = {2, 3}}).totalCount == 0);
    CHECK(bench.list({.userId = 2, .owners = {2, 3}}).totalCount == 3);
    CHECK(bench.list({.owners = {99}}).allCount == 0);
}

CONTRACT("a certificate is found by what a person has in hand of it, or of its user") {
    Bench<World> bench;
    const std::string serial = certificatesOf(kPerson)[0].serial;
    bench.attach(1, certificatesOf(kPerson));
    bench.attach(2, certificatesOf(kCompany));
    for (const std::string& search :
         {"CCCD: " + std::string(kPerson), "0x" + serial, "Serial: 00" + serial, shortened(Serial{serial}),
          std::string("USER01"), std::string("+84 919 000 111")}) {
        CAPTURE(search);
        const CertificatePage page = bench.list({.search = search});
        REQUIRE(page.totalCount == 1);
        CHECK(page.items.at(0).serial == serial);
    }
    CHECK(bench.list({.search = "MST " + std::string(kCompany)}).totalCount == 3);
    CHECK(bench.list({.search = "0x" + serial + "00"}).totalCount == 0);
}

CONTRACT("pages of the list hold each certificate once, in the order of names") {
    Bench<World> bench;
    bench.attach(2, certificatesOf(kCompany));
    std::vector<std::string> names;
    for (int page = 1; page <= 2; ++page) {
        for (const auto& row : bench.list({.page = page, .pageSize = 2}).items)
            names.push_back(row.name);
    }
    CHECK(names == std::vector<std::string>{"VNPT con dấu", "VNPT cũ", "VNPT kế toán"});
}

CONTRACT("the status of a certificate follows from the dates") {
    Bench<World> bench;
    const Certificate added = bench.attach(1, certificatesOf(kPerson)).added.at(0);
    const auto statusAt = [&](Instant now) {
        return bench.registry().certificate(added.id, now).value().status;
    };
    CHECK(statusAt(added.validTo) == CertificateStatus::Active);
    CHECK(statusAt(added.validTo + 1) == CertificateStatus::Expired);
    CHECK(statusAt(added.validFrom - 1) == CertificateStatus::NotYetValid);
}

CONTRACT("what SmartCA says of a status is kept, with its words and when it said them") {
    Bench<World> bench;
    const Certificate added = bench.attach(1, certificatesOf(kPerson)).added.at(0);
    const Instant now = wallClock() + 60;
    REQUIRE(bench.registry().certificate(added.id, now).ok());
    REQUIRE(bench.registry().keepStatus(added.id, {CertificateStatus::Suspended, "Tạm khóa", now}).ok());
    const auto renamed = bench.registry().change(added.id, {.name = "Chữ ký", .isDefault = {}}, now, {});
    for (const Certificate& each : {bench.list().items.at(0), bench.list({.userId = 1}).items.at(0),
                                    bench.registry().certificate(added.id, now).value(), renamed.value()}) {
        CHECK(each.status == CertificateStatus::Suspended);
        CHECK(each.statusText == "Tạm khóa");
        CHECK(each.statusAsked == now);
    }
}

CONTRACT("what SmartCA said of a status when a certificate was attached stands on the list") {
    Bench<World> bench;
    auto certificates = certificatesOf(kPerson);
    certificates.at(0).told = {CertificateStatus::Revoked, "Đã thu hồi", wallClock()};
    CHECK(bench.attach(1, certificates).added.at(0).status == CertificateStatus::Revoked);
    CHECK(bench.list({.userId = 1}).items.at(0).status == CertificateStatus::Revoked);
}

CONTRACT("a nickname replaces the common name, and a blank one gives it back") {
    Bench<World> bench;
    const std::int64_t id = bench.attach(2, certificatesOf(kPerson)).added.at(0).id;
    const auto renamed =
        bench.registry().change(id, {.name = " Chữ ký 2026 ", .isDefault = {}}, wallClock(), {});
    REQUIRE(renamed.ok());
    CHECK(renamed.value().name == "Chữ ký 2026");
    CHECK(renamed.value().isDefault);
    for (const char* search : {"chu ky", "nguyen van", "tran thi"})  // nickname, common name, user
        CHECK(bench.list({.search = search}).totalCount == 1);
    CHECK(bench.registry().change(id, {.name = "  ", .isDefault = {}}, wallClock(), {}).value().name ==
          "Nguyễn Văn A");
}

CONTRACT("setting another default moves the mark and leaves the names alone") {
    Bench<World> bench;
    bench.attach(1, certificatesOf(kCompany));
    const std::int64_t before = bench.defaultOf(1);
    std::int64_t other = 0;
    for (const auto& row : bench.list({.userId = 1}).items) {
        if (row.id != before) other = row.id;
    }
    REQUIRE(bench.registry().change(other, {.name = "Tên riêng", .isDefault = {}}, wallClock(), {}).ok());
    CHECK(bench.defaultOf(1) == before);
    const auto changed = bench.registry().change(other, {.name = {}, .isDefault = true}, wallClock(), {});
    REQUIRE(changed.ok());
    CHECK(changed.value().isDefault);
    CHECK(changed.value().name == "Tên riêng");
    CHECK(bench.defaultOf(1) == other);
}

CONTRACT("what is removed is gone, and another certificate becomes the default") {
    Bench<World> bench;
    bench.attach(1, certificatesOf(kCompany));
    const std::int64_t first = bench.defaultOf(1);
    REQUIRE(bench.registry().remove(first, {}).ok());
    CHECK(bench.registry().certificate(first, wallClock()).error().code == ProblemCode::CertificateGone);
    CHECK(bench.registry().remove(first, {}).error().code == ProblemCode::CertificateGone);
    CHECK(bench.list().totalCount == 2);
    const std::int64_t second = bench.defaultOf(1);
    CHECK(second != 0);
    CHECK(second != first);
}

CONTRACT("what is not there cannot be read, changed or removed") {
    Bench<World> bench;
    CHECK(bench.registry().certificate(424242, wallClock()).error().code == ProblemCode::CertificateGone);
    CHECK(bench.registry().change(424242, {.name = "x", .isDefault = {}}, wallClock(), {}).error().code ==
          ProblemCode::CertificateGone);
    CHECK(bench.registry().remove(424242, {}).error().code == ProblemCode::CertificateGone);
}

CONTRACT("the numbers of a user's certificates are told, each once and the newest first") {
    Bench<World> bench;
    CHECK(bench.registry().identitiesOf(1).value().empty());
    bench.attach(1, certificatesOf(kCompany));
    bench.attach(1, certificatesOf(kPerson));
    bench.attach(2, certificatesOf(kCompany));
    CHECK(bench.registry().identitiesOf(1).value() == Serials{kPerson, kCompany});
    CHECK(bench.registry().identitiesOf(2).value() == Serials{kCompany});
}

CONTRACT("serials on the list of one user or of anyone are told") {
    Bench<World> bench;
    const std::string serial = certificatesOf(kPerson)[0].serial;
    bench.attach(1, certificatesOf(kPerson));
    CHECK(bench.registry().serialsOnList(1, {serial, "ff"}).value() == Serials{serial});
    CHECK(bench.registry().serialsOnList(2, {serial}).value().empty());
    CHECK(bench.registry().serialsOnList(99, {serial}).value().empty());
    CHECK(bench.registry().serialsOnList(0, {"ff", serial}).value() == Serials{serial});
    CHECK(bench.registry().serialsOnList(0, {}).value().empty());
}

}  // namespace smartca::econtract
