// What the documents of the eContract API leave open or show in two ways, and how it is read here. Each test
// pins one of the choices that proxy/econtract/README.md lists.
#include <doctest/doctest.h>

#include "proxy/econtract/login.h"
#include "proxy/econtract/portal_client.h"
#include "proxy/econtract/wire.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

using upstream::HttpResponse;

base::Outcome<Json> asked(int status, const std::string& body) {
    return readAnswer(HttpResponse{status, body}, Purpose::Question, 0);
}
ProblemCode faultOf(int status, const std::string& body, Purpose purpose) {
    const auto read = readAnswer(HttpResponse{status, body}, purpose, 0);
    REQUIRE_FALSE(read.ok());
    return read.error().code;
}
std::string wordsOf(const std::string& members) {
    const auto read = asked(200, R"({"success":false,"code":0,)" + members + "}");
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ProblemCode::PortalRefused);
    return read.error().message;
}

std::string certificate(const std::string& more = "") {
    return R"({"id":7,"serialNumber":"540101AB","validFrom":"2026-01-01T00:00:00Z","validTo":"2027-01-01T00:00:00Z")" +
           more + "}";
}
std::optional<PortalUser> userWith(const std::string& members) {
    return readUser(Json::parse(R"({"id":1,)" + members + "}"));
}
PortalCertificate only(const std::optional<PortalUser>& user) {
    REQUIRE(user);
    REQUIRE(user->certificates.size() == 1);
    return user->certificates[0];
}

std::string jwt(const std::string& claims) {
    std::string payload = base64Of(claims);
    while (payload.ends_with('='))
        payload.pop_back();
    return "e30." + payload + ".c2ln";
}

}  // namespace

TEST_CASE("the portal's address is one below which /api lies, whatever lies before it") {
    for (const char* text : {"https://a.example/api", "https://a.example/api/", "https://a.example/one/API",
                             "https://a.example/api/v2/auth", "https://a.example/api/users"}) {
        CAPTURE(text);
        CHECK(portalUrl(text).error() == "leave out /api and what follows it, which the proxy adds itself");
    }
    CHECK(portalUrl("https://a.example/").value().path.empty());
    CHECK(portalUrl("https://a.example/one").value().path == "/one");
    CHECK(portalUrl("https://a.example/api/portal").value().path == "/api/portal");
    for (const char* text : {"https://a.example/api/v1/one", "https://a.example/API/users/portal",
                             "https://a.example/capi", "https://a.example/one/v2"})
        CHECK_MESSAGE(portalUrl(text).ok(), text);
    CHECK(portalUrl("https://a.example/?b").error().find("plain") != std::string::npos);
}

TEST_CASE("success decides, with code 0 as with code 200, and unknown keys are passed over") {
    CHECK(asked(200, R"({"data":1,"success":true,"code":0,"messages":[]})").value() == 1);
    CHECK(asked(200, R"({"data":2,"success":true,"code":200,"more":{"a":[]}})").value() == 2);
    CHECK(asked(200, R"({"success":true})").value().is_null());
    CHECK_FALSE(asked(200, R"({"data":1,"success":false,"code":0})").ok());
}

TEST_CASE("the words come from messages or message, each a text or a list") {
    CHECK(wordsOf(R"("messages":["Một","Hai"])") == "Một; Hai");
    CHECK(wordsOf(R"("message":"Một")") == "Một");
    CHECK(wordsOf(R"("messages":"Một")") == "Một");
    CHECK(wordsOf(R"("message":["Một"])") == "Một");
    CHECK(wordsOf(R"("messages":[],"message":"Hai")") == "Hai");
    CHECK(wordsOf(R"("messages":[null,3,""])") == "code 0");
    CHECK(wordsOf("\"message\":\"a\\u202eb\\nc\"") == "ab c");
    CHECK(wordsOf(R"("message":")" + std::string(5'000, 'x') + '"').size() < 310);
}

TEST_CASE("not authenticated is HTTP 401, or a failure with code 401") {
    CHECK(isUnauthorized({401, "no JSON"}));
    CHECK(isUnauthorized({200, R"({"success":false,"code":401})"}));
    CHECK(isUnauthorized({200, R"({"success":false,"code":"401"})"}));
    CHECK_FALSE(isUnauthorized({200, R"({"success":true,"code":401})"}));
    CHECK_FALSE(isUnauthorized({200, R"({"success":false,"code":0,"message":"401"})"}));
}

TEST_CASE("a refusal is one in whatever HTTP status it comes, below 500 for a change") {
    const std::string refusal = R"({"success":false,"code":0,"messages":["Không"]})";
    for (const int status : {200, 400, 403, 404, 422})
        CHECK(faultOf(status, refusal, Purpose::Change) == ProblemCode::PortalRefused);
    CHECK(faultOf(500, refusal, Purpose::Question) == ProblemCode::PortalRefused);
    CHECK(faultOf(500, refusal, Purpose::Change) == ProblemCode::OutcomeUnknown);
}

TEST_CASE("a portal that is busy, closed or broken has not refused, and is told as it is") {
    const auto body = [](const char* code, const char* words) {
        return std::string(R"({"success":false,"code":)") + code + R"(,"message":")" + words + "\"}";
    };
    for (const int status : {200, 429}) {
        const std::string busy = body("429", "Too many requests");
        CHECK(faultOf(status, busy, Purpose::Question) == ProblemCode::PortalBusy);
        CHECK(faultOf(status, busy, Purpose::Change) == ProblemCode::PortalBusy);
    }
    CHECK(faultOf(429, "<html>", Purpose::Change) == ProblemCode::PortalBusy);
    const std::string closed = body("0", "Hệ thống đang bảo trì");
    CHECK(faultOf(200, closed, Purpose::Question) == ProblemCode::PortalMaintenance);
    CHECK(faultOf(200, closed, Purpose::Change) == ProblemCode::PortalMaintenance);
    CHECK(faultOf(503, closed, Purpose::Change) == ProblemCode::OutcomeUnknown);
    CHECK(faultOf(503, "<p>Bảo trì</p>", Purpose::Question) == ProblemCode::PortalMaintenance);
    for (const int status : {200, 500}) {
        const std::string broken = body("50000", "SERVAR_INTERNAL_ERROR");
        CHECK(faultOf(status, broken, Purpose::Question) == ProblemCode::PortalFailed);
        CHECK(faultOf(status, broken, Purpose::Change) == ProblemCode::OutcomeUnknown);
    }
    CHECK(faultOf(500, body("0", ""), Purpose::Question) == ProblemCode::PortalFailed);
    CHECK(faultOf(500, "<html>", Purpose::Question) == ProblemCode::PortalFailed);
    CHECK(faultOf(503, "<html>", Purpose::Question) == ProblemCode::PortalMaintenance);
}

TEST_CASE("when the portal wants to be asked again is told") {
    const auto read = readAnswer({429, "<html>", "120"}, Purpose::Question, 0);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().retryAfterSeconds == 120);
}

TEST_CASE("an answer that is not the envelope is nonsense to a question, and leaves a change unknown") {
    for (const char* body : {"", "<html>", "[]", R"({"data":1})", R"({"success":"true"})",
                             R"({"success":true,"success":false})"}) {
        CAPTURE(body);
        CHECK(faultOf(200, body, Purpose::Question) == ProblemCode::PortalNonsense);
        CHECK(faultOf(200, body, Purpose::Change) == ProblemCode::OutcomeUnknown);
        CHECK(faultOf(403, body, Purpose::Question) == ProblemCode::UpstreamBlocked);
        CHECK(faultOf(403, body, Purpose::Change) == ProblemCode::OutcomeUnknown);
        CHECK(faultOf(502, body, Purpose::Question) == ProblemCode::PortalUnreachable);
        CHECK(faultOf(502, body, Purpose::Change) == ProblemCode::OutcomeUnknown);
    }
    CHECK(faultOf(400, R"({"success":true})", Purpose::Question) == ProblemCode::PortalNonsense);
    CHECK(faultOf(400, R"({"success":true})", Purpose::Change) == ProblemCode::OutcomeUnknown);
}

TEST_CASE("silence after a change was sent is unknown, before it is nothing") {
    using upstream::HttpFault;
    using upstream::Sent;
    for (const auto fault : {HttpFault::Unreachable, HttpFault::Timeout, HttpFault::Nonsense}) {
        CHECK(faultOf({fault, Sent::Maybe, ""}, Purpose::Change).code == ProblemCode::OutcomeUnknown);
        CHECK(faultOf({fault, Sent::No, ""}, Purpose::Change).code == ProblemCode::PortalUnreachable);
    }
    CHECK(faultOf({HttpFault::Timeout, Sent::Maybe, ""}, Purpose::Question).code ==
          ProblemCode::PortalUnreachable);
}

TEST_CASE("ids are numbers or texts") {
    CHECK(readUser(Json::parse(R"({"id":"12"})"))->user.id == 12);
    CHECK(only(userWith(R"("userCertificates":[{"id":"7","serialNumber":"01"}])")).id == 7);
    CHECK_FALSE(readUser(Json::parse(R"({"id":"x"})")));
    CHECK_FALSE(readUser(Json::parse(R"({"id":0})")));
    CHECK_FALSE(readUser(Json::parse(R"({"id":4294967296})")));
    CHECK_FALSE(readUser(Json::parse(R"([1])")));
}

TEST_CASE(
    "what a spreadsheet has written in several lines is one, and whoever has no name goes by the code") {
    CHECK(userWith(R"("name":"Nguyễn\r\nVăn  A\u202e")")->user.name == "Nguyễn Văn A");
    CHECK(userWith(R"("name":"  ","code":" U4\n")")->user.name == "U4");
    CHECK(userWith(R"("name":null)")->user.name == "#1");
}

TEST_CASE("a day without a time is that day, and what is not told is no day of 1970") {
    const PortalCertificate read =
        only(userWith(R"("userCertificates":[{"id":7,"serialNumber":"01","validTo":"2027-01-01"}])"));
    CHECK(dateInVietnam(read.validTo) == "01/01/2027");
    CHECK(read.validFrom == 0);
}

TEST_CASE("a certificate needs an id; one without is left out and counted") {
    const auto user =
        userWith(R"("userCertificates":[)" + certificate() + R"(,{"serialNumber":"02"},{"id":"x"},3])");
    REQUIRE(user);
    CHECK(user->certificates.size() == 1);
    CHECK(user->leftOut == 3);
    CHECK(user->user.certificateCount == 4);
}

TEST_CASE("a certificate whose serial number is blank or cannot be read is there all the same") {
    const auto serialOf = [](const std::string& written) {
        return only(userWith(R"("userCertificates":[{"id":8,"serialNumber":)" + written + "}]")).serial;
    };
    for (const char* blank : {"null", R"("")", R"(" ")", "[]", "0"})
        CHECK(serialOf(blank).empty());
    CHECK(only(userWith(R"("userCertificates":[{"id":8}])")).id == 8);
    CHECK(serialOf(R"("52341c3f9dcs2371")") == "52341c3f9dcs2371");
    CHECK(serialOf("44727") == "aeb7");
    CHECK(serialOf(R"("111660364328654083408132045287211964825")") == "540101014e4653549c5a6fdcb9c89999");
}

TEST_CASE("serials are compared in one form, whatever case and separators the portal writes") {
    CHECK(only(userWith(R"("userCertificates":[)" + certificate() + "]")).serial == "540101ab");
    CHECK(only(userWith(R"("userCertificates":[{"id":1,"serialNumber":"54:01:0A"}])")).serial == "54010a");
}

TEST_CASE("an answer without userCertificates says nothing about them; one with an empty list says none") {
    CHECK_FALSE(userWith(R"("name":"A")")->hasList);
    CHECK_FALSE(userWith(R"("userCertificates":null)")->hasList);
    CHECK(userWith(R"("userCertificates":[])")->hasList);
}

TEST_CASE("the default is what the certificate says of itself, else what the user names") {
    const std::string list = R"("userCertificates":[)";
    CHECK(only(userWith(list + certificate(R"(,"isDefaultSmartCaCert":true)") + "]")).isDefault);
    CHECK(only(userWith(list + certificate() + R"(],"defaultSmartCa":{"id":7})")).isDefault);
    CHECK(only(userWith(list + certificate() + R"(],"smartCaId":"7")")).isDefault);
    CHECK_FALSE(only(userWith(list + certificate() + "]")).isDefault);
}

TEST_CASE("the identity is the account at SmartCA, else the bare uid") {
    const std::string list = R"("userCertificates":[)";
    CHECK(only(userWith(list + certificate(R"(,"uid":"1","smartCaUsername":"0100-001")") + "]")).identity ==
          "0100-001");
    CHECK(only(userWith(list + certificate(R"(,"uid":"1")") + "]")).identity == "1");
}

TEST_CASE("display modes are eContract's numbers, and any other number is none") {
    const auto modeOf = [](const std::string& value) {
        return only(userWith(R"("userCertificates":[)" + certificate(R"(,"signatureDisplayMode":)" + value) +
                             "]"))
            .displayMode;
    };
    CHECK(modeOf("1") == DisplayMode::TextOnly);
    CHECK(modeOf("2") == DisplayMode::TextAndImage);
    CHECK(modeOf("3") == DisplayMode::ImageOnly);
    CHECK(modeOf(R"({"value":3,"description":"Ảnh"})") == DisplayMode::ImageOnly);
    for (const auto mode : {DisplayMode::TextOnly, DisplayMode::TextAndImage, DisplayMode::ImageOnly})
        CHECK(modeOf(std::to_string(numberOf(mode))) == mode);
    CHECK_FALSE(modeOf("0"));
    CHECK_FALSE(modeOf("null"));
}

TEST_CASE("a certificate has a name, and no day that nobody told") {
    const auto shown = [](const std::string& members) {
        return certificateOf(only(userWith(R"("userCertificates":[{"id":7)" + members + "}]")), {}, 1);
    };
    const Certificate blank = shown(R"(,"name":"  ","commonName":"","validFrom":"0001-01-01T00:00:00")");
    CHECK(blank.name == "#7");
    CHECK(blank.validFrom == 0);
    CHECK_FALSE(toJson(blank).contains("validFrom"));
    CHECK_FALSE(toJson(blank).contains("validTo"));
    CHECK(shown(R"(,"name":"  ","serialNumber":"0a")").name == "0a");
    CHECK(shown(R"(,"name":"Ký","commonName":"An","serialNumber":"0a")").name == "Ký");
}

TEST_CASE("the portal may call a certificate invalid within its dates, and dates decide otherwise") {
    const Instant during = parseInstant("2026-06-01T00:00:00Z").value();
    const auto statusOf = [&](const std::string& more, Instant now) {
        return certificateOf(only(userWith(R"("userCertificates":[)" + certificate(more) + "]")), {}, now)
            .status;
    };
    CHECK(statusOf(R"(,"isValid":true)", during) == CertificateStatus::Active);
    CHECK(statusOf("", during) == CertificateStatus::Active);
    CHECK(statusOf(R"(,"isValid":false)", during) == CertificateStatus::Unknown);
    CHECK(statusOf(R"(,"isValid":false)", during + 400 * 86'400) == CertificateStatus::Expired);
    CHECK(statusOf(R"(,"isValid":true)", 0) == CertificateStatus::NotYetValid);
    for (const char* none : {R"(,"validTo":null)", R"(,"validTo":"0001-01-01T00:00:00")"}) {
        const std::string members = none;
        CHECK(statusOf(members, during) ==
              CertificateStatus::Unknown);  // nothing tells that it is not expired
        CHECK(statusOf(members + R"(,"isValid":true)", during + 400 * 86'400) == CertificateStatus::Active);
        CHECK(statusOf(members + R"(,"status":"Đang hoạt động")", during) == CertificateStatus::Active);
    }
    const std::string expired = R"(,"status":{"value":3,"description":"Hết hạn"})";
    CHECK(statusOf(expired, during) == CertificateStatus::Unknown);
    CHECK(statusOf(expired + R"(,"validTo":null)", during) == CertificateStatus::Expired);
}

TEST_CASE("the portal's words for a status count, not its number, and dates as everywhere") {
    const Instant during = parseInstant("2026-06-01T00:00:00Z").value();
    const auto shown = [&](const std::string& status, Instant now) {
        return certificateOf(only(userWith(R"("userCertificates":[)" +
                                           certificate(R"(,"isValid":false,"status":)" + status) + "]")),
                             {}, now);
    };
    const std::string revoked = R"({"value":1,"description":"Đã thu hồi"})";
    CHECK(shown(revoked, during).status == CertificateStatus::Revoked);
    CHECK(shown(revoked, during).statusText == "Đã thu hồi");
    CHECK(shown(revoked, during + 400 * 86'400).status == CertificateStatus::Revoked);
    CHECK(shown(R"("Tạm khóa")", during).status == CertificateStatus::Suspended);
    CHECK(shown(R"({"value":7,"description":"Hiệu lực"})", during).status == CertificateStatus::Unknown);
    CHECK(shown("3", during).status == CertificateStatus::Unknown);
    CHECK(shown("3", during).statusText.empty());
}

TEST_CASE("an end of a certificate is read under other names, and truth values as text") {
    const auto of = [](const std::string& more) {
        return only(userWith(R"("userCertificates":[)" + certificate("," + more) + "]"));
    };
    for (const char* key : {"description", "name", "text", "label"}) {
        CAPTURE(key);
        const auto ended = of(R"("status":{"value":4,")" + std::string(key) + R"(":"Đã thu hồi"})");
        CHECK(ended.said == CertificateStatus::Revoked);
        CHECK(ended.statusText == "Đã thu hồi");
    }
    for (const char* truth : {"true", R"("true")", R"("True")", "1"}) {
        CAPTURE(truth);
        const auto revoked = of(R"("status":"Hoạt động","isRevoked":)" + std::string(truth));
        CHECK(revoked.said == CertificateStatus::Revoked);
        CHECK(revoked.statusText == "Hoạt động, isRevoked: true");
    }
    CHECK(of(R"("isRevoked":true)").statusText == "isRevoked: true");
    for (const char* untruth : {"false", R"("false")", R"("False")", "0", "null", R"("")", "{}"}) {
        CAPTURE(untruth);
        CHECK(of(R"("isRevoked":)" + std::string(untruth)).said == CertificateStatus::Active);
    }
    for (const char* untruth : {"false", R"("false")", R"("False")", "0"}) {
        CAPTURE(untruth);
        CHECK(of(R"("isValid":)" + std::string(untruth)).said == CertificateStatus::Unknown);
    }
    for (const char* truth : {"true", R"("true")", "1", "null"})
        CHECK(of(R"("isValid":)" + std::string(truth)).said == CertificateStatus::Active);
}

TEST_CASE("dates are read in the ways in which SmartCA's are") {
    const auto end = [](const std::string& written) {
        return only(userWith(R"("userCertificates":[{"id":7,"validTo":)" + written + "}]")).validTo;
    };
    for (const char* written :
         {R"("2025-08-20T10:00:00Z")", R"("2025-08-20T10:00:00")", R"("20/08/2025 17:00:00")",
          R"("2025-08-20 17:00:00")", "1755684000000", R"("1755684000000")", "1755684000"}) {
        CAPTURE(written);
        CHECK(end(written) == parseInstant("2025-08-20T10:00:00Z").value());
    }
    CHECK(end(R"("2025-08-20")") == parseDay("2025-08-20"));
    for (const char* none : {"null", "0", "-1", R"("")", R"("0001-01-01T00:00:00")", "true", "{}", "1.5"}) {
        CAPTURE(none);
        CHECK(end(none) == 0);
    }
}

TEST_CASE("a blank signature text says nothing, and line breaks stay as they are stored") {
    CHECK_FALSE(userWith(R"("signatureText":" ")")->signatureText);
    CHECK_FALSE(userWith(R"("signatureText":null)")->signatureText);
    CHECK(userWith(R"("signatureText":"a\r\nb")")->signatureText == "a\r\nb");
}

TEST_CASE("users/update repeats every documented key that is known, with enumerations as numbers") {
    const auto user = userWith(
        R"("code":"U","name":"A","phone":"1","status":{"value":1,"description":"x"},"signMethod":2,"usedMemory":9,)"
        R"("roles":[{"id":"r1","code":"c"}],"signConfirmationEnabled":false,"fax":null)");
    CHECK(
        Json::parse(user->profile) ==
        Json::parse(
            R"({"id":1,"code":"U","name":"A","phone":"1","status":1,"signMethod":2,"roleIds":["r1"],"signConfirmationEnabled":false})"));
}

TEST_CASE("a page is the portal's own, and users without an id are counted apart") {
    const auto page = readUserPage(Json::parse(
        R"({"items":[{"id":1},{"id":"2"},{"name":"x"}],"page":"3","pageSize":50,"totalCount":120,"hasNextPage":true})"));
    REQUIRE(page);
    CHECK(page->items.size() == 2);
    CHECK(page->leftOut == 1);
    CHECK(page->page == 3);
    CHECK(page->pageSize == 50);
    CHECK(page->totalCount == 120);
    CHECK(page->hasNextPage);
    CHECK_FALSE(readUserPage(Json::parse(R"({"data":[]})")));
    CHECK(readUserPage(Json::parse(R"({"items":[{"id":1},null]})"))->totalCount == 2);
}

TEST_CASE("a token lives as long as it says by its own clock, else a day") {
    using namespace std::chrono_literals;
    CHECK(lifeOf(jwt(R"({"iat":1000,"exp":1600})"), 5'000) == 600s);
    CHECK(lifeOf(jwt(R"({"exp":5600})"), 5'000) == 600s);
    CHECK(lifeOf(jwt(R"({"iat":1000,"exp":900})"), 5'000) == 1s);
    CHECK(lifeOf(jwt(R"({"sub":"x"})"), 5'000) == 24h);
    CHECK(lifeOf("opaque", 5'000) == 24h);
    CHECK(lifeOf("a.%%%.c", 5'000) == 24h);
    CHECK(lifeOf("", 5'000) == 24h);
}

}  // namespace smartca::econtract
