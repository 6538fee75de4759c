#include "proxy/upstream/certificate_answer.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/redaction.h"
#include "proxy/x509/certificate.h"
#include "shared/json_guard.h"
#include "shared/serial.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;

constexpr JsonLimits kLimits{.depth = 12, .values = 10'000};
constexpr std::size_t kLongestMessage = 200;
constexpr int kDeepestWrapping = 3;
constexpr std::size_t kLongestText = 1000;

// The text under that key, cleaned; empty where it is missing or something else.
std::string textAt(const Json& item, const char* key) {
    const auto found = item.find(key);
    if (found == item.end() || !found->is_string()) return {};
    return base::cleaned(found->get_ref<const std::string&>(), kLongestText);
}

// Base64 as upstreams write it: with line breaks now and then.
bool derOf(const Json& item, std::string& der) {
    const auto found = item.find("cert_data");
    if (found == item.end() || !found->is_string()) return false;
    std::string text = found->get<std::string>();
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; });
    return decodeBase64(text, der) && !der.empty();
}

base::Fault nonsense(std::string detail) {
    return {ProblemCode::UpstreamNonsense, {}, std::move(detail)};
}

// The answer without the `responseBody` that some gateways put around it.
Result<Json, JsonError> unwrapped(std::string_view body) {
    auto answer = parseJson(body, kLimits);
    for (int i = 0; i < kDeepestWrapping && answer && answer.value().is_object(); ++i) {
        const auto inner = answer.value().find("responseBody");
        if (inner == answer.value().end()) break;
        if (inner->is_string()) {
            const std::string text = inner->get<std::string>();
            answer = parseJson(text, kLimits);
        } else {
            Json content = std::move(*inner);
            answer = Result<Json, JsonError>(std::move(content));
        }
    }
    return answer;
}

// A number, or digits.
std::optional<std::int64_t> codeOf(const Json& value) {
    constexpr std::int64_t kLargest = 99'999;
    if (value.is_string()) return base::wholeNumberOf(value.get_ref<const std::string&>(), 0, kLargest);
    if (!value.is_number_integer()) return std::nullopt;
    const auto code = value.get<std::int64_t>();
    return code >= 0 && code <= kLargest ? std::optional(code) : std::nullopt;
}

template <std::size_t N>
bool holdsAny(const std::string& text, const std::array<std::string_view, N>& parts) {
    return std::ranges::any_of(parts,
                               [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

// SP769's code 401 stands for a wrong SP account as well as for an unknown subscriber; only the message tells
// which.
bool namesSpAccount(const std::string& words) {
    constexpr std::array<std::string_view, 4> kAccount = {"sp_id", "sp_password", "sp id", "sp password"};
    return holdsAny(words, kAccount);
}

bool namesSubscriber(const std::string& words) {
    constexpr std::array<std::string_view, 7> kSubscriber = {
        "user", "subscriber", "certificate", "thue bao", "nguoi dung", "khach hang", "chung thu"};
    return holdsAny(words, kSubscriber);
}

bool saysThereIsNone(std::int64_t code, const std::string& words) {
    constexpr std::array<std::string_view, 7> kNone = {"not found",      "not exist",     "no certificate",
                                                       "not registered", "khong ton tai", "khong tim thay",
                                                       "chua dang ky"};
    constexpr std::array<std::string_view, 3> kInvalid = {"invalid", "not valid", "khong hop le"};
    if (!namesSubscriber(words) || namesSpAccount(words)) return false;
    // "user_id invalid" is an unknown subscriber under 401, but a malformed request under 400.
    if (code == 401) return holdsAny(words, kNone) || holdsAny(words, kInvalid);
    return (code == 400 || code == 404) && holdsAny(words, kNone);
}

base::Outcome<CertificateAnswer> refusalOf(std::int64_t code, const std::string& message) {
    const std::string words = base::comparableWithoutAccents(message);
    if (saysThereIsNone(code, words)) return CertificateAnswer{};
    const bool credentials = code == 401 && namesSpAccount(words);
    return base::Fault{credentials ? ProblemCode::UpstreamCredentials : ProblemCode::UpstreamRefused, message,
                       "SmartCA answered status_code " + std::to_string(code)};
}

// `data` of a success. Null, or without a list: the identity has none.
base::Outcome<CertificateAnswer> certificatesIn(const Json& data) {
    CertificateAnswer answer;
    if (data.is_null()) return answer;
    if (!data.is_object()) return nonsense("data is no object");
    const auto list = data.find("user_certificates");
    if (list == data.end() || list->is_null()) return answer;
    if (!list->is_array()) return nonsense("user_certificates is no list");
    // Serial numbers are unique for one issuer alone (RFC 5280 4.1.2.2).
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto certificate = readCertificateItem((*list)[i]);
        const bool again =
            certificate && !seen.emplace(certificate.value().issuer, certificate.value().serial).second;
        if (certificate && !again) {
            answer.certificates.push_back(std::move(certificate).value());
        } else {
            answer.notes.push_back("certificate " + std::to_string(i + 1) + " of " +
                                   std::to_string(list->size()) +
                                   " left out: " + (again ? "it stands there before" : certificate.error()));
        }
    }
    return answer;
}

}  // namespace

bool isActive(const std::string& statusCode, const std::string& statusText) {
    if (!statusCode.empty()) {
        const std::string code = base::comparable(statusCode);
        return code == "valid" || code == "active";
    }
    if (statusText.empty()) return true;
    const std::string text = base::comparable(statusText);
    const auto holds = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    if (holds(base::comparable("đang hoạt động"))) return true;
    return (holds("active") || holds("valid")) && !holds("inactive") && !holds("deactive") &&
           !holds("not ") && !holds("invalid");
}

Result<SmartCaCertificate, std::string> readCertificateItem(const Json& item) {
    if (!item.is_object()) return std::string("it is no object");
    SmartCaCertificate certificate;
    if (!derOf(item, certificate.der)) return std::string("cert_data is missing or no base64");
    const auto details = x509::readSummary(certificate.der);
    if (!details) return std::string("cert_data is no X.509 certificate");
    const std::string serial = textAt(item, "serial_number");
    if (!serial.empty() && !sameSerial(serial, details->serial)) {
        return std::string("serial_number is not the certificate's");
    }

    certificate.serial = details->serial;
    certificate.commonName = base::cleaned(details->commonName, kLongestText);
    certificate.subject = textAt(item, "cert_subject");
    if (certificate.subject.empty()) certificate.subject = base::cleaned(details->subject, kLongestText);
    certificate.issuer = base::cleaned(details->issuer, kLongestText);
    certificate.serviceType = textAt(item, "service_type");
    certificate.serviceName = textAt(item, "service_name");
    certificate.statusText = textAt(item, "cert_status");
    certificate.active = isActive(textAt(item, "cert_status_code"), certificate.statusText);
    certificate.validFrom = parseInstant(textAt(item, "cert_valid_from")).value_or(details->validFrom);
    certificate.validTo = parseInstant(textAt(item, "cert_valid_to")).value_or(details->validTo);
    return certificate;
}

base::Outcome<CertificateAnswer> readCertificateAnswer(int httpStatus, std::string_view body,
                                                       std::string_view password) {
    const std::string http = "HTTP " + std::to_string(httpStatus) + ": ";
    auto answer = unwrapped(body);
    if (!answer) return nonsense(http + "the body is no JSON that we take: " + nameOf(answer.error()));
    redact(answer.value(), {password});
    const Json& envelope = answer.value();
    if (!envelope.is_object()) return nonsense(http + "the answer is no object");
    const auto codeAt = envelope.find("status_code");
    const auto code = codeAt == envelope.end() ? std::nullopt : codeOf(*codeAt);
    if (!code) return nonsense(http + "no status_code");

    const auto data = envelope.find("data");
    const bool hasData = data != envelope.end() && !data->is_null();
    if (*code == 200 || (*code == 0 && hasData)) {
        if (httpStatus != 200) return nonsense(http + "yet status_code says success");
        return certificatesIn(hasData ? *data : Json());
    }
    if (*code == 0) return nonsense(http + "status_code 0 without data");
    const auto message = envelope.find("message");
    const bool hasMessage = message != envelope.end() && message->is_string();
    return refusalOf(
        *code, hasMessage ? base::cleaned(message->get_ref<const std::string&>(), kLongestMessage) : "");
}

}  // namespace smartca::upstream
