#include "proxy/upstream/refusal.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "proxy/upstream/certificate_answer.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

// "personUnknown", "none", or the problem's name.
std::string wordOf(const base::Outcome<SmartCaAnswer>& meaning) {
    if (!meaning) return std::string(nameOf(meaning.error().code));
    CHECK(meaning.value().saysNone());
    return meaning.value().personUnknown ? "personUnknown" : "none";
}
std::string refused(int code, const std::string& message) {
    return wordOf(refusalOf(code, {{"status_code", code}, {"message", message}}));
}
std::string httpAnswered(int http, const std::string& body) {
    const auto read = readCertificateAnswer(http, body);
    return read ? "read" : std::string(nameOf(read.error().code));
}

}  // namespace

TEST_CASE("a refusal of our account is told as ours") {
    for (const std::string message :
         {"sp_id or sp_password invalid", "SP_PASSWORD không hợp lệ", "client_id or client_secret invalid",
          "invalid_client", "Sai mật khẩu", "SP không tồn tại", "Invalid SP", "Tài khoản SP không đúng"}) {
        CAPTURE(message);
        CHECK(refused(401, message) == "upstreamCredentials");
        CHECK(refused(403, message) == "upstreamCredentials");
    }
}

TEST_CASE("a refusal that may be of our account or of the person is told as both") {
    for (const std::string message :
         {"Thông tin tài khoản sp, người dùng không hợp lệ", "sp_id, sp_password or user_id invalid",
          "SP_CREDENTIAL_INVALID", "Tài khoản không hợp lệ"}) {
        CAPTURE(message);
        CHECK(refused(401, message) == "upstreamAccessDenied");
    }
}

TEST_CASE("a refusal of whoever asks, or of a part of the gateway, is never of the person or a certificate") {
    for (const std::string message :
         {"Tài khoản đối tác không tồn tại", "Tài khoản ứng dụng không tồn tại",
          "Tài khoản tích hợp không tồn tại", "Tài khoản API không tồn tại",
          "Tài khoản kết nối không tồn tại", "Partner account not found", "Client account does not exist",
          "Application account not found", "Service account not found", "API user not found",
          "Client user not found", "sp_user not found", "Account SP not exist",
          "Chưa đăng ký tài khoản đối tác", "Khách hàng tích hợp chưa đăng ký IP"}) {
        CAPTURE(message);
        CHECK((refused(401, message) == "upstreamAccessDenied" ||
               refused(401, message) == "upstreamCredentials"));
    }
    for (const std::string message : {"Invalid user credentials", "User credentials invalid"})
        CHECK(refused(401, message) == "upstreamCredentials");
    for (const std::string message :
         {"Invalid user token",
          "User session is invalid",
          "User IP invalid",
          "Path /v1/credentials/get_certificate not found",
          "API v1/credentials/get_certificate không tồn tại",
          "The requested URL /sca/sp769/v1/credentials/get_certificate was not found on this server.",
          "Method get_certificate not found",
          "Không tìm thấy API get_certificate",
          "No such host is known. (userservice.vnpt.vn:443)",
          "No such host is known. (certificate-core:8080)",
          "relation \"user_certificates\" does not exist",
          "ORA-00942: table or view does not exist: CERTIFICATES",
          "Table 'smartca.users' doesn't exist",
          "column \"user_id\" does not exist",
          "User session not found",
          "Field user_id not found",
          "user_id not found in request",
          "Transaction not found for user",
          "Không tìm thấy cấu hình SP cho người dùng",
          "Không tìm thấy máy chủ chứng thư số",
          "Dịch vụ chứng thư số không tồn tại",
          "Client certificate not found",
          "CA certificate not found",
          "Không tìm thấy chứng thư số của SP",
          "User role invalid",
          "Invalid User-Agent",
          "User permission not found",
          "Không tìm thấy quyền của người dùng",
          "Request body not found user_id",
          "Không tìm thấy đường dẫn /v1/credentials/get_certificate",
          "Nhà cung cấp chứng thư không tồn tại",
          "Không tìm thấy trường user_id trong yêu cầu",
          "Không tìm thấy dịch vụ chứng thư số"}) {
        CAPTURE(message);
        for (const int code : {400, 401, 404})
            CHECK(refused(code, message) == "upstreamRefused");
    }
}

TEST_CASE("what is not there of a person, of a certificate or of the gateway is none of these") {
    for (const std::string message :
         {"Người dùng chưa đăng ký thiết bị", "User device not found", "Không tìm thấy khóa của người dùng",
          "Phone number of user not registered", "User group not found",
          "Private key of certificate not found", "Certificate store not found",
          "certificate not found in keystore", "Không tìm thấy chuỗi chứng thư",
          "getaddrinfo ENOTFOUND user-service", "getaddrinfo ENOTFOUND certificate-service",
          "no such index [user_certificates]", "Target class [CertificateController] does not exist.",
          "Function get_certificate does not exist", "Collection user_certificates not found",
          "/v1/credentials/get_certificate not found", "Tham số user_id không tồn tại",
          "user_id not found in body"}) {
        CAPTURE(message);
        for (const int code : {400, 401, 404})
            CHECK(refused(code, message) == "upstreamRefused");
    }
    for (const std::string message :
         {"Trạng thái người dùng không hợp lệ", "User status is invalid", "Invalid user OTP",
          "User certificate invalid", "Chữ ký của khách hàng không hợp lệ", "HMAC invalid for user"}) {
        CAPTURE(message);
        CHECK(refused(401, message) == "upstreamRefused");
    }
    CHECK(refused(400, "Định dạng bản tin không hợp lệ") == "upstreamRefused");
    CHECK(refused(401, "Invalid username") == "upstreamAccessDenied");
    CHECK(refused(401, "SP_CREDENTIAL_INVALID: user not exist") == "personUnknown");
}

TEST_CASE("a person whom SmartCA does not know is unknown, whatever the words") {
    for (const std::string message : {"User not found",
                                      "USER_NOT_FOUND",
                                      "user does not exist",
                                      "Tài khoản không tồn tại",
                                      "Không tìm thấy thông tin thuê bao",
                                      "Thuê bao không tồn tại",
                                      "Nguoi dung khong ton tai",
                                      "Khách hàng chưa đăng ký dịch vụ",
                                      "User doesn't exist",
                                      "Số CCCD không tồn tại",
                                      "Mã số thuế chưa đăng ký",
                                      "MST không tồn tại",
                                      "CMND không tồn tại",
                                      "Hộ chiếu không tồn tại",
                                      "Mã định danh không tồn tại",
                                      "Citizen ID not found",
                                      "CCCD chưa được đăng ký SmartCA",
                                      "Thuê bao chưa đăng ký dịch vụ",
                                      "User not found in database",
                                      "User not found. transaction_id: 123",
                                      "Username does not exist",
                                      "Số giấy tờ không tồn tại",
                                      "Identity not found",
                                      "Unknown user",
                                      "Người dùng chưa đăng ký SmartCA"}) {
        CAPTURE(message);
        for (const int code : {400, 401, 404})
            CHECK(refused(code, message) == "personUnknown");
        CHECK(refused(500, message) == "upstreamFailed");
        CHECK(refused(403, message) == "upstreamRefused");
    }
    CHECK(refused(401, "user_id invalid") == "personUnknown");
    CHECK(refused(400, "user_id invalid") == "upstreamRefused");
}

TEST_CASE("a refusal of the number as it is written is known from all others") {
    const auto isOfNumber = [](int code, const std::string& message) {
        const auto meaning = refusalOf(code, {{"status_code", code}, {"message", message}});
        return !meaning && meaning.error().isOfNumber;
    };
    for (const std::string message :
         {"user_id invalid", "Invalid user_id format", "Định dạng user_id không hợp lệ",
          "Mã số thuế không đúng định dạng", "user_id must match [0-9A-Za-z]{9,13}",
          "Số định danh không hợp lệ", "Số CCCD/MST không hợp lệ", "Sai định dạng mã số thuế",
          "Độ dài mã số thuế không hợp lệ", "user_id chỉ được chứa chữ số", "user_id chứa ký tự không hợp lệ",
          "Mã số thuế phải gồm 10 hoặc 13 chữ số", "The user_id field is malformed",
          "Tham số user_id không hợp lệ"}) {
        CAPTURE(message);
        for (const int code : {400, 422}) {
            CHECK(isOfNumber(code, message));
            CHECK(refused(code, message) == "upstreamRefused");
        }
        for (const int code : {403, 404, 409, 500})
            CHECK_FALSE(isOfNumber(code, message));
    }
    for (const std::string message :
         {"Bad request", "", "Định dạng bản tin không hợp lệ", "sp_id or user_id invalid",
          "Trạng thái người dùng không hợp lệ", "Thuê bao không hợp lệ", "Thuê bao bị khoá",
          "user_id bị khoá", "user_id not found in request", "user_id token invalid",
          "Mã số thuế chưa thanh toán", "transaction_id invalid", "serial_number invalid",
          "Định dạng serial_number không hợp lệ", "Lỗi hệ thống: user_id invalid", "user_id is required",
          "Vượt quá giới hạn user_id không hợp lệ"}) {
        CAPTURE(message);
        for (const int code : {400, 422})
            CHECK_FALSE(isOfNumber(code, message));
    }
    // Of a gateway that checks before SmartCA is asked.
    const std::string gateways = R"({"message":"user_id must match ^[0-9]+$"})";
    CHECK(readCertificateAnswer(422, gateways).error().isOfNumber);
    CHECK_FALSE(readCertificateAnswer(403, gateways).error().isOfNumber);
}

TEST_CASE("a certificate that SmartCA does not have is none") {
    for (const std::string message :
         {"CREDENTIAL_NOT_EXIST", "Không tìm thấy chứng thư số", "Chung thu khong ton tai",
          "certificate not found", "No certificate", "No credentials", "Không có dữ liệu chứng thư số",
          "CTS không tồn tại", "Thuê bao chưa có CTS", "Khách hàng chưa có chữ ký số",
          "Chưa được cấp chứng thư số", "Danh sách chứng thư rỗng", "Certificate list is empty",
          "serial_number not found for user"}) {
        CAPTURE(message);
        CHECK(refused(400, message) == "none");
    }
    CHECK(refused(60000, "CREDENTIAL_NOT_EXIST") == "none");
    CHECK(refused(60002, "") == "none");
    CHECK(wordOf(refusalOf(401, {{"message", "Unauthorized"}, {"error_description", "user not exist"}})) ==
          "personUnknown");
}

TEST_CASE("a code of none beside words of none is none, and so is 404 beside words of no data") {
    for (const std::string message : {"Không có kết quả", "NO_RESULT", "Không tìm thấy", "Not found"}) {
        CAPTURE(message);
        CHECK(refused(60000, message) == "none");
        CHECK(refused(60002, message) == "none");
        CHECK(refused(400, message) == "upstreamRefused");
    }
    for (const std::string message :
         {"Không có dữ liệu", "NO_DATA", "Data not found", "Không có kết quả", "No records found"}) {
        CAPTURE(message);
        CHECK(refused(404, message) == "none");
        CHECK(refused(403, message) == "upstreamRefused");
    }
    CHECK(refused(404, "Database not found") == "upstreamRefused");
    CHECK(refused(404, "Lỗi lấy dữ liệu: không có kết quả") == "upstreamRefused");
    for (const std::string message : {"Không có dữ liệu đang hoạt động", "Không có dữ liệu cấu hình",
                                      "Không có quyền xem dữ liệu", "Thuê bao bị khoá"}) {
        CAPTURE(message);
        for (const int code : {404, 60000, 60002})
            CHECK(refused(code, message) == "upstreamRefused");
    }
}

TEST_CASE("none of some kind is not none: SmartCA's words are told") {
    for (const std::string message :
         {"Khách hàng chưa có chứng thư số đang hoạt động", "Không tìm thấy chứng thư số còn hiệu lực",
          "No active certificate", "User not registered for this SP"}) {
        CAPTURE(message);
        CHECK(refused(400, message) == "upstreamRefused");
    }
}

TEST_CASE("busy, closed and broken are each told as itself") {
    CHECK(refused(429, "Too many requests") == "upstreamBusy");
    CHECK(refused(400, "Rate limit exceeded") == "upstreamBusy");
    CHECK(refused(400, "Hệ thống quá tải") == "upstreamBusy");
    CHECK(refused(503, "") == "upstreamMaintenance");
    CHECK(refused(500, "Hệ thống đang bảo trì") == "upstreamMaintenance");
    CHECK(refused(500, "SERVAR_INTERNAL_ERROR") == "upstreamFailed");
    CHECK(refused(50000, "SERVAR_INTERNAL_ERROR") == "upstreamFailed");
    CHECK(refused(400, "Lỗi hệ thống") == "upstreamFailed");
    CHECK(refused(504, "timeout") == "upstreamFailed");
}

TEST_CASE("any other refusal keeps SmartCA's words") {
    CHECK(refused(403, "CREDENTIAL_STATUS_INVALID") == "upstreamRefused");
    CHECK(refused(401, "Unauthorized") == "upstreamRefused");
    CHECK(refused(401, "") == "upstreamRefused");
    CHECK(refused(404, "Not found") == "upstreamRefused");
    const auto read = readCertificateAnswer(
        200, Json{{"status_code", 403}, {"message", "Bị\r\nkhóa\x1B" + std::string(1000, 'x')}}.dump());
    CHECK(read.error().message.starts_with("Bị khóax"));
    CHECK(read.error().message.size() < 210);
    CHECK(read.error().detail == "SmartCA answered status_code 403");
}

TEST_CASE("an HTTP error of what stands before SmartCA is told by its status") {
    const std::string page = "<html><h1>Something</h1></html>";
    for (const int status : {401, 403, 407, 413, 451})
        CHECK(httpAnswered(status, page) == "upstreamBlocked");
    CHECK(httpAnswered(429, page) == "upstreamBusy");
    CHECK(httpAnswered(503, page) == "upstreamMaintenance");
    for (const int status : {500, 502, 504, 520})
        CHECK(httpAnswered(status, page) == "upstreamFailed");
    for (const int status : {200, 301, 302, 400, 404, 405})
        CHECK(httpAnswered(status, page) == "upstreamNonsense");
    CHECK(httpAnswered(200, "<html>Hệ thống đang bảo trì</html>") == "upstreamMaintenance");
    CHECK(httpAnswered(503, "") == "upstreamMaintenance");
    CHECK(readCertificateAnswer(403, page).error().detail.starts_with("HTTP 403: the body is no JSON"));
}

TEST_CASE("the title of a page tells an operator what has answered, without our password") {
    const auto detailOf = [](const std::string& page) {
        return readCertificateAnswer(403, page, "the secret").error().detail;
    };
    CHECK(detailOf("<HTML><head><TITLE lang=en>\n Request  Rejected </TITLE>")
              .starts_with("HTTP 403, \"Request Rejected\": the body is no JSON"));
    CHECK(detailOf("<title>user the secret</title>").starts_with("HTTP 403, \"user ***\""));
    for (const char* page : {"<title>never ends", "</title>", "<title></title>", "title>a</title>", ""})
        CHECK(detailOf(page).starts_with("HTTP 403: the body is no JSON"));
}

TEST_CASE("JSON of an API gateway is told by status and words, and never as none") {
    CHECK(httpAnswered(401,
                       R"({"error":"invalid_client","error_description":"Client authentication failed"})") ==
          "upstreamBlocked");
    CHECK(httpAnswered(401, R"({"error":"invalid_client"})") == "upstreamCredentials");
    CHECK(httpAnswered(400, R"({"title":"One or more validation errors occurred."})") == "upstreamRefused");
    for (const int status : {401, 403, 407, 413, 451})
        CHECK(httpAnswered(status, R"({"message":"Forbidden"})") == "upstreamBlocked");
    CHECK(httpAnswered(405, R"({"message":"Method Not Allowed"})") == "upstreamNonsense");
    CHECK(httpAnswered(429, R"({"message":"API rate limit exceeded"})") == "upstreamBusy");
    CHECK(httpAnswered(404, R"({"message":"no Route matched with those values"})") == "upstreamNonsense");
    CHECK(httpAnswered(400, R"({"message":"User not found"})") == "upstreamRefused");
    CHECK(httpAnswered(500, R"({"timestamp":1,"status":500,"error":"Internal Server Error"})") ==
          "upstreamFailed");
    CHECK(httpAnswered(200, R"({"message":"User not found"})") == "upstreamNonsense");
    CHECK(httpAnswered(200, R"({"message":"Hệ thống đang bảo trì"})") == "upstreamMaintenance");
    CHECK(httpAnswered(503, "[]") == "upstreamMaintenance");
}

TEST_CASE("a refusal without words is told with its number") {
    for (const Json& envelope : {Json{{"status_code", 400}}, Json{{"status_code", 400}, {"message", ""}},
                                 Json{{"status_code", 400}, {"message", nullptr}}})
        CHECK(refusalOf(400, envelope).error().message == "status_code 400");
    CHECK(refusalOf(400, {{"message", 60003}}).error().message == "60003");
    CHECK(refusalOf(400, {{"message", "Bad request"}}).error().message == "Bad request");
}
