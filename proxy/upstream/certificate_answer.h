// Reads what SmartCA answers to get_certificate (SP769 v1). The answer is treated as hostile: bounded,
// checked, and what is not understood is an error value, never an exception.
//
// Pure; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/upstream/smartca_client.h"

namespace smartca::upstream {

struct CertificateAnswer {
    std::vector<SmartCaCertificate> certificates;
    std::vector<std::string> notes;  // for our log: items left out, and why
};

// Accepts what gateways are seen to do: `status_code` as a number or a numeric string; 200, or 0 with data,
// as success; an envelope with any HTTP status; the envelope wrapped in `responseBody`, as an object or as
// text; optional keys that are missing. "No such subscriber" is an empty list. `password` is ours, and is in
// nothing that comes out.
base::Outcome<CertificateAnswer> readCertificateAnswer(int httpStatus, std::string_view body,
                                                       std::string_view password = {});

// One item of `user_certificates`.
// The serial number and the common name come from the certificate itself. Subject and validity are the
// wire's, where they are there and readable, else the certificate's. The error says why the item cannot be
// used: it has no readable certificate, or the wire's serial number is another one than the certificate's.
Result<SmartCaCertificate, std::string> readCertificateItem(const nlohmann::json& item);

// Whether the certificate may be used, by SmartCA's code where there is one ("VALID"), else by its words
// ("Đang hoạt động", "ACTIVE"), else true.
bool isActive(const std::string& statusCode, const std::string& statusText);

}  // namespace smartca::upstream
