// Who is registered at the sandbox: the demo identities, from assets/demo/identities.json (compiled in) or a
// file of yours.
//
// The file is a JSON object {"identities": [ ... ]}; an identity is
//   "id"            the number as SmartCA knows it; letters, digits and '-'; a look-up finds it by exactly
//                   this text
//   "item"          how its items look on the wire: "full" (default), "coded" (with cert_status_code, as newer
//                   answers have), "short" (the integrated package's: cert_id, cert_data, chain_data,
//                   serial_number, transaction_id)
//   "wrapped"       true: cert_data has CRLF line breaks
//   "rootless"      true: chain_data.root_cert is null
//   "delay"         milliseconds that the answer takes
//   "business"      {"password", "secretKey"} of a business account; secretKey in base64, its octets are the
//                   TOTP key; with "confirmedBy": "phone", v2/signatures/sign falls back to the phone, without sad
//   "certificates"  a list, maybe empty, of
//       "service"      service_type: "SMARTCA" or "ESEAL"
//       "package"      service_name: "SMARTCA PERSONAL PRO"
//       "subject"      ["C=VN", "ST=Hà Nội", "CN=…", "UID=CCCD:…"], in the order of the encoding
//       "from", "to"   validity in days relative to the day the certificate is made
//       "status"       "active" (default; "expired" once its time is over), "revoked", "locked" or "pending"
//       "key"          "rsa" (default, 2048) or "ec" (P-256)
//       "issuer"       "intermediate" (default) or "root"
//       "serial"       in hexadecimal; otherwise it is derived from the rest
//       "repeat"       that many of it (default 1), each valid "step" days later than the one before
//       "names"        one of it for each of these names, in the place of its CN; "step" as with "repeat"
//       "wire"         laid over the item as a JSON merge patch (RFC 7396): {"cert_data": "MIIE", "cert_status": 0}
//       makes an item that cannot be read, or says what its certificate does not; null takes a key away
//
// Threads: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/issuing.h"
#include "proxy/sandbox/wire.h"
#include "shared/result.h"

namespace smartca::sandbox {

enum class ItemShape : std::uint8_t { Full, Coded, Short };
enum class CertificateStatus : std::uint8_t { Active, Expired, Revoked, Locked, Pending };
enum class Issuer : std::uint8_t { Intermediate, Root };
// What a signature of a business account waits for: its one-time code, or the phone's owner nevertheless.
enum class ConfirmedBy : std::uint8_t { Code, Phone };

struct CertificatePlan {
    std::string service;
    std::string package;
    Subject subject;
    int fromDays = 0;
    int toDays = 0;
    CertificateStatus status = CertificateStatus::Active;
    KeyKind key = KeyKind::Rsa2048;
    Issuer issuer = Issuer::Intermediate;
    std::string serial;  // canonical hexadecimal; empty: derived
    Json wire = Json::object();
};

struct BusinessAccount {
    std::string password;
    std::string totpKey;  // octets
    ConfirmedBy confirmedBy = ConfirmedBy::Code;
};

struct IdentityPlan {
    std::string id;
    ItemShape item = ItemShape::Full;
    LineBreaks lineBreaks = LineBreaks::None;
    bool rootless = false;
    std::chrono::milliseconds delay{0};
    std::optional<BusinessAccount> business;
    std::vector<CertificatePlan> certificates;  // "repeat" already spelled out
};

// The error names the identity and what is wrong with it.
Result<std::vector<IdentityPlan>, std::string> parseIdentities(std::string_view json);

// The text of assets/demo/identities.json as it was when this was built.
std::string_view demoIdentities();

}  // namespace smartca::sandbox
