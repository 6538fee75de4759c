#include <doctest/doctest.h>

#include "fakes.h"

using namespace smartca;
using namespace smartca::api::test;

namespace {

struct OneCertificate {
    Bench bench;
    OneCertificate() {
        Certificate one;
        one.id = 5;
        one.userId = 7;
        one.serial = "5401aa";
        bench.registry.list.push_back(one);
    }
    std::string sourceWith(const std::string& issuer) {
        bench.registry.list.front().issuer = issuer;
        return bodyOf(bench.call("GET", "certificates/:id=5/details")).at("source");
    }
    static upstream::SmartCaCertificate issuedBy(const std::string& issuer) {
        auto certificate = registeredWith("5401aa");
        certificate.der = "no certificate";
        certificate.issuer = issuer;
        return certificate;
    }
    int patch(const std::string& body) {
        return bench.call("PATCH", "certificates/:id=5", {.body = body}).status;
    }
};

}  // namespace

TEST_CASE_FIXTURE(OneCertificate, "one certificate is read, and removed once") {
    CHECK(bodyOf(bench.call("GET", "certificates/:id=5")).at("serial") == "5401aa");
    CHECK(bench.call("DELETE", "certificates/:id=5").status == 204);
    CHECK(bench.call("DELETE", "certificates/:id=5").status == 404);
    CHECK(bench.call("GET", "certificates/:id=5").status == 404);
}

TEST_CASE_FIXTURE(OneCertificate, "a name that is no positive number names no certificate") {
    for (const auto* id : {"0", "05", "-5", "5x", "99999999999999999999", "a"})
        CHECK_MESSAGE(bench.call("GET", std::string("certificates/:id=") + id).status == 404, id);
}

TEST_CASE_FIXTURE(OneCertificate, "a change of name is composed and trimmed") {
    CHECK(patch("{\"name\": \"  Cha\xCC\x80o \"}") == 200);
    CHECK(bench.registry.lastChange->name == "Ch\xC3\xA0o");
}

TEST_CASE_FIXTURE(OneCertificate, "an empty name takes the nickname away, a blank one is a mistake") {
    CHECK(patch(R"({"name": ""})") == 200);
    CHECK(bench.registry.lastChange->name == "");
    CHECK(patch("{\"name\": \"\u3000 \"}") == 400);
}

TEST_CASE_FIXTURE(OneCertificate,
                  "details of a certificate that is nowhere kept say so, and what the list knows") {
    const auto body = bodyOf(bench.call("GET", "certificates/:id=5/details"));
    CHECK(body.at("source") == "notKept");
    CHECK(body.at("content").is_null());
    CHECK(body.at("certificate").at("serial") == "5401aa");
    CHECK(body.at("chain").at("verdict") == "notKept");
    CHECK(body.at("chain").at("revocation") == "notChecked");
}

TEST_CASE_FIXTURE(
    OneCertificate,
    "a certificate that the registry does not keep is asked of SmartCA, by identity and serial number") {
    bench.registry.list.front().identity = "001099000001";
    auto other = registeredWith("5401bb");
    other.der = "another one";
    auto same = registeredWith("5401aa");
    same.der = "no certificate";
    bench.smartCa.registered["001099000001"] = {other, same};
    CHECK(bodyOf(bench.call("GET", "certificates/:id=5/details")).at("source") == "unreadable");
    bench.registry.list.front().identity = "001099000002";
    bench.smartCa.registered["001099000002"] = {other};
    CHECK(bodyOf(bench.call("GET", "certificates/:id=5/details")).at("source") == "notKept");
    CHECK(bench.smartCa.asked.size() == 2);
}

TEST_CASE_FIXTURE(OneCertificate,
                  "the only certificate with the serial number is the one, however its issuer is written") {
    bench.registry.list.front().identity = "001099000001";
    bench.smartCa.registered["001099000001"] = {
        issuedBy("CN=VNPT SmartCA RS,O=T\xE1\xBA\xADp \xC4\x91o\xC3\xA0n VNPT,C=VN")};
    for (const char* issuer :
         {"C=VN, O=VNPT, CN=VNPT SmartCA  RS", "VNPT SmartCA RS", "", "Nh\xC3\xA0 cung c\xE1\xBA\xA5p VNPT"})
        CHECK_MESSAGE(sourceWith(issuer) == "unreadable", issuer);
}

TEST_CASE_FIXTURE(OneCertificate,
                  "of several certificates with the serial number it is the one of the same issuer") {
    bench.registry.list.front().identity = "001099000001";
    auto other = issuedBy("CN=Another CA,C=VN");
    other.der.clear();
    for (const auto& registered : {std::vector{other, issuedBy("CN=VNPT SmartCA RS,C=VN")},
                                   std::vector{issuedBy("CN=VNPT SmartCA RS,C=VN"), other}}) {
        bench.registry.list.front().identity += "0";  // nobody's answer is kept
        bench.smartCa.registered[bench.registry.list.front().identity] = registered;
        CHECK(sourceWith("C=VN, CN=VNPT SmartCA RS") == "unreadable");
    }
}

TEST_CASE_FIXTURE(
    OneCertificate,
    "of several certificates with the serial number and none of the issuer, none is taken for it") {
    bench.registry.list.front().identity = "001099000001";
    bench.smartCa.registered["001099000001"] = {issuedBy("CN=VNPT SmartCA RS,C=VN"),
                                                issuedBy("CN=Another CA,C=VN")};
    for (const char* issuer : {"CN=A third CA", ""})
        CHECK_MESSAGE(sourceWith(issuer) == "notKept", issuer);
}

TEST_CASE_FIXTURE(OneCertificate,
                  "while SmartCA is away, details are what the list knows, and the log learns why") {
    bench.registry.list.front().identity = "001099000001";
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamUnreachable, "", "connect refused"};
    const auto answer = bench.call("GET", "certificates/:id=5/details");
    CHECK(answer.status == 200);
    CHECK(answer.detail == "connect refused");
    CHECK(bodyOf(answer).at("source") == "notReached");
    CHECK(bodyOf(answer).at("certificate").at("serial") == "5401aa");
}

TEST_CASE_FIXTURE(OneCertificate, "details ask SmartCA for the status, show it, and keep it with the row") {
    auto& row = bench.registry.list.front();
    row.identity = "001099000001";
    row.validTo = kNow + kYear;
    bench.registry.der = "kept";
    auto suspended = registeredWith("5401aa");
    suspended.status = CertificateStatus::Suspended;
    suspended.statusText = "Tạm khóa";
    bench.smartCa.registered["001099000001"] = {suspended};
    const auto details = [&] { return bodyOf(bench.call("GET", "certificates/:id=5/details")); };
    const auto body = details();
    CHECK(body.at("statusSource") == "asked");
    CHECK(body.at("certificate").at("status") == "suspended");
    CHECK(body.at("certificate").at("statusText") == "Tạm khóa");
    CHECK(body.at("certificate").at("statusAsked") == "2026-11-18T11:06:40Z");
    REQUIRE(bench.registry.lastTold);
    CHECK(bench.registry.lastTold->status == CertificateStatus::Suspended);
    CHECK(bench.registry.lastTold->at == kNow);
    row.validTo = kNow - 1;
    CHECK(details().at("certificate").at("status") == "expired");
    CHECK(bench.records.auditLog().empty());
}

TEST_CASE_FIXTURE(OneCertificate,
                  "a certificate that SmartCA no longer has is of unknown status, in its row too") {
    auto& row = bench.registry.list.front();
    row.identity = "001099000001";
    row.validTo = kNow + kYear;
    row.statusText = "Đang hoạt động";
    row.statusAsked = kNow - 60;
    const auto details = [&] { return bodyOf(bench.call("GET", "certificates/:id=5/details")); };
    const auto body = details();
    CHECK(body.at("statusSource") == "gone");
    CHECK(body.at("certificate").at("status") == "unknown");
    CHECK(body.at("certificate").at("statusAsked") == "2026-11-18T11:06:40Z");
    CHECK_FALSE(body.at("certificate").contains("statusText"));
    REQUIRE(bench.registry.lastTold);
    CHECK(bench.registry.lastTold->status == CertificateStatus::Unknown);
    CHECK(bench.registry.lastTold->text.empty());
    row.validTo = kNow - 1;
    CHECK(details().at("certificate").at("status") == "expired");
}

TEST_CASE_FIXTURE(OneCertificate, "where SmartCA tells no status, the dates decide, or what it said before") {
    auto& row = bench.registry.list.front();
    row.validTo = kNow + kYear;
    const auto details = [&](const char* identity) {
        row.identity = identity;
        bench.smartCa.registered[row.identity] = {registeredWith("5401aa")};
        const auto body = bodyOf(bench.call("GET", "certificates/:id=5/details"));
        CHECK(body.at("statusSource") == "notTold");
        return body.at("certificate").at("status").get<std::string>();
    };
    CHECK(details("001099000001") == "active");
    row.status = CertificateStatus::Suspended;
    row.statusText = "Tạm khóa";
    row.statusAsked = kNow - 60;
    CHECK(details("001099000002") == "suspended");
    CHECK_FALSE(bench.registry.lastTold);
    row.status = CertificateStatus::Unknown;  // it was gone, and is back
    row.statusText.clear();
    CHECK(details("001099000003") == "active");
    CHECK(bench.registry.lastTold);
}

TEST_CASE_FIXTURE(OneCertificate, "a certificate that may be the one that cannot be read is not gone") {
    auto& row = bench.registry.list.front();
    row.validTo = kNow + kYear;
    row.statusText = "Đang hoạt động";
    row.statusAsked = kNow - 60;
    for (const char* serial : {"", "SN 5401", "540101010000..."}) {
        row.identity += "1";  // nobody's answer is kept
        bench.smartCa.unreadable = {{{serial, "", ""}}};
        const auto body = bodyOf(bench.call("GET", "certificates/:id=5/details"));
        CHECK(body.at("statusSource") == "notReached");
        CHECK(body.at("source") == "unreadable");
        CHECK(body.at("certificate").at("status") == "active");
        CHECK(body.at("certificate").at("statusText") == "Đang hoạt động");
        CHECK_FALSE(bench.registry.lastTold);
    }
}

TEST_CASE_FIXTURE(OneCertificate, "a certificate that cannot be read tells its status all the same") {
    auto& row = bench.registry.list.front();
    row.identity = "001099000001";
    bench.smartCa.unreadable = {{{"5401aa", "", ""}, CertificateStatus::Revoked, "Đã thu hồi"}};
    const auto body = bodyOf(bench.call("GET", "certificates/:id=5/details"));
    CHECK(body.at("source") == "unreadable");
    CHECK(body.at("statusSource") == "asked");
    CHECK(body.at("certificate").at("status") == "revoked");
    CHECK(body.at("certificate").at("statusText") == "Đã thu hồi");
    CHECK(bench.registry.lastTold->status == CertificateStatus::Revoked);
}

TEST_CASE_FIXTURE(OneCertificate, "who asks anew is not answered with what SmartCA said some seconds ago") {
    bench.registry.list.front().identity = "001099000001";
    bench.smartCa.registered["001099000001"] = {registeredWith("5401aa")};
    const auto details = [&](const char* query) {
        return bench.call("GET", "certificates/:id=5/details", {.query = query}).status;
    };
    CHECK(details("") == 200);
    CHECK(details("") == 200);
    CHECK(bench.smartCa.asked.size() == 1);
    CHECK(details("ask=anew") == 200);
    CHECK(bench.smartCa.asked.size() == 2);
    CHECK(details("") == 200);
    CHECK(bench.smartCa.asked.size() == 2);
    CHECK(details("ask=again") == 400);
    CHECK(details("fresh=1") == 400);
}

TEST_CASE_FIXTURE(OneCertificate,
                  "a revocation stands whatever SmartCA does not tell, and details say what it did not") {
    auto& row = bench.registry.list.front();
    row.identity = "001099000001";
    row.status = CertificateStatus::Revoked;
    row.statusText = "Đã thu hồi";
    row.statusAsked = kNow - 60;
    const auto sourceNow = [&] {
        row.identity += "0";  // nobody's answer is kept
        const auto body = bodyOf(bench.call("GET", "certificates/:id=5/details"));
        CHECK(body.at("certificate").at("status") == "revoked");
        CHECK(body.at("certificate").at("statusText") == "Đã thu hồi");
        CHECK(body.at("certificate").at("statusAsked") == "2026-11-18T11:05:40Z");
        return body.at("statusSource").get<std::string>();
    };
    CHECK(sourceNow() == "gone");
    bench.smartCa.personUnknown = true;
    CHECK(sourceNow() == "gone");
    bench.smartCa.personUnknown = false;
    bench.smartCa.unreadable = {{{"5401aa", "", ""}}};
    CHECK(sourceNow() == "notTold");
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamBusy};
    CHECK(sourceNow() == "notReached");
    CHECK_FALSE(bench.registry.lastTold);
}

TEST_CASE_FIXTURE(OneCertificate, "a certificate that cannot be read is no error of the caller's") {
    bench.registry.der = "no certificate";
    const auto answer = bench.call("GET", "certificates/:id=5/details");
    CHECK(answer.status == 200);
    CHECK(bodyOf(answer).at("source") == "unreadable");
    CHECK(bodyOf(answer).at("chain").at("verdict") == "notConfigured");
}

TEST_CASE_FIXTURE(OneCertificate, "there are no details of what is not on the list") {
    CHECK(bench.call("GET", "certificates/:id=6/details").status == 404);
    CHECK(bench.call("GET", "certificates/:id=x/details").status == 404);
}

TEST_CASE_FIXTURE(OneCertificate, "a change must change something that can be changed") {
    CHECK(patch("{}") == 400);
    CHECK(patch(R"({"isDefault": false})") == 400);
    CHECK(patch(R"({"name": "  "})") == 400);
    CHECK(patch("{\"name\": \"" + std::string(201, 'a') + "\"}") == 400);
    CHECK(patch("{\"name\": \"a\\u202eb\"}") == 400);
    CHECK(patch(R"({"serial": "1"})") == 400);
    CHECK(patch(R"({"isDefault": true})") == 200);
}
