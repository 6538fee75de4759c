#include "proxy/upstream/certificate_answer.h"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "issuing.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

Json item(const std::string& serial = "01") {
    return {{"cert_data", base64Of(issue({.serial = serial}).der)}};
}
Json success(const Json& code = 200) {
    return {{"status_code", code},
            {"message", "Success"},
            {"data", {{"user_certificates", {item("01"), item("02")}}}}};
}
Json refusal(const Json& code, const std::string& message) {
    return {{"status_code", code}, {"message", message}, {"data", nullptr}};
}

std::size_t countIn(const Json& answer, int http = 200) {
    auto read = readCertificateAnswer(http, answer.dump());
    REQUIRE(read);
    return read.value().certificates.size();
}
base::Fault errorOf(const std::string& body, int http = 200) {
    auto read = readCertificateAnswer(http, body);
    REQUIRE_FALSE(read);
    return read.error();
}
ProblemCode faultOf(const Json& answer, int http = 200) {
    return errorOf(answer.dump(), http).code;
}

}  // namespace

TEST_CASE("success is status_code 200, as a number or as text, or 0 with data") {
    CHECK(countIn(success(200)) == 2);
    CHECK(countIn(success("200")) == 2);
    CHECK(countIn(success(200.0)) == 2);
    CHECK(countIn(success(0)) == 2);
    CHECK(faultOf(refusal(0, "Success")) == ProblemCode::UpstreamNonsense);
}

TEST_CASE("beside a code that nobody has written down the words count, and the code is noted") {
    for (const Json& code : {Json(-1), Json("-1"), Json(1), Json(99)}) {
        CAPTURE(code);
        CHECK(countIn(success(code)) == 2);
        CHECK(
            readCertificateAnswer(200, success(code).dump()).value().notes ==
            std::vector<std::string>{"status_code is not known; the words beside it are those of a success"});
        CHECK(readCertificateAnswer(200, refusal(code, "Không tìm thấy thuê bao").dump())
                  .value()
                  .personUnknown);
        CHECK(faultOf(refusal(code, "sp_id or sp_password invalid")) == ProblemCode::UpstreamCredentials);
        CHECK(faultOf(refusal(code, "Hệ thống bảo trì")) == ProblemCode::UpstreamMaintenance);
        CHECK(errorOf(refusal(code, "Chưa xử lý được").dump()).message == "Chưa xử lý được");
        // It takes a code that is known to say that there is none, and to say anything without words.
        CHECK(faultOf(refusal(code, "Success")) == ProblemCode::UpstreamNonsense);
        CHECK(faultOf(refusal(code, "")) == ProblemCode::UpstreamNonsense);
    }
    CHECK(readCertificateAnswer(200, success(-1).dump()).value().notes ==
          std::vector<std::string>{"status_code is not known; the words beside it are those of a success"});
}

TEST_CASE("201 beside words of success and certificates is a success, and nothing without them") {
    CHECK(countIn(success(201)) == 2);
    CHECK(countIn(success("201"), 201) == 2);
    CHECK(faultOf(refusal(201, "Success")) == ProblemCode::UpstreamNonsense);
    Json part = success(201);
    part["total"] = 3;
    CHECK(readCertificateAnswer(200, part.dump()).value().unreadable.size() == 1);
    Json other = success(201);
    other["message"] = "Yêu cầu đã được tiếp nhận";
    CHECK(faultOf(other) == ProblemCode::UpstreamRefused);
    CHECK(faultOf(success(202)) == ProblemCode::UpstreamRefused);
}

TEST_CASE("a success without a list is an identity without certificates") {
    CHECK(countIn(refusal(200, "Success")) == 0);
    CHECK(countIn({{"status_code", 200}}) == 0);
    CHECK(countIn({{"status_code", 200}, {"data", Json::object()}}) == 0);
    CHECK(countIn({{"status_code", 200}, {"data", {{"user_certificates", nullptr}}}}) == 0);
    CHECK(countIn({{"status_code", 200}, {"data", {{"user_certificates", Json::array()}}}}) == 0);
}

TEST_CASE("a success without a list is none only in the words of success or of none") {
    for (const std::string words : {"", "SUCCESS", "Thành công", "Lay chung thu thanh cong", "OK",
                                    "Không có dữ liệu", "Không tìm thấy chứng thư số", "User not found"}) {
        CAPTURE(words);
        CHECK(countIn(refusal(200, words)) == 0);
    }
    CHECK(countIn({{"status_code", 200}, {"message", 200}, {"data", nullptr}}) == 0);
    const auto unknown = readCertificateAnswer(200, refusal(200, "User not found").dump());
    CHECK(unknown.value().personUnknown);
    const std::pair<const char*, ProblemCode> others[] = {
        {"Fail", ProblemCode::UpstreamFailed},
        {"Thất bại", ProblemCode::UpstreamFailed},
        {"Không thành công", ProblemCode::UpstreamFailed},
        {"0 success, 1 failed", ProblemCode::UpstreamFailed},
        {"Lỗi hệ thống", ProblemCode::UpstreamFailed},
        {"Hệ thống bảo trì", ProblemCode::UpstreamMaintenance},
        {"Hệ thống đang bận", ProblemCode::UpstreamBusy},
        {"sp_id or sp_password invalid", ProblemCode::UpstreamCredentials},
        {"Phiên đã hết", ProblemCode::UpstreamNonsense},
    };
    for (const auto& [words, code] : others) {
        CAPTURE(words);
        const auto fault = errorOf(refusal(200, words).dump());
        CHECK(fault.code == code);
        CHECK(fault.message == words);
        CHECK_FALSE(fault.detail.empty());
        Json empty = refusal(200, words);
        empty["data"] = {{"user_certificates", Json::array()}};
        CHECK(faultOf(empty) == code);
    }
    for (const std::string words :
         {"Kết nối thành công, tài khoản SP bị khóa", "Success: 0 certificates, 2 errors", "No success",
          "系统错误", "500", "-1"}) {
        CAPTURE(words);
        CHECK_FALSE(readCertificateAnswer(200, refusal(200, words).dump()));
    }
    Json listed = success();
    listed["message"] = "Fail";
    CHECK(countIn(listed) == 2);
    CHECK(readCertificateAnswer(200, listed.dump()).value().notes ==
          std::vector<std::string>{"the message beside the list is none of a success"});
}

TEST_CASE("an empty list beside other words than those of success or of none is no answer, either") {
    const auto readBeside = [](const std::string& words) {
        return readCertificateAnswer(
            200,
            Json{{"status_code", 200}, {"message", words}, {"data", {{"user_certificates", Json::array()}}}}
                .dump());
    };
    for (const std::string none :
         {"", "SUCCESS", "OK", "Truy vấn thành công", "Thực hiện thành công", "Không có bản ghi nào",
          "Danh sách rỗng", "No data", "No records", "Không có dữ liệu", "User not found"}) {
        CAPTURE(none);
        const auto read = readBeside(none);
        REQUIRE(read);
        CHECK(read.value().saysNone());
    }
    for (const std::string other : {"sig_wait_for_user_confirm",
                                    "Vui lòng xác nhận trên ứng dụng VNPT SmartCA",
                                    "Đang chờ người dùng xác nhận",
                                    "Yêu cầu đã được ghi nhận",
                                    "No active certificate",
                                    "Thuê bao tạm ngưng",
                                    "Vượt quá số lần tra cứu",
                                    "Bạn không có quyền tra cứu thuê bao này",
                                    "Chưa thanh toán cước",
                                    "Nợ cước",
                                    "Thuê bao thuộc nhà cung cấp khác",
                                    "Dữ liệu đang được đồng bộ",
                                    "Mất kết nối tới máy chủ",
                                    "Quá thời gian",
                                    "Certificates withheld",
                                    "User suspended",
                                    "Service temporarily unavailable",
                                    "Try again later",
                                    "Partial content",
                                    "Chứng thư số đã thu hồi",
                                    "All certificates are revoked"}) {
        CAPTURE(other);
        const auto read = readBeside(other);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == faultOf(refusal(200, other)));
        CHECK(read.error().message == other);
    }
}

TEST_CASE("a success without a list is none only where nothing beside it denies the success") {
    const auto with = [](const Json& patch) {
        Json envelope = {{"status_code", 200}, {"message", "Success"}, {"data", nullptr}};
        envelope.merge_patch(patch);
        return readCertificateAnswer(200, envelope.dump());
    };
    for (const std::string fine :
         {R"({"success":true})", R"({"error":null})", R"({"errors":[]})", R"({"error_code":0})",
          R"({"code":"00"})", R"({"code":200})", R"({"status":"OK"})", R"({"error":false})",
          R"({"status":true,"error_message":""})", R"({"data":{"total":0,"user_certificates":[]}})",
          R"({"error_message":"Success"})"}) {
        CAPTURE(fine);
        const auto read = with(Json::parse(fine));
        REQUIRE(read);
        CHECK(read.value().saysNone());
    }
    for (const std::string denial : {R"({"success":false})",
                                     R"({"isSuccess":false})",
                                     R"({"code":500})",
                                     R"({"status":"ERROR"})",
                                     R"({"error_code":"E500","error_message":"Hệ thống CA lỗi"})",
                                     R"({"errors":["database timeout"]})",
                                     R"({"error":"Lỗi hệ thống"})",
                                     R"({"data":{"user_certificates":null,"error":"Lỗi kết nối CA"}})",
                                     R"({"message":null,"msg":"Lỗi hệ thống"})",
                                     R"({"message":null,"Description":"Bị từ chối"})",
                                     R"({"message":null,"error":{"code":1,"message":"Lỗi hệ thống"}})",
                                     R"({"message":{"vi":"Lỗi hệ thống","en":"System error"}})",
                                     R"({"data":{"total":3,"user_certificates":[]}})",
                                     R"({"data":{"status":"ERROR"}})",
                                     R"({"data":{"code":500}})",
                                     R"({"data":{"message":"Lỗi hệ thống","user_certificates":[]}})",
                                     R"({"msg":"Lỗi kết nối HSM"})",
                                     R"({"status":false})",
                                     R"({"warnings":["CA RS không phản hồi"]})",
                                     R"({"respCode":"99"})",
                                     R"({"message":"Thành công một phần"})",
                                     R"({"message":"Đăng nhập thành công"})",
                                     R"({"message":"Phiên làm việc","data":{"user_certificates":[]}})"}) {
        CAPTURE(denial);
        CHECK_FALSE(with(Json::parse(denial)));
    }
    CHECK(with(Json{{"error", "Lỗi hệ thống"}}).error().code == ProblemCode::UpstreamFailed);
    CHECK(with(Json{{"error", "Lỗi hệ thống"}}).error().message == "Lỗi hệ thống");
    CHECK(with(Json{{"success", false}}).error().detail ==
          "a success without certificates: success is false");
}

TEST_CASE(
    "each certificate that did not come is one that cannot be read; at least one, where nobody counts them") {
    for (const auto& [more, missing] :
         std::map<std::string, std::size_t>{{R"({"data":{"total":15}})", 13},
                                            {R"({"data":{"total":"15"}})", 13},
                                            {R"({"total_count":15})", 13},
                                            {R"({"pagination":{"total":15}})", 13},
                                            {R"({"data":{"page":{"totalElements":15,"totalPages":8}}})", 13},
                                            {R"({"data":{"total":3,"hasNextPage":true}})", 1},
                                            {R"({"data":{"hasNextPage":true}})", 1},
                                            {R"({"data":{"total_pages":3}})", 1},
                                            {R"({"data":{"last":false}})", 1},
                                            {R"({"count":3})", 1},
                                            {R"({"data":{"count":"15"}})", 13},
                                            {R"({"next":"/v1/credentials?page=2"})", 1},
                                            {R"({"data":{"next":true}})", 1},
                                            {R"({"data":{"next":2}})", 1},
                                            {R"({"_links":{"next":"/v1/credentials?page=2"}})", 1},
                                            {R"({"data":{"_links":{"next":{"href":"/?page=2"}}}})", 1},
                                            {R"({"links":{"next":"/?page=2"}})", 1},
                                            {R"({"pagination":{"pages":3}})", 1},
                                            {R"({"data":{"pagination":{"pages":3,"page":1}}})", 1},
                                            {R"({"data":{"total":1000000}})", 1'000}}) {
        CAPTURE(more);
        Json listed = success();
        listed.merge_patch(Json::parse(more));
        const auto read = readCertificateAnswer(200, listed.dump());
        REQUIRE(read);
        CHECK(read.value().certificates.size() == 2);
        CHECK(read.value().unreadable.size() == missing);
        CHECK(read.value().notes.size() == 1);
    }
    for (const std::string all :
         {R"({"data":{"total":2}})", R"({"data":{"total_pages":1,"last":true,"has_next":false}})",
          R"({"count":2})", R"({"count":0,"next":null})", R"({"next":"","_links":{"next":null}})",
          R"({"next":false})", R"({"next":{"href":null}})", R"({"next":"null"})", R"({"next":-1})",
          R"({"next":0})", R"({"pagination":{"pages":1,"next":"none"}})",
          R"({"_links":{"self":"/?page=1","next":{}}})", R"({"pages":["a","b","c"]})"}) {
        CAPTURE(all);
        Json listed = success();
        listed.merge_patch(Json::parse(all));
        CHECK(countIn(listed) == 2);
        CHECK(readCertificateAnswer(200, listed.dump()).value().unreadable.empty());
    }
}

TEST_CASE("an answer wrapped in responseBody is unwrapped, as an object, as text, or twice") {
    CHECK(countIn({{"responseBody", success()}}) == 2);
    CHECK(countIn({{"responseBody", success().dump()}}) == 2);
    CHECK(countIn({{"responseBody", {{"responseBody", success()}}}}) == 2);
}

TEST_CASE("a certificate that is there again is left out with a note") {
    Json answer = success();
    Json& list = answer["data"]["user_certificates"];
    list.push_back(Json(list[0]));
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK(read.value().certificates.size() == 2);
    CHECK(read.value().notes ==
          std::vector<std::string>{"certificate 3 of 3 left out: it stands there before"});
}

TEST_CASE("a certificate that is there again, unreadable and revoked, is revoked") {
    Json answer = success();
    Json& list = answer["data"]["user_certificates"];
    Json again = list[0];
    again["cert_data"] = nullptr;
    again["cert_status"] = "Đã thu hồi";
    again["serial_number"] = readCertificateAnswer(200, success().dump()).value().certificates[0].serial;
    list.push_back(again);
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK(read.value().certificates[0].status == CertificateStatus::Revoked);
    CHECK(read.value().certificates[1].status == CertificateStatus::Active);
    CHECK(read.value().unreadable.size() == 1);
}

TEST_CASE("of the two statuses of a certificate that is there twice the worse counts, and that is noted") {
    for (const bool revokedFirst : {false, true}) {
        Json answer = success();
        Json& list = answer["data"]["user_certificates"];
        list = {list[0], list[0]};
        list[revokedFirst ? 0 : 1]["cert_status"] = "Đã thu hồi";
        list[revokedFirst ? 1 : 0]["cert_status"] = "Đang hoạt động";
        list[1]["serial_number"] = "02";
        const auto read = readCertificateAnswer(200, answer.dump());
        REQUIRE(read);
        REQUIRE(read.value().certificates.size() == 1);
        const auto& certificate = read.value().certificates[0];
        CHECK(certificate.status == CertificateStatus::Revoked);
        CHECK(certificate.statusText == "Đã thu hồi");
        CHECK(certificate.notes == std::vector{CertificateNote::SerialDiffers});
        CHECK(read.value().notes.back() ==
              (revokedFirst
                   ? "certificate 2 of 2 left out: it stands there before, as revoked and here as active"
                   : "certificate 2 of 2 left out: it stands there before, as active and here as revoked"));
    }
}

TEST_CASE(
    "two certificates with one serial number are two, and it is noted that neither can be named by it") {
    Json answer = success();
    answer["data"]["user_certificates"].push_back(
        Json{{"cert_data", base64Of(issue({.subject = {{"CN", "Signs itself"}}, .serial = "01"}).der)}});
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    REQUIRE(read.value().certificates.size() == 3);
    const auto& all = read.value().certificates;
    CHECK(all[0].serial == all[2].serial);
    CHECK(all[0].notes == std::vector{CertificateNote::SerialShared});
    CHECK(all[1].notes.empty());
    CHECK(all[2].notes == std::vector{CertificateNote::SerialShared});
    CHECK(
        read.value().notes ==
        std::vector<std::string>{
            "serial 01 of UID=CCCD:001099000001,CN=Nguyễn Văn A,ST=HÀ NỘI,C=VN is another certificate's, too",
            "serial 01 of CN=Signs itself is another certificate's, too"});
}

TEST_CASE("an item that cannot be read is told with a note, the others stay") {
    Json answer = success();
    answer["data"]["user_certificates"][0]["cert_data"] = "garbage";
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK(read.value().certificates.size() == 1);
    CHECK(read.value().unreadable.size() == 1);
    CHECK(read.value().notes ==
          std::vector<std::string>{"certificate 1 of 2 cannot be read: cert_data is no base64"});
}

TEST_CASE("an item without a certificate is told, also where it is the only one") {
    Json answer = success();
    answer["data"]["user_certificates"] = {{{"serial_number", "5401"}, {"cert_subject", "CN=A"}}};
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK_FALSE(read.value().saysNone());
    CHECK(read.value().unreadable.at(0).serial == "5401");
}

TEST_CASE("a certificate that cannot be read and tells its status is one that SmartCA has") {
    Json answer = success();
    answer["data"]["user_certificates"] = {
        {{"serial_number", "5401"}, {"cert_data", "AAAA"}, {"cert_status", "Đã thu hồi"}}};
    const auto read = readCertificateAnswer(200, answer.dump());
    REQUIRE(read);
    CHECK(read.value().unreadable.at(0).status == CertificateStatus::Revoked);
    CHECK(read.value().unreadable.at(0).statusText == "Đã thu hồi");
}

TEST_CASE("a list of which nothing can be read is not understood, and says how much and why") {
    Json answer = success();
    Json& list = answer["data"]["user_certificates"];
    list[0] = {{"cert_data", "garbage"}};
    list[1] = "text";
    CHECK(faultOf(answer) == ProblemCode::UpstreamNonsense);
    CHECK(errorOf(answer.dump()).detail ==
          "certificate 1 of 2 cannot be read: cert_data is no base64; "
          "certificate 2 of 2 cannot be read: it is no object");
    list = {Json::object(), {{"service_name", "ESEAL"}}};
    CHECK(faultOf(answer) == ProblemCode::UpstreamNonsense);
    list = {{{"cert_data", "garbage"}, {"serial_number", "5401"}}};
    CHECK(faultOf(answer) == ProblemCode::UpstreamNonsense);
}

TEST_CASE("the list may stand beside data or be data, and one object stands for a list") {
    const Json list = {item("01"), item("02")};
    CHECK(countIn({{"status_code", 200}, {"user_certificates", list}}) == 2);
    CHECK(countIn({{"status_code", 200}, {"user_certificates", list}, {"data", nullptr}}) == 2);
    CHECK(countIn({{"status_code", 0}, {"user_certificates", list}}) == 2);
    CHECK(countIn({{"status_code", 200}, {"data", list}}) == 2);
    CHECK(countIn({{"status_code", 200}, {"data", {{"user_certificates", item()}}}}) == 1);
    CHECK(countIn({{"status_code", 200}, {"data", Json::array()}, {"message", "Không có dữ liệu"}}) == 0);
}

TEST_CASE("a list under another name is not understood, and never told as none") {
    const Json list = Json::array({item()});
    for (const Json& answer :
         {Json{{"status_code", 200}, {"data", {{"userCertificates", list}}}},
          Json{{"status_code", 200}, {"data", {{"certificates", list}, {"user_certificates", nullptr}}}},
          Json{{"status_code", 200}, {"data", nullptr}, {"userCertificates", list}},
          Json{{"status_code", 200}, {"Data", {{"UserCertificates", list}}}},
          Json{{"status_code", 200}, {"data", {{"userCertificates", item()}}}},
          Json{{"status_code", 200}, {"data", {{"total", 3}}}}, Json{{"status_code", 200}, {"data", ""}}})
        CHECK(faultOf(answer) == ProblemCode::UpstreamNonsense);
}

TEST_CASE("a BOM before the JSON is passed over") {
    CHECK(readCertificateAnswer(200, "\xEF\xBB\xBF" + success().dump()).value().certificates.size() == 2);
    CHECK(countIn({{"responseBody", "\xEF\xBB\xBF" + success().dump()}}) == 2);
}

TEST_CASE("what is not the SP769 envelope is nonsense") {
    for (const char* body :
         {"", "<html>502 Bad Gateway</html>", "[]", "null", "\"text\"", "{}", "{\"status_code\":null}",
          "{\"status_code\":\"ok\"}", "{\"status_code\":200.5}", "{\"status_code\":-1}",
          "{\"status_code\":99999999999999999999}", "{\"status_code\":200,\"status_code\":401}",
          "{\"status_code\":200,\"data\":[7]}", "{\"status_code\":200,\"data\":\"x\"}",
          "{\"status_code\":200,\"data\":{\"user_certificates\":{}}}", "{\"status_code\":200} x",
          "{\"status_code\":200,\"message\":\"\xFF\"}", "{\"responseBody\":\"{\"}"}) {
        CAPTURE(body);
        CHECK(errorOf(body).code == ProblemCode::UpstreamNonsense);
    }
}

TEST_CASE("an answer nested too deeply is nonsense, not a crash") {
    CHECK(errorOf(std::string(100'000, '[')).code == ProblemCode::UpstreamNonsense);
    Json wrapped = success();
    for (int i = 0; i < 8; ++i)
        wrapped = Json{{"responseBody", wrapped}};
    CHECK(faultOf(wrapped) == ProblemCode::UpstreamNonsense);
}

TEST_CASE("an HTTP error that claims success is nonsense") {
    CHECK(faultOf(success(), 500) == ProblemCode::UpstreamNonsense);
    CHECK(countIn(success(), 201) == 2);
}
