#include "proxy/upstream/certificate_item.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "proxy/base/unicode.h"
#include "proxy/x509/summary.h"
#include "shared/serial.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;

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

}  // namespace smartca::upstream
