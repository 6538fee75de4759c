// Reads what SmartCA answers to get_certificate (SP769 v1). The answer is treated as hostile: bounded,
// checked, and what is not understood is an error value, never an exception.
//
// Pure; any thread.
#pragma once

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
Result<CertificateAnswer, SmartCaError> readCertificateAnswer(int httpStatus, std::string_view body,
                                                              std::string_view password = {});

}  // namespace smartca::upstream
