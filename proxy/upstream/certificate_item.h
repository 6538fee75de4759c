// One item of `user_certificates` in SmartCA's answer.
//
// Pure; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "proxy/upstream/smartca_client.h"

namespace smartca::upstream {

// The serial number and the common name come from the certificate itself. Subject and validity are the
// wire's, where they are there and readable, else the certificate's. The error says why the item cannot be
// used: it has no readable certificate, or the wire's serial number is another one than the certificate's.
Result<SmartCaCertificate, std::string> readCertificateItem(const nlohmann::json& item);

// Whether the certificate may be used, by SmartCA's code where there is one ("VALID"), else by its words
// ("Đang hoạt động", "ACTIVE"), else true.
bool isActive(const std::string& statusCode, const std::string& statusText);

}  // namespace smartca::upstream
