// A dialog with what was found under a number, for what is ticked of it and what Create asks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "script.h"
#include "web/app/picks.h"

namespace smartca::app {

using Serials = std::vector<std::string>;

inline RegisteredCertificate found(std::string serial, CertificateStatus status,
                                   std::string name = "Nguyễn Văn A") {
    RegisteredCertificate certificate = registered(std::move(serial));
    certificate.commonName = name;
    certificate.subject = "CN=" + name;
    certificate.status = status;
    return certificate;
}
inline RegisteredCertificate onList(RegisteredCertificate certificate) {
    certificate.onList = true;
    return certificate;
}
inline std::vector<RegisteredCertificate> several() {
    return {found("aa01", CertificateStatus::Expired), found("aa02", CertificateStatus::Active),
            found("aa03", CertificateStatus::Active, "Trần Quốc Bảo"),
            found("aa04", CertificateStatus::Revoked), found("aa05", CertificateStatus::Active)};
}
// The dialog for "Nguyễn Văn A" with these found under the number.
inline void look(Script& script, std::vector<RegisteredCertificate> certificates,
                 std::vector<UnreadableCertificate> unreadable = {}) {
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    script.answer(
        "lookups", 200,
        bodyOf(LookupAnswer{std::string(kIdentity), std::move(certificates), std::move(unreadable)}));
}
inline std::string foot(const Script& script) {
    return prospectWords(Locale::English, *script.state.dialog);
}
inline bool sends(Script& script) {
    return script.dialog().busy();
}

}  // namespace smartca::app
