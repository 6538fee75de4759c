// What is said of a certificate in a few words: its status, marks such as "Default", and what tells it from
// another of the same name.
#pragma once

#include <span>
#include <string>

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
StatusWords statusWords(const Painter& painter, CertificateStatus status, std::string_view said,
                        Instant validFrom, Instant validTo, Instant now);

// A disc of 20 pixels with the tone's sign.
void toneSign(Painter& painter, Tone tone, Point centre);

// "31/12/2026", or "?" where the portal does not tell (0).
std::string dayText(Instant day);

// "0:14", "61:05"
std::string durationText(Instant seconds);

constexpr float kPillHeight = 22;
float pillWidth(const Painter& painter, std::string_view words);
void pill(Painter& painter, std::uint32_t id, Point at, const StatusWords& status);

float badgeWidth(const Painter& painter, std::string_view words);
void badge(Painter& painter, std::uint32_t id, Point at, std::string_view words);

// The name of the button for what can be done with rows[row], as short as tells it from the other rows':
// assistive technology lists buttons without the rows that they stand in.
std::string actionsName(const Painter& painter, std::span<const Certificate> rows, std::size_t row);

}  // namespace smartca::view
