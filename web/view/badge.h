// Small coloured marks: the status of a certificate, "Default", what a finding says.
#pragma once

#include "shared/api.h"
#include "web/view/painter.h"

namespace smartca::view {

enum class Tone : std::uint8_t { Ok, Warn, Error, Neutral };
ColorToken colorOf(Tone tone);
ColorToken softColorOf(Tone tone);

// What a status says at that time; up to 30 days before its end a certificate says how many are left.
struct StatusWords {
    std::string words;
    Tone tone;
};
StatusWords statusWords(const Painter& painter, CertificateStatus status, Instant validTo, Instant now);

constexpr float kPillHeight = 22;
float pillWidth(const Painter& painter, std::string_view words);
void pill(Painter& painter, std::uint32_t id, Point at, const StatusWords& status);

float badgeWidth(const Painter& painter, std::string_view words);
void badge(Painter& painter, std::uint32_t id, Point at, std::string_view words);

}  // namespace smartca::view
