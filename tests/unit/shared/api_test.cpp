// What is written is read as the same value, and looks as the contract says.
#include "shared/api.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca {
namespace {

using nlohmann::json;

// Through the wire: written, parsed as a stranger's text, and written again.
template <class Parse, class Value>
void checkThroughTheWire(const Value& value, Parse parse) {
    const std::string text = writeJson(toJson(value));
    CAPTURE(text);
    const auto read = parseJson(text);
    REQUIRE(read.ok());
    const auto back = parse(read.value());
    REQUIRE(back.ok());
    CHECK(writeJson(toJson(back.value())) == text);
}

Certificate certificate() {
    return {.id = 12,
            .name = "Nguyễn Văn A 2026",
            .userId = 7,
            .userName = "Nguyễn Văn A",
            .userCode = "USER01",
            .identity = "001099000001",
            .serial = "540101014e4653549c5a6fdcb9c89999",
            .subject = "C=VN,CN=Nguyễn Văn A,UID=CCCD:001099000001",
            .issuer = "C=VN,O=VNPT,CN=VNPT SmartCA RS",
            .type = CertificateType::Business,
            .status = CertificateStatus::NotYetValid,
            .validFrom = 1'689'671'520,
            .validTo = 1'784'365'920,
            .isDefault = true,
            .statusText = "Đang hoạt động",
            .statusAsked = 1'700'000'000};
}

RegisteredCertificate registered() {
    return {.serial = "01",
            .commonName = "Nguyễn Văn A",
            .subject = "CN=Nguyễn Văn A",
            .serviceName = "SMARTCA PERSONAL PRO",
            .statusText = "Đang hoạt động",
            .status = CertificateStatus::Suspended,
            .validFrom = 0,
            .validTo = 1,
            .onList = true,
            .heldBy = {"Trần Thị Bích Ngọc"},
            .notes = {CertificateNote::SerialDiffers, CertificateNote::TextDamaged}};
}

Draft fullDraft() {
    Draft draft{.userId = 7,
                .identity = "001099000001",
                .serials = {"01", "0a"},
                .agreed = {Agreement::Unusable, Agreement::Unreadable}};
    draft.businessAccount = Switch::On;
    draft.password = "mật khẩu \"\\ ";
    draft.secretKey = "JBSWY3DPEHPK3PXP";
    draft.signatureText = "Ký bởi: {{SubjectDN.CN}}\r\n";
    draft.displayMode = DisplayMode::ImageOnly;
    draft.signatureImage =
        SignatureImage{"chữ ký.png", "image/png",
                       std::string("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x02\x80\0\0\x01\xA4", 24), 640, 420};
    return draft;
}

}  // namespace

TEST_CASE("a draft is read as it was written, with the image's dimensions from its bytes") {
    const auto read = parseDraft(toJson(fullDraft()));
    REQUIRE(read.ok());
    CHECK((read.value() == fullDraft()));
}

TEST_CASE("a draft's JSON is the contract's") {
    Draft draft{.userId = 7, .identity = "001099000001"};
    CHECK(writeJson(toJson(draft)) ==
          R"({"businessAccount":null,"identity":"001099000001","serial":"","userId":7})");
    draft.password = "left over";
    draft.secretKey = "left over";
    CHECK(writeJson(toJson(draft)).find("left over") == std::string::npos);
    const json full = toJson(fullDraft());
    CHECK(full.at("businessAccount") ==
          json({{"password", "mật khẩu \"\\ "}, {"secretKey", "JBSWY3DPEHPK3PXP"}}));
    CHECK(full.at("displayMode") == "imageOnly");
    CHECK(full.at("signatureImage").at("data") == base64Of(fullDraft().signatureImage->data));
}

TEST_CASE("an image's media type is what its bytes say") {
    json value = toJson(fullDraft());
    value["signatureImage"]["mediaType"] = "image/jpeg";
    CHECK(parseDraft(value).value().signatureImage->mediaType == "image/png");
}

TEST_CASE("the session goes through the wire") {
    Session session{.locale = Locale::English,
                    .may = {Right::List, Right::Remove},
                    .imageBytes = 5,
                    .now = 1'789'000'000};
    session.saves = {Field::SignatureText, Field::SignatureImage};
    session.prefill.values.userId = 7;
    session.prefill.values.serial = "5401";
    session.prefill.values.signatureText = "";
    session.prefill.values.displayMode = DisplayMode::TextOnly;
    session.prefill.locked = {Field::User, Field::DisplayMode};
    CHECK(parseSession(toJson(session)).value().prefill == session.prefill);
    CHECK_FALSE(toJson(Session{}).contains("prefill"));
    CHECK_FALSE(toJson(Session{}).contains("lock"));
    checkThroughTheWire(session, parseSession);
    CHECK(toJson(session).at("apiVersion") == 1);
    CHECK(toJson(session).at("saves") == json({"signatureText", "signatureImage"}));
    CHECK(toJson(session).at("now") == "2026-09-10T00:26:40Z");
}

TEST_CASE("pages of users and certificates go through the wire") {
    Page<User> users{.items = {{7, "USER01", "Nguyễn Văn A", "0919000111", "a@example.vn", 2}},
                     .page = 2,
                     .pageSize = 20,
                     .totalCount = 21,
                     .allCount = 40};
    checkThroughTheWire(users, parseUsers);
    CertificatePage certificates;
    certificates.items = {certificate()};
    certificates.totalCount = certificates.allCount = certificates.userCount = 1;
    checkThroughTheWire(certificates, parseCertificates);
    certificates.items[0].validFrom = certificates.items[0].validTo = 0;
    checkThroughTheWire(certificates, parseCertificates);
    CHECK_FALSE(
        toJson(certificates)["items"][0].contains("validTo"));  // 1970 would be a date that nobody told
    CHECK_FALSE(toJson(certificates).contains("complete"));
    certificates.complete = false;
    checkThroughTheWire(certificates, parseCertificates);
    CHECK_FALSE(parseCertificates(toJson(certificates)).value().complete);
    users.items[0].certificateCount = kCountUnknown;
    CHECK_FALSE(toJson(users).at("items").at(0).contains("certificateCount"));
    CHECK(parseUsers(toJson(users)).value().items.at(0).certificateCount == kCountUnknown);
    checkThroughTheWire(certificate(), parseCertificate);
    CHECK(toJson(certificate()).at("validFrom") == "2023-07-18T09:12:00Z");
    CHECK(toJson(certificate()).at("type") == "business");
    CHECK(toJson(certificate()).at("status") == "notYetValid");
}

TEST_CASE("defaults go through the wire, an image by its path and never by its bytes") {
    const StoredImage image{"users/7/signature-image", "a.png", 640, 420, 38'000};
    Defaults defaults{.company = {"Ký bởi", DisplayMode::TextOnly, image}};
    checkThroughTheWire(defaults, parseDefaults);
    CHECK(toJson(defaults).at("user").is_null());
    CHECK(toJson(defaults).at("company").at("signatureImage") == json({{"path", "users/7/signature-image"},
                                                                       {"name", "a.png"},
                                                                       {"width", 640},
                                                                       {"height", 420},
                                                                       {"bytes", 38'000}}));
    defaults.user = SignatureSettings{};
    checkThroughTheWire(defaults, parseDefaults);
    CHECK((parseDefaults(toJson(defaults)).value().user == SignatureSettings{}));
}

TEST_CASE("look-ups, changes and the answer to a create go through the wire") {
    checkThroughTheWire(LookupRequest{"001099000001", 7}, parseLookupRequest);
    checkThroughTheWire(LookupRequest{"001099000001", 0}, parseLookupRequest);
    checkThroughTheWire(LookupAnswer{"001099000001", {registered(), registered()}}, parseLookupAnswer);
    checkThroughTheWire(CreateAnswer{{certificate()}, {registered()}, {registered()}, {Field::SignatureText}},
                        parseCreateAnswer);
    checkThroughTheWire(CreateAnswer{{certificate()}, {}, {}, {}, {registered()}}, parseCreateAnswer);
    checkThroughTheWire(PendingCreate{17, PendingState::Unknown, 1'795'000'000, 2}, parsePendingCreate);
    checkThroughTheWire(PendingCreate{17, PendingState::InProgress, 1'795'000'000, 0}, parsePendingCreate);
    checkThroughTheWire(CertificateChange{"tên mới", true}, parseCertificateChange);
    checkThroughTheWire(CertificateChange{}, parseCertificateChange);
}

TEST_CASE("what a problem advises agrees with how long it asks to wait") {
    Problem problem;
    problem.code = ProblemCode::TooManyRequests;
    problem.retryAfterSeconds = 1797;
    CHECK(toJson(problem, Locale::English)["detail"] == "The server asks you to wait 30 minutes.");
}

TEST_CASE("a problem carries code, status and texts, and its findings are read back") {
    Problem problem{.code = ProblemCode::Findings,
                    .requestId = "7f3a-91c2",
                    .upstreamMessage = "sp_id or sp_password invalid"};
    problem.findings = {{Field::Serial, FindingCode::SerialRequired, {{"count", "3"}}},
                        {Field::User, FindingCode::Required, {}}};
    problem.retryAfterSeconds = 5;
    const json written = toJson(problem, Locale::English);
    CHECK(written.at("type") == "about:blank");
    CHECK(written.at("status") == 422);
    CHECK(written.at("code") == "findings");
    CHECK(written.at("title") == "Some fields need attention");
    CHECK(written.at("findings").at(0) == json({{"field", "serial"},
                                                {"severity", "error"},
                                                {"code", "serialRequired"},
                                                {"arguments", {{"count", "3"}}}}));
    const auto read = parseProblem(written);
    REQUIRE(read.ok());
    CHECK(read.value().code == problem.code);
    CHECK(read.value().requestId == problem.requestId);
    CHECK(read.value().upstreamMessage == problem.upstreamMessage);
    CHECK(read.value().retryAfterSeconds == 5);
    CHECK((read.value().findings == problem.findings));
}

TEST_CASE(
    "every problem has a name, an error status, and says in both languages what happened and what to do") {
    std::set<std::string_view> names;
    for (std::uint8_t i = 0; i < static_cast<std::uint8_t>(ProblemCode::Count); ++i) {
        const auto code = static_cast<ProblemCode>(i);
        CAPTURE(nameOf(code));
        CHECK(names.insert(nameOf(code)).second);
        CHECK((statusOf(code) >= 400 && statusOf(code) < 600));
        for (const Locale locale : kLocales) {
            CHECK_FALSE(text(locale, titleOf(code)).ends_with('.'));
            CHECK(text(locale, adviceOf(code)).ends_with('.'));
            const auto read = parseProblem(toJson(Problem{.code = code}, locale));
            REQUIRE(read.ok());
            CHECK(read.value().code == code);
        }
    }
}

TEST_CASE("a gateway that is down is told in the portal's words") {
    CHECK(text(Locale::English, titleOf(ProblemCode::UpstreamTimeout)) == "VNPT SmartCA does not answer");
    CHECK(text(Locale::Vietnamese, titleOf(ProblemCode::UpstreamUnreachable)) ==
          "VNPT SmartCA không phản hồi");
    CHECK(
        text(Locale::English, adviceOf(ProblemCode::UpstreamTimeout)) ==
        "Try again in a moment; if it goes on, this system's connection to VNPT SmartCA has to be checked.");
}

}  // namespace smartca
