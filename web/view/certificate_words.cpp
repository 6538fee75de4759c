#include "web/view/certificate_words.h"

#include <cmath>

#include "shared/serial.h"
#include "web/view/icons.h"

namespace smartca::view {

namespace {
constexpr std::int64_t kDaysToWarn = 30;
}

ColorToken colorOf(Tone tone) {
    switch (tone) {
        case Tone::Ok:
            return ColorToken::Ok;
        case Tone::Warn:
            return ColorToken::Warn;
        case Tone::Error:
            return ColorToken::Error;
        case Tone::Neutral:
            break;
    }
    return ColorToken::Muted;
}

ColorToken softColorOf(Tone tone) {
    switch (tone) {
        case Tone::Ok:
            return ColorToken::OkSoft;
        case Tone::Warn:
            return ColorToken::WarnSoft;
        case Tone::Error:
            return ColorToken::ErrorSoft;
        case Tone::Neutral:
            break;
    }
    return ColorToken::Sunken;
}

StatusWords statusWords(const Painter& painter, CertificateStatus status, std::string_view said,
                        Instant validFrom, Instant validTo, Instant now) {
    // A page that stays open sees certificates begin and end.
    if (status == CertificateStatus::NotYetValid && validFrom != 0 && now >= validFrom)
        status = CertificateStatus::Active;
    if (validTo != 0) status = statusWith(status, now, 0, validTo);
    switch (status) {
        case CertificateStatus::Expired:
        case CertificateStatus::Revoked:
            return {std::string(painter.say(labelOf(status))), Tone::Error};
        case CertificateStatus::Suspended:
        case CertificateStatus::Unknown:
            return {std::string(painter.say(labelOf(status))), Tone::Warn};
        case CertificateStatus::NotYetValid:
        case CertificateStatus::Pending:
            return {std::string(painter.say(labelOf(status))), Tone::Neutral};
        case CertificateStatus::Active:
            break;
    }
    const std::int64_t days = daysUntil(now, validTo);
    if (validTo != 0 && now != 0 && days == 0)
        return {std::string(painter.say(Message::StatusEndsToday)), Tone::Warn};
    if (validTo != 0 && now != 0 && days > 0 && days <= kDaysToWarn)
        return {painter.count(days, Message::StatusDaysLeftOne, Message::StatusDaysLeftOther), Tone::Warn};
    return {std::string(painter.say(labelOf(status, said))), said.empty() ? Tone::Neutral : Tone::Ok};
}

void toneSign(Painter& painter, Tone tone, Point centre) {
    const Ink ink = painter.ink(colorOf(tone)), ground = painter.ink(softColorOf(tone));
    if (tone == Tone::Warn || tone == Tone::Error)
        return icon::exclamation(painter.brush(), centre, 10, ink, ground);
    painter.brush().disc(centre, 10, ink);
    if (tone == Tone::Ok)
        icon::check(painter.brush(), centre, 9, ground, 1.6f);
    else
        icon::information(painter.brush(), centre, ground);
}

std::string dayText(Instant day) {
    return day == 0 ? "?" : dateInVietnam(day);
}

std::string durationText(Instant seconds) {
    const std::string rest = std::to_string(seconds % 60);
    return std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

float pillWidth(const Painter& painter, std::string_view words) {
    return std::round(painter.type().width(TextFace::HelpStrong, words)) + 32;
}

void pill(Painter& painter, std::uint32_t id, Point at, const StatusWords& status) {
    const Rectangle box = {at.x, at.y, pillWidth(painter, status.words), kPillHeight};
    painter.brush().fill(box, kPillHeight / 2, painter.ink(softColorOf(status.tone)));
    if (status.tone == Tone::Neutral)
        painter.brush().frame(box, kPillHeight / 2, painter.ink(ColorToken::Line));
    painter.brush().disc({box.x + 13, middle(box)}, 3, painter.ink(colorOf(status.tone)));
    painter.text(id, {box.x + 22, box.y + 3, box.width - 22, 16}, status.words,
                 {.face = TextFace::HelpStrong, .color = colorOf(status.tone)});
}

float badgeWidth(const Painter& painter, std::string_view words) {
    return std::round(painter.type().width(TextFace::HelpStrong, words)) + 20;
}

void badge(Painter& painter, std::uint32_t id, Point at, std::string_view words) {
    const Rectangle box = {at.x, at.y, badgeWidth(painter, words), kPillHeight};
    painter.brush().fill(box, kPillHeight / 2, painter.ink(ColorToken::AccentSoft));
    painter.text(id, {box.x + 10, box.y + 3, box.width - 10, 16}, words,
                 {.face = TextFace::HelpStrong, .color = ColorToken::Accent});
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
