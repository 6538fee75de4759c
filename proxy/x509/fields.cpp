#include "proxy/x509/fields.h"

#include <ctime>

#include "proxy/x509/handles.h"
#include "shared/serial.h"

namespace smartca::x509 {

std::optional<std::string> serialOf(const ASN1_INTEGER* number) {
    const BigNumber value(ASN1_INTEGER_to_BN(number, nullptr));
    if (!value || BN_is_negative(value.get()) != 0) return std::nullopt;
    const OpenSslMemory<char> hexadecimal(BN_bn2hex(value.get()));
    if (!hexadecimal) return std::nullopt;
    const auto serial = parseSerial(hexadecimal.get());
    if (!serial || serial.value().hexadecimal.empty()) return std::nullopt;
    return serial.value().hexadecimal;
}

std::optional<Instant> instantOf(const ASN1_TIME* time) {
    std::tm broken{};
    if (ASN1_TIME_to_tm(time, &broken) != 1) return std::nullopt;
    return ::timegm(&broken);
}

}  // namespace smartca::x509
