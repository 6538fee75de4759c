#include "proxy/upstream/certificate_item.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <tuple>

#include "issuing.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

const std::string& der() {
    static const std::string bytes = issue().der;
    return bytes;
}

// As the SP769 document has it, of that certificate.
Json fullItem() {
    return {{"service_type", "SMARTCA"},
            {"service_name", "SMARTCA PERSONAL PRO"},
            {"cert_id", "fcfffddf-2bed-4dda-8276-d00b4c3df6c9"},
            {"cert_status", "Đang hoạt động"},
            {"serial_number", "540101014e4653549c5a6fdcb9c89999"},
            {"cert_subject", "C=VN,ST=HÀ NỘI,CN=Nguyễn Văn A,UID=CCCD:001099000001"},
            {"cert_valid_from", isoOf(kValidFrom)},
            {"cert_valid_to", isoOf(kValidTo)},
            {"cert_data", base64Of(der())},
            {"chain_data", {{"ca_cert", "MII"}, {"root_cert", nullptr}}},
            {"transaction_id", "SP_CA_09940"}};
}

CertificateItem itemWith(const std::string& key, const Json& value) {
    Json item = fullItem();
    item[key] = value;
    auto read = readCertificateItem(item);
    REQUIRE(read);
    return std::move(read).value();
}
std::vector<CertificateNote> notesWith(const std::string& key, const Json& value) {
    return itemWith(key, value).certificate.notes;
}
using Notes = std::vector<CertificateNote>;

}  // namespace

TEST_CASE("an item is its certificate, and what only SmartCA knows of it") {
    const auto read = readCertificateItem(fullItem());
    REQUIRE(read);
    const auto& certificate = read.value().certificate;
    CHECK(certificate.serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(certificate.commonName == "Nguyễn Văn A");
    CHECK(certificate.subject == "UID=CCCD:001099000001,CN=Nguyễn Văn A,ST=HÀ NỘI,C=VN");
    CHECK(certificate.serviceType == "SMARTCA");
    CHECK(certificate.serviceName == "SMARTCA PERSONAL PRO");
    CHECK(certificate.statusText == "Đang hoạt động");
    CHECK(certificate.status == CertificateStatus::Active);
    CHECK(certificate.validFrom == kValidFrom);
    CHECK(certificate.validTo == kValidTo);
    CHECK(certificate.der == der());
    CHECK(certificate.notes.empty());
    CHECK(read.value().remarks.empty());
}

TEST_CASE("an item needs no text beside its certificate, under whatever key that stands") {
    for (const char* key : {"cert_data", "certificate", "certificate_data", "cert"}) {
        const auto read = readCertificateItem({{key, base64Of(der())}});
        REQUIRE(read);
        CHECK(read.value().certificate.commonName == "Nguyễn Văn A");
        CHECK(read.value().certificate.status == CertificateStatus::Active);
        CHECK(read.value().remarks.empty());
    }
    CHECK(readCertificateItem({{"cert_data", nullptr}, {"certificate", issue().pem}}).ok());
    CHECK(readCertificateItem({{"cert_data", ""}, {"certificate", {issue().pem}}}).ok());
}

TEST_CASE("a certificate that names nobody is named by its subject") {
    const Json item = {{"cert_data", base64Of(issue({.subject = {{"C", "VN"}, {"ST", "HÀ NỘI"}}}).der)}};
    CHECK(readCertificateItem(item).value().certificate.commonName == "ST=HÀ NỘI,C=VN");
}

TEST_CASE("texts of another type, or that cannot be read, say nothing") {
    for (const Json& value : {Json(nullptr), Json(Json::object()), Json(7.5), Json("")})
        for (const char* key : {"serial_number", "cert_subject", "cert_valid_from", "cert_valid_to"})
            CHECK(notesWith(key, value).empty());
    CHECK(notesWith("cert_valid_to", "next year").empty());
    CHECK(notesWith("cert_valid_to", "8/20/2026 12:00:00 AM").empty());
    CHECK(notesWith("cert_subject", "Nguyễn Văn A").empty());
}

TEST_CASE("of a certificate with its chain, in whatever order, the one that is meant is read") {
    const IssuedCertificate own = issue();
    const IssuedCertificate authority = issue(
        {.subject = {{"C", "VN"}, {"CN", "VNPT SmartCA RS"}}, .serial = "0a", .basicConstraints = "CA:TRUE"});
    const auto read = [](const std::string& data, bool hasSerial) {
        Json item = fullItem();
        item["cert_data"] = data;
        if (!hasSerial) item.erase("serial_number");
        return readCertificateItem(item);
    };
    for (const std::string& data : {own.pem + authority.pem, authority.pem + own.pem,
                                    base64Of(authority.pem + own.pem), base64Of(authority.der + own.der)})
        for (const bool hasSerial : {true, false}) {
            const auto chosen = read(data, hasSerial);
            REQUIRE(chosen);
            CHECK(chosen.value().certificate.der == own.der);
            CHECK(chosen.value().certificate.notes.empty());
        }
    CHECK(read(authority.pem, true).error() ==
          "cert_data is the certificate of an authority, and not the one of serial_number");
    // Whoever calls it theirs may have one that says so.
    CHECK(read(authority.pem, false));
}

TEST_CASE("a serial number beside a certificate may be written in any way, and may be none") {
    for (const char* text :
         {"54.01.01.01.4e.46.53.54.9c.5a.6f.dc.b9.c8.99.99", "SN: 540101014e4653549c5a6fdcb9c89999",
          "0x540101014E4653549C5A6FDCB9C89999", "null", "N/A", "-", ""}) {
        CAPTURE(text);
        CHECK(notesWith("serial_number", text).empty());
    }
}

TEST_CASE("a status may be a number or a truth value") {
    CHECK(itemWith("cert_status", 1).certificate.status == CertificateStatus::Active);
    CHECK(itemWith("cert_status", 0).certificate.status == CertificateStatus::Unknown);
    CHECK(itemWith("cert_status", 0).certificate.statusText == "0");
    CHECK(itemWith("cert_status", false).certificate.status == CertificateStatus::Unknown);
    CHECK(itemWith("cert_status", {{"value", 0}, {"description", "Đã thu hồi"}}).certificate.status ==
          CertificateStatus::Revoked);
    CHECK(itemWith("cert_status", {{"value", 7}}).certificate.status == CertificateStatus::Unknown);
    CHECK(itemWith("cert_status", nullptr).certificate.status == CertificateStatus::Active);
    const auto coded = itemWith("cert_status_code", "REVOKED").certificate;
    CHECK(coded.status == CertificateStatus::Revoked);
    CHECK(coded.statusText == "Đang hoạt động (REVOKED)");
    const Json codeAlone = {
        {"cert_data", base64Of(der())}, {"cert_status", ""}, {"cert_status_code", "VALID"}};
    CHECK(readCertificateItem(codeAlone).value().certificate.statusText == "VALID");
}

TEST_CASE("beside a code that is not known the words count, and the code is told with them") {
    for (const Json& code : {Json(-1), Json("-1"), Json(7), Json("xyz")}) {
        CAPTURE(code);
        const auto read = itemWith("cert_status_code", code);
        const std::string text = code.is_string() ? code.get<std::string>() : code.dump();
        CHECK(read.certificate.status == CertificateStatus::Active);
        CHECK(read.certificate.statusText == "Đang hoạt động (" + text + ")");
        CHECK(read.remarks.size() == 1);
    }
    const auto both = itemWith("cert_status", {{"value", -1}, {"description", "ACTIVE"}}).certificate;
    CHECK(both.status == CertificateStatus::Active);
    CHECK(both.statusText == "ACTIVE (-1)");
    CHECK(itemWith("cert_status", {{"value", 0}, {"description", "ACTIVE"}}).certificate.status ==
          CertificateStatus::Unknown);
}

TEST_CASE("the same serial number in another spelling is no difference") {
    for (const char* text :
         {"00:54:01:01:01:4E:46:53:54:9C:5A:6F:DC:B9:C8:99:99", "540101014E4653549C5A6FDCB9C89999",
          "0x540101014e4653549c5a6fdcb9c89999", "54 01 01 01 4e 46 53 54 9c 5a 6f dc b9 c8 99 99"})
        CHECK(itemWith("serial_number", text).remarks.empty());
}

TEST_CASE("a serial number in decimal is remarked, and no difference") {
    const auto text = itemWith("serial_number", "111660364328654083408132045287211964825");
    CHECK(text.certificate.notes.empty());
    CHECK(text.remarks == std::vector<std::string>{"serial_number is the certificate's in decimal"});
    Json item = {{"serial_number", 44727}, {"cert_data", base64Of(issue({.serial = "AEB7"}).der)}};
    CHECK(readCertificateItem(item).value().certificate.serial == "aeb7");
    CHECK(readCertificateItem(item).value().certificate.notes.empty());
}

TEST_CASE("another serial number beside a certificate is noted, and the certificate's counts") {
    const auto read = itemWith("serial_number", "540101014e4653549c5a6fdcb9c89998");
    CHECK(read.certificate.serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(read.certificate.notes == Notes{CertificateNote::SerialDiffers});
    CHECK(read.remarks == std::vector<std::string>{"serial_number is not the certificate's"});
}

TEST_CASE("a subject that is written for nothing is no other subject") {
    for (const char* nothing : {"", "-", "N/A", "null"})
        CHECK(notesWith("cert_subject", nothing).empty());
}

TEST_CASE("the same dates in another spelling are no difference") {
    // 2023-11-14T22:13:20Z
    for (const Json& value :
         {Json("2023-11-15T05:13:20+07:00"), Json("2023-11-15T05:13:20"), Json("2023-11-15 05:13:20"),
          Json("15/11/2023 05:13:20"), Json("14/11/2023 22:13"), Json("15/11/2023"), Json("20231114221320Z"),
          Json("20231115051320"), Json(1'700'000'000), Json(1'700'000'000'000), Json("1700000000000"),
          Json("2023-11-14T22:13:20.123Z"), Json("0001-01-01T00:00:00")}) {
        CAPTURE(value.dump());
        CHECK(notesWith("cert_valid_from", value).empty());
    }
}

TEST_CASE("other dates are noted, and the certificate's count") {
    for (const Json& value : {Json("2023-11-17T05:13:20Z"), Json("17/11/2023 05:13:20"), Json("17/11/2023"),
                              Json("20231112221320Z"), Json(1'600'000'000), Json(1'600'000'000'000)}) {
        CAPTURE(value.dump());
        const auto read = itemWith("cert_valid_from", value);
        CHECK(read.certificate.notes == Notes{CertificateNote::DatesDiffer});
        CHECK(read.certificate.validFrom == kValidFrom);
    }
}

TEST_CASE("the same subject in another spelling, or a part of it, is no difference") {
    for (const char* text :
         {"CN=Nguyễn Văn A,UID=CCCD:001099000001", "C=VN, S=Hà Nội, CN=NGUYỄN VĂN A",
          "OID.0.9.2342.19200300.100.1.1=CCCD:001099000001", "CN=Nguye\xCC\x82\xCC\x83n Va\xCC\x86n A"}) {
        CAPTURE(text);
        CHECK(notesWith("cert_subject", text).empty());
    }
}

TEST_CASE("a subject whose attributes are named otherwise, or whose values have no accents, is no other") {
    const std::string data = base64Of(issue({.subject = {{"C", "VN"},
                                                         {"ST", "HÀ NỘI"},
                                                         {"emailAddress", "a@example.vn"},
                                                         {"GN", "Văn A"},
                                                         {"SN", "Nguyễn"},
                                                         {"serialNumber", "PNOVN-001099000001"},
                                                         {"telephoneNumber", "0919000111"},
                                                         {"organizationIdentifier", "VATVN-0100684378"},
                                                         {"CN", "Nguyễn Văn A"},
                                                         {"UID", "CCCD:001099000001"}}})
                                          .der);
    const auto notesBeside = [&data](const std::string& subject) {
        return readCertificateItem({{"cert_data", data}, {"cert_subject", subject}})
            .value()
            .certificate.notes;
    };
    for (const std::string same :
         {"E=a@example.vn, S=HÀ NỘI", "MAIL=a@example.vn", "EMAILADDRESS=a@example.vn",
          "1.2.840.113549.1.9.1=#160c61406578616d706c652e766e", "G=Văn A, SN=Nguyễn",
          "GIVENNAME=Văn A, SURNAME=Nguyễn", "OID.2.5.4.5=PNOVN-001099000001", "2.5.4.20=0919000111",
          "OI=VATVN-0100684378", "2.5.4.97=VATVN-0100684378",
          "0.9.2342.19200300.100.1.1=#0c11434343443a303031303939303030303031,CN=Nguyễn Văn A",
          "0.9.2342.19200300.100.1.1=#0C11434343443A303031303939303030303031",
          "C=VN\nST=HÀ NỘI\nCN=Nguyễn Văn A\nUID=CCCD:001099000001", "C=VN,\r\nST=HÀ NỘI,\r\n",
          "CN=Nguyễn\nVăn A", "C=VN,ST=HA NOI,CN=NGUYEN VAN A"}) {
        CAPTURE(same);
        CHECK(notesBeside(same).empty());
    }
    for (const std::string other :
         {"E=b@example.vn", "G=Nguyễn", "SURNAME=Văn A", "2.5.4.5=PNOVN-001099000002", "CN=Nguyên Văn A",
          "CN=NGUYEN VAN B", "0.9.2342.19200300.100.1.1=#0c11434343443a303031303939303030303032",
          "0.9.2342.19200300.100.1.1=#0c12434343443a303031303939303030303031", "CN=#0c", "CN=#0",
          "C=VN\nCN=Nguyễn Văn B", "CN=Nguyễn Văn A,CN=Nguyễn Văn A"}) {
        CAPTURE(other);
        CHECK(notesBeside(other) == Notes{CertificateNote::SubjectDiffers});
    }
}

TEST_CASE("another subject is noted, and the certificate's counts") {
    const auto read = itemWith("cert_subject", "C=VN,CN=Nguyễn Văn B");
    CHECK(read.certificate.notes == Notes{CertificateNote::SubjectDiffers});
    CHECK(read.certificate.commonName == "Nguyễn Văn A");
}

TEST_CASE("a subject whose octets are no text is the text's, where that has a name") {
    const Json item = {{"cert_data", base64Of(issue({.subject = {{"CN", "Nguy\u1EC5n"}}}).der)}};
    std::string damaged = issue().der;
    for (auto at = damaged.find("\xE1\xBB\x85"); at != std::string::npos;
         at = damaged.find("\xE1\xBB\x85", at))
        damaged[at + 2] = '\xFF';
    const auto beside = itemWith("cert_data", base64Of(damaged));
    CHECK(beside.certificate.commonName == "Nguyễn Văn A");
    CHECK(beside.certificate.subject == "C=VN,ST=HÀ NỘI,CN=Nguyễn Văn A,UID=CCCD:001099000001");
    CHECK(beside.certificate.notes == Notes{CertificateNote::TextDamaged});
    const auto other = readCertificateItem(
        {{"cert_data", base64Of(damaged)}, {"cert_subject", "CN=Nguyễn Văn A,UID=CCCD:001099000002"}});
    CHECK(other.value().certificate.subject.find("001099000001") != std::string::npos);
    CHECK(other.value().certificate.notes ==
          Notes{CertificateNote::TextDamaged, CertificateNote::SubjectDiffers});
    const auto alone = readCertificateItem({{"cert_data", base64Of(damaged)}});
    CHECK(alone.value().certificate.commonName == "Nguy\uFFFD\uFFFD\uFFFDn Văn A");
}

TEST_CASE("octets after a certificate and irregular serial numbers are noted, and nothing is lost") {
    const auto tail = itemWith("cert_data", base64Of(der() + std::string(16, '\0')));
    CHECK(tail.certificate.der == der());
    CHECK(tail.certificate.notes == Notes{CertificateNote::TrailingOctets});
    const Json zero = {{"cert_data", base64Of(issue({.serial = "0"}).der)}, {"serial_number", "0"}};
    CHECK(readCertificateItem(zero).value().certificate.serial == "00");
    CHECK(readCertificateItem(zero).value().certificate.notes == Notes{CertificateNote::SerialIrregular});
}

TEST_CASE("a certificate of another number of the kind that was asked about is noted") {
    const auto notesOf = [](std::vector<std::string> numbers, const char* asked) {
        CertificateSpec spec{.subject = {{"CN", "Nguyễn Văn A"}}};
        for (auto& number : numbers)
            spec.subject.emplace_back("UID", std::move(number));
        return readCertificateItem({{"cert_data", base64Of(issue(spec).der)}}, parseIdentity(asked))
            .value()
            .certificate.notes;
    };
    const Notes another{CertificateNote::NumberDiffers};
    CHECK(notesOf({"CCCD:079099000003"}, "001099000001") == another);
    CHECK(notesOf({"MST:0100686209"}, "0100684378") == another);
    CHECK(notesOf({"MST:0100684378-001"}, "0100684378") == another);
    CHECK(notesOf({"MST:0100684378", "CCCD:079099000003"}, "001099000001") == another);
    CHECK(notesOf({"HC:B1234567"}, "C7654321") == another);
    CHECK(notesOf({"CMND:012345678"}, "012345679") == another);

    CHECK(notesOf({}, "001099000001").empty());
    CHECK(notesOf({"CCCD:001099000001"}, "001099000001").empty());
    CHECK(notesOf({"MST:001099000001"}, "001099000001").empty());
    CHECK(notesOf({"MST:0100686209-199"}, "0100686209199").empty());
    CHECK(notesOf({"CCCD:001185000042", "MST:0100684378"}, "0100684378").empty());
    CHECK(notesOf({"CCCD:001099000001", "CCCD:079099000003"}, "001099000001").empty());
    // Of another kind, so that both may be the person's.
    CHECK(notesOf({"CMND:012345678"}, "001099000001").empty());
    CHECK(notesOf({"MST:0100684378"}, "001099000001").empty());
    CHECK(notesOf({"MNS:1234567"}, "0100684378").empty());
    CHECK(notesOf({"MNS:1234567"}, "08009000000").empty());
}

// Of the whole item without VNPT's own status, and of the one with it: "Đang hoạt động".
CertificateStatus saidAlone(const char* key, const Json& value) {
    Json item = fullItem();
    item.erase("cert_status");
    item[key] = value;
    const auto read = readCertificateItem(item);
    REQUIRE(read);
    return read.value().certificate.status;
}
CertificateStatus saidBeside(const char* key, const Json& value) {
    return itemWith(key, value).certificate.status;
}

TEST_CASE("a status is read under the names that others have for it") {
    using enum CertificateStatus;
    for (const char* key : {"status", "Status", "certStatus", "cert_status_desc", "statusName", "trang_thai",
                            "Trạng thái", "tinhTrangCTS", "status_cert"}) {
        CAPTURE(key);
        CHECK(saidAlone(key, "Đang hoạt động") == Active);
        CHECK(saidAlone(key, "xyz") == Unknown);
        for (const auto said : {saidAlone, saidBeside})
            CHECK(said(key, "Đã thu hồi") == Revoked);
    }
    CHECK(saidAlone("statusCode", "7") == Unknown);
    CHECK(saidAlone("status", Json{{"code", 1}, {"name", "Tạm khóa"}}) == Suspended);
    CHECK(saidAlone("status", "SUCCESS") == Active);
    CHECK(saidAlone("state", "Hà Nội") == Active);
}

TEST_CASE("no end that is told beside the status is passed over") {
    using enum CertificateStatus;
    const std::tuple<const char*, Json, CertificateStatus> cases[] = {
        {"is_revoked", true, Revoked},
        {"revoked", 1, Revoked},
        {"isRevoked", "Y", Revoked},
        {"revoked", "Có", Revoked},
        {"da_thu_hoi", "x", Revoked},
        {"is_deleted", true, Revoked},
        {"revocation_date", "2024-08-20T10:00:00Z", Revoked},
        {"revokedAt", 1'720'000'000, Revoked},
        {"ngay_thu_hoi", "01/09/2024", Revoked},
        {"revocation", Json{{"date", "2024-08-20"}}, Revoked},
        {"revoke_time", "2024-10-10T00:00:00Z", Revoked},
        {"revoke_date", "10/10/2024", Revoked},
        {"revokeDate", "2024-10-10", Revoked},
        {"suspend_date", "2024-10-10", Suspended},
        {"lock_time", "2024-10-10 08:00:00", Suspended},
        {"revocation_reason", "keyCompromise", Revoked},
        {"revocation_reason", 5, Revoked},
        {"revoke_reason", "Khách hàng đã thu hồi", Revoked},
        {"revocation_reason", "CERTIFICATE_HOLD", Suspended},
        {"revocation_reason", 6, Suspended},
        {"ly_do_thu_hoi", "Mất thiết bị", Unknown},
        {"ly_do_thu_hoi", "Không còn sử dụng", Unknown},
        {"revocation_reason", "cACompromise", Revoked},
        {"ocsp", "revoked", Revoked},
        {"crl", "REVOKED", Revoked},
        {"revocation_info", Json{{"revoked", true}}, Revoked},
        {"info", Json{{"status", "REVOKED"}}, Revoked},
        {"ocsp_status", "revoked", Revoked},
        {"status_message", "Đã thu hồi", Revoked},
        {"locked", true, Suspended},
        {"locked", "Đã khóa", Suspended},
        {"bi_khoa", 1, Suspended},
        {"key_status", "DISABLED", Suspended},
        {"isActive", false, Unknown},
        {"is_valid", 0, Unknown},
        {"is_active", "F", Unknown},
        {"enabled", "off", Unknown},
        {"inactive", true, Unknown},
        {"superseded", true, Unknown},
        {"cert_active", false, Unknown},
        {"con_hieu_luc", false, Unknown},
        {"terminated", true, Revoked},
        {"expired", true, Expired},
        {"is_pending", true, Pending}};
    for (const auto& [key, value, status] : cases) {
        CAPTURE(key);
        CAPTURE(value.dump());
        for (const auto said : {saidAlone, saidBeside})
            CHECK(said(key, value) == status);
    }
    CHECK(itemWith("is_revoked", true).certificate.statusText == "Đang hoạt động, is_revoked: true");
}

TEST_CASE("what only looks like an end takes nothing from a certificate that is active") {
    const std::pair<const char*, Json> cases[] = {
        {"revoked", false},
        {"revoked", "N"},
        {"revoked", nullptr},
        {"revocation_date", "0001-01-01T00:00:00"},
        {"revocation_date", "9999-12-31T23:59:59Z"},
        {"revocation_date", "1970-01-01T00:00:00Z"},
        {"revocation_date", "/Date(-62135596800000)/"},
        {"revoked_at", -62135596800000},
        {"revocation_date", "0000-00-00 00:00:00"},
        {"revocation_reason", "NOT_REVOKED"},
        {"revocation_reason", -1},
        {"revocation_reason", 0},
        {"revocation_reason", 8},
        {"revocation_reason", "unspecified"},
        {"revocation_reason", "removeFromCRL"},
        {"revocation_reason", "Không có"},
        {"revocation_reason", false},
        {"revocation_date", "2098-08-20T10:00:00Z"},
        {"revoke_date", "10/10/2098"},
        {"suspend_date", 4'000'000'000'000},
        {"revocation", Json{{"date", "2098-08-20"}, {"reason", "superseded"}}},
        {"revocation", Json{{"revoke_date", "2098-08-20"}, {"revocation_reason", "superseded"}}},
        {"ocsp", "good"},
        {"ocsp", "http://ocsp.example"},
        {"revocation_checked", true},
        {"revocation_check_time", "2026-12-01T00:00:00Z"},
        {"revocation_url", "http://crl.example/smartca-20260820.crl"},
        {"can_revoke", true},
        {"revocation_code", "20260820"},
        {"lock_version", 1},
        {"suspend_count", 1},
        {"id_khoa", 1},
        {"ma_khoa", "2026082001"},
        {"doi_tuong", 1},
        {"ma_doi_tac", "SP-6371279955"},
        {"khoi_tao_luc", "2026-08-20"},
        {"requested_at", "2026-08-20"},
        {"initialized", true},
        {"da_su_dung", 0},
        {"available_signature", 0},
        {"account_active", false},
        {"expired_date", "2030-01-01"},
        {"isActive", true},
        {"status", "SUCCESS"},
        {"status", "ISSUED"},
        {"status", 7},
        {"status", 0},
        {"status_desc", "-"},
        {"status_en", "In effect"},
        {"previous_status", "Tạm khóa"},
        {"kyc_status", "DONE"}};
    for (const auto& [key, value] : cases) {
        CAPTURE(key);
        CAPTURE(value.dump());
        CHECK(saidBeside(key, value) == CertificateStatus::Active);
        CHECK(itemWith(key, value).remarks.empty());
    }
}

TEST_CASE("a status that is unknown, or two that contradict each other, are remarked") {
    using Remarks = std::vector<std::string>;
    CHECK(itemWith("cert_status", "Yêu cầu thu hồi").remarks ==
          Remarks{"its status is unknown: \"Yêu cầu thu hồi\""});
    CHECK(itemWith("cert_status_code", "REVOKED").remarks ==
          Remarks{"cert_status_code is \"REVOKED\", and cert_status \"Đang hoạt động\""});
    CHECK(itemWith("cert_status_code", "VALID").remarks.empty());
}

TEST_CASE("an item without a readable certificate says why") {
    CHECK(readCertificateItem(Json("text")).error() == "it is no object");
    for (const Json& item : {Json(Json::object()), Json{{"cert_data", nullptr}}, Json{{"cert_data", " "}}}) {
        CHECK(readCertificateItem(item).error() == "it has no cert_data");
        CHECK_FALSE(hasCertificateData(item));
    }
    CHECK(readCertificateItem({{"cert_data", "MII..."}}).error() == "cert_data is no base64");
    CHECK(readCertificateItem({{"cert_data", base64Of("0no certificate")}}).error() ==
          "cert_data is no X.509 certificate");
}

TEST_CASE("a certificate that cannot be read is named by the text beside it") {
    const auto named = namedBeside(fullItem());
    REQUIRE(named);
    CHECK(named->serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(named->commonName == "Nguyễn Văn A");
    CHECK(named->serviceName == "SMARTCA PERSONAL PRO");
    CHECK(named->status == CertificateStatus::Active);
    CHECK(named->statusText == "Đang hoạt động");
    CHECK(namedBeside({{"serial_number", "00:AE:B7"}})->serial == "aeb7");
    CHECK(namedBeside({{"serial_number", 44727}})->serial == "aeb7");
    CHECK(namedBeside({{"serial_number", "111660364327094514775397583068989837713"}})->serial ==
          "54010101493c47d39f8a84b30ed55191");
    CHECK(namedBeside({{"serial_number", "unknown"}})->serial == "unknown");
    CHECK(namedBeside({{"cert_id", "fcfffddf"}})->serial.empty());
    CHECK_FALSE(namedBeside({{"service_name", "ESEAL"}}));
    CHECK_FALSE(namedBeside(Json("text")));
}
