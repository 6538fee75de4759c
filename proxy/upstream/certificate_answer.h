// Reads what SmartCA answers to get_certificate (SP769 v1). The answer is treated as hostile: bounded,
// checked, and what is not understood is an error value, never an exception.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/upstream/smartca_client.h"
#include "shared/identity.h"

namespace smartca::upstream {

struct CertificateAnswer : SmartCaAnswer {
    std::size_t listed = 0;  // items of the list, also those that cannot be read or stand there twice
    std::vector<std::string> notes{};  // for our log: what is odd, what was left out, and why
};

// Accepts what gateways are seen to do: `status_code` as a number or a numeric string; 200, or 0 with data,
// as success; an envelope with any HTTP status; the envelope wrapped in `responseBody`, as an object or as
// text; a BOM; the list in `data`, as `data` or beside it; one object in place of the list; optional keys that
// are missing. Without a list, there are none only where there is nothing else either, and where
// its words do not say otherwise (refusal.h).
//
// An item without a certificate that names one, or with one that cannot be read and its status, is unreadable:
// SmartCA has it. Where no certificate can be read and no item is of that kind, the answer is not understood
// (UpstreamNonsense). A certificate that stands there twice is one, of the worse status. `password` is ours, and
// is in nothing that comes out; `asked` is the number that the certificates are to be of.
base::Outcome<CertificateAnswer> readCertificateAnswer(int httpStatus, std::string_view body,
                                                       std::string_view password = {},
                                                       const Identity& asked = {});

}  // namespace smartca::upstream
