#include "web/view/row_words.h"

#include <algorithm>

#include "shared/serial.h"

namespace smartca::view {

std::string serialIn(SerialForm form, const RowWords& words) {
    return form == SerialForm::Whole ? words.serial : shortened(Serial{words.serial});
}

RowWords wordsOf(const PageArea& area, const Certificate& certificate) {
    const Painter& painter = area.painter;
    RowWords words;
    words.name = certificate.name;
    const auto isNamesake = [&](const Certificate& other) {
        return other.userName == certificate.userName && other.userId != certificate.userId;
    };
    const bool named = std::ranges::none_of(area.list().certificates.value.items, isNamesake);
    words.user = named ? certificate.userName : app::userWords(certificate);
    words.identity = certificate.identity;
    words.serial = certificate.serial;
    words.type = painter.say(certificate.type == CertificateType::Business ? Message::TypeBusiness
                                                                           : Message::TypeSmartCa);
    words.validity = dayText(certificate.validFrom) + " – " + dayText(certificate.validTo);
    if (std::ranges::find(area.list().added, certificate.id, &Certificate::id) != area.list().added.end())
        words.badges.emplace_back(painter.say(Message::NewBadge));
    if (certificate.isDefault) words.badges.emplace_back(painter.say(Message::DefaultBadge));
    words.status = statusWords(painter, certificate.status, certificate.statusText, certificate.validFrom,
                               certificate.validTo, area.state.now);
    // Whose word it is, where it is not SmartCA's; what the dates say is nobody's.
    const bool told = words.status.tone == Tone::Ok || !joinsAll(certificate.status);
    if (told && certificate.statusAsked == 0 && !certificate.statusText.empty())
        words.status.words += " · eContract";
    return words;
}

float badgesWidth(const Painter& painter, const RowWords& row) {
    float width = 0;
    for (const std::string& words : row.badges)
        width += 8 + badgeWidth(painter, words);
    return row.badges.empty() ? 0 : width + 2;
}

}  // namespace smartca::view
