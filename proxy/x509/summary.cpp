#include "proxy/x509/certificate.h"
#include "proxy/x509/fields.h"

namespace smartca::x509 {
namespace {

bool isAuthority(const CertificateBody& body) {
    const X509Extensions extensions = extensionsOf(body.extensions);
    const std::unique_ptr<BASIC_CONSTRAINTS, Free<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>> constraints(
        static_cast<BASIC_CONSTRAINTS*>(
            X509V3_get_d2i(extensions.get(), NID_basic_constraints, nullptr, nullptr)));
    return constraints && constraints->ca != 0;
}

}  // namespace

std::optional<Summary> readSummary(std::string_view der) {
    const ErrorsCleared errors;
    const auto facts = readFacts(der);
    if (!facts) return std::nullopt;
    const std::string_view octets = octetsOf(facts->certificate->body->serial);
    const bool isNegative = !octets.empty() && static_cast<unsigned char>(octets.front()) >= 0x80;
    const std::string commonName = firstOf(facts->subject, "CN");
    return Summary{.serial = facts->serial,
                   .isSerialRegular = facts->serial != "00" && !isNegative && octets.size() <= 20,
                   .commonName = commonName.empty() ? firstOf(facts->subject, "O") : commonName,
                   .subject = textOf(facts->subject),
                   .issuer = textOf(facts->issuer),
                   .validFrom = facts->validFrom,
                   .validTo = facts->validTo,
                   .size = facts->der.size(),
                   .isAuthority = isAuthority(*facts->certificate->body)};
}

}  // namespace smartca::x509
