// One item of SmartCA's `user_certificates`: the certificate in it, held against the text beside it.
//
// Pure; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "proxy/upstream/smartca_client.h"
#include "shared/identity.h"

namespace smartca::upstream {

struct CertificateItem {
    SmartCaCertificate certificate;
    std::vector<std::string> remarks;  // for our log: what is odd about it
};

// What the certificate says of itself counts; where the text beside it says otherwise, or the certificate is
// irregular, that is remarked. Dates less than a day apart say the same, since texts leave out zones and hours.
// A subject whose octets are no text is the text's. A UID of the kind that was `asked` about, and of that number
// none, is remarked, too. The error says why there is no certificate to be had.
Result<CertificateItem, std::string> readCertificateItem(const nlohmann::json& item,
                                                         const Identity& asked = {});

// Whether the item has anything where a certificate would be: such an item that cannot be read is not what we
// think it is, unless it tells a certificate's status; one without is a certificate that SmartCA does not hand out.
bool hasCertificateData(const nlohmann::json& item);

// What the text beside a certificate says. Nothing where it names no certificate at all.
std::optional<UnreadableItem> namedBeside(const nlohmann::json& item);

}  // namespace smartca::upstream
