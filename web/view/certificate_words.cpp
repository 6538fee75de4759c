#include "web/view/certificate_words.h"

#include <algorithm>

#include "shared/serial.h"

namespace smartca::view {

std::string tellingApart(const Painter& painter, const Certificate& certificate) {
    return painter.say(Message::CertificateTold, {{"serial", shortened(Serial{certificate.serial})},
                                                  {"day", dateInVietnam(certificate.validTo)}});
}

std::string actionsName(const Painter& painter, std::span<const Certificate> rows, std::size_t row) {
    const Certificate& certificate = rows[row];
    std::string name = certificate.name;
    bool sameName = false, sameSerial = false;
    for (const Certificate& other : rows) {
        if (&other == &certificate || other.name != name) continue;
        sameName = true;
        sameSerial |= other.serial == certificate.serial;
    }
    if (sameName) name.append(" · ").append(shortened(Serial{certificate.serial}));
    if (sameSerial) name.append(" · ").append(certificate.userName);
    return painter.say(Message::RowActions, {{"name", name}});
}

}  // namespace smartca::view
