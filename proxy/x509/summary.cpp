#include "proxy/x509/certificate.h"
#include "proxy/x509/fields.h"

namespace smartca::x509 {

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
                   .size = facts->der.size()};
}

}  // namespace smartca::x509
