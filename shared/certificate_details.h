// GET certificates/{id}/details as a value: what one certificate of the list says of itself (RFC 5280), what
// SmartCA says of its status now, and whether its signatures lead to an authority that the operator trusts.
// Whether that authority has revoked it is not looked up, and the answer says so.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api.h"
#include "shared/message.h"

namespace smartca {

// RFC 5280 §4.2.1.3, in the order of its bits.
enum class KeyUsage : std::uint8_t {
    DigitalSignature,
    NonRepudiation,
    KeyEncipherment,
    DataEncipherment,
    KeyAgreement,
    CertificateSigning,
    CrlSigning,
    EncipherOnly,
    DecipherOnly,
    Count,
};
std::string_view nameOf(KeyUsage usage);  // "digitalSignature"
Message labelOf(KeyUsage usage);

// A distinguished name. Texts are UTF-8 in NFC; a character that shows nothing or turns the reading direction
// stands as U+FFFD, and what is too long to show ends in "…".
struct NamePart {
    std::string type{};  // "CN", "O", "UID", else the number of the attribute ("2.5.4.97")
    std::string value{};
};
struct CertificateName {
    std::string text{};             // RFC 4514
    std::vector<NamePart> parts{};  // in the order of the encoding
};
// "Common name" for "CN"; None where the type is its own label.
Message labelOfNameType(std::string_view type);

struct PublicKey {
    std::string algorithm{};  // "RSA", "EC", "ED25519", else the number of the algorithm
    int bits = 0;             // 0: not known
    std::string curve{};      // "P-256"; empty where there is none
};

struct CertificateContent {
    CertificateName subject{};
    CertificateName issuer{};
    std::string serial{};  // canonical
    Instant validFrom = 0;
    Instant validTo = 0;
    PublicKey publicKey{};
    std::string signatureAlgorithm{};  // "RSA-SHA256"
    std::vector<KeyUsage> keyUsage{};  // empty: not limited
    // "clientAuth", else the number of the purpose; empty: not limited
    std::vector<std::string> extendedKeyUsage{};
    std::string fingerprint{};  // SHA-256 of the certificate, 64 hexadecimal digits
    std::vector<std::string> ocsp{};
    std::vector<std::string> caIssuers{};
    std::vector<std::string> crl{};
};
// "Client authentication" for "clientAuth"; None where there is no better word than the purpose's own.
Message labelOfPurpose(std::string_view purpose);

enum class CertificateSource : std::uint8_t {
    Kept,        // the registry has the certificate itself
    Asked,       // the registry does not, and SmartCA gave it just now
    NotKept,     // only what is listed of it: the registry does not have it, and SmartCA no longer does
    NotReached,  // likewise, and SmartCA gave no answer that can be used: another time may tell more
    Unreadable,  // it is at hand and cannot be read
    Count,
};

// What building the chain to a trusted authority came to (RFC 5280 §6), as the first thing that is wrong.
enum class ChainVerdict : std::uint8_t {
    Verified,
    NotConfigured,   // the operator has named no authorities
    NotKept,         // there is no certificate to verify
    Expired,         // everything else is right
    NotYetValid,     // likewise
    IssuerUnknown,   // the chain ends before a trusted authority
    SelfSigned,      // its own issuer, and not trusted
    IssuerNotValid,  // an issuer's certificate has expired or is not valid yet
    SignatureWrong,  // the certificate has been changed, or another key has signed it
    Weak,            // a key or a digest that is too short to be trusted
    RuleBroken,      // a critical extension that is not understood, an issuer that may not issue, ...
    NotChecked,      // it can be read, but is not written so that the check takes it
    Count,
};
std::string_view nameOf(ChainVerdict verdict);  // "verified"

struct CertificateChain {
    ChainVerdict verdict = ChainVerdict::NotConfigured;
    std::vector<std::string> path{};  // the names from the certificate upwards, as far as they were found
    std::string missingIssuer{};      // with IssuerUnknown: the issuer of the last of them
};
// The sentence for a person; its arguments are taken from the chain.
std::string sentenceOf(const CertificateChain& chain, Locale locale);

// Where the status of the certificate in the details comes from. With NotReached and NotTold it is the one that
// was kept, with the time at which SmartCA said it, or the dates decide.
enum class StatusSource : std::uint8_t {
    Asked,       // SmartCA, now
    NotReached,  // SmartCA gave no answer that can be used: another time may tell more
    Gone,        // SmartCA no longer has it under this number: unknown, unless it was revoked or has expired
    NotTold,     // there is no number to ask for, or SmartCA tells no status of it
    Count,
};

struct CertificateDetails {
    Certificate certificate{};  // as it stands on the list
    StatusSource statusSource = StatusSource::NotTold;
    CertificateSource source = CertificateSource::NotKept;
    std::optional<CertificateContent> content{};  // with Kept and Asked alone
    CertificateChain chain{};
};

nlohmann::json toJson(const CertificateDetails&);
Parsed<CertificateDetails> parseCertificateDetails(const nlohmann::json&);

}  // namespace smartca
