#include "proxy/upstream/certificate_status.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using enum CertificateStatus;

// A phrase is found as whole words, folded as folded() does it.
struct Phrase {
    std::string_view words;
    CertificateStatus status;
};

// Said of what can be used, though words of other states are in them.
constexpr auto kReassuring = std::to_array<std::string_view>({
    "sap het han",
    "sap het hieu luc",
    "chua het han",
    "chua qua han",
    "khong het han",
    "chua thu hoi",
    "chua bi thu hoi",
    "khong bi thu hoi",
    "chua huy",
    "chua bi huy",
    "khong bi huy",
    "khong bi khoa",
    "chua bi khoa",
    "khong khoa",
    "mo khoa",
    "khong bi tam dung",
    "about to expire",
    "expiring soon",
    "expiring",
    "not expired",
    "not yet expired",
    "unexpired",
    "not revoked",
    "not suspended",
    "not locked",
    "unlocked",
    "unlock",
    "not disabled",
    "khoa dang hoat dong",
});

// A key pair, and what is allowed or given: no state.
constexpr auto kMeaningless =
    std::to_array<std::string_view>({"cap khoa", "chia khoa", "khoa cong khai", "cho phep"});

// clang-format off
constexpr auto kStates = std::to_array<Phrase>({
    {"thu hoi", Revoked}, {"huy", Revoked}, {"xoa", Revoked}, {"cham dut", Revoked}, {"revoked", Revoked},
    {"revoke", Revoked}, {"revocation", Revoked}, {"cancelled", Revoked}, {"canceled", Revoked},
    {"terminated", Revoked}, {"deleted", Revoked}, {"removed", Revoked}, {"destroyed", Revoked},
    {"compromised", Revoked},
    {"tam dung", Suspended}, {"tam dinh chi", Suspended}, {"tam thoi", Suspended}, {"tam treo", Suspended},
    {"bi treo", Suspended}, {"dinh chi", Suspended}, {"khoa", Suspended}, {"ngung", Suspended},
    {"da dung", Suspended}, {"bi dung", Suspended}, {"dung hoat dong", Suspended},
    {"dung su dung", Suspended}, {"dung lai", Suspended}, {"vo hieu", Suspended}, {"phong toa", Suspended},
    {"dong bang", Suspended}, {"suspended", Suspended}, {"suspend", Suspended}, {"suspension", Suspended},
    {"locked", Suspended}, {"lock", Suspended}, {"blocked", Suspended}, {"block", Suspended},
    {"frozen", Suspended}, {"paused", Suspended}, {"stopped", Suspended}, {"hold", Suspended},
    {"disabled", Suspended}, {"disable", Suspended}, {"inactivated", Suspended}, {"deactive", Suspended},
    {"deactivated", Suspended}, {"deactivate", Suspended},
    {"inactive", Unknown}, {"invalid", Unknown}, {"unavailable", Unknown}, {"unusable", Unknown},
    {"het han", Expired}, {"het thoi han", Expired}, {"het hieu luc", Expired}, {"mat hieu luc", Expired},
    {"khong con hieu luc", Expired}, {"khong con han", Expired}, {"qua han", Expired}, {"expired", Expired},
    {"expire", Expired}, {"lapsed", Expired}, {"no longer valid", Expired},
    {"cho", Pending}, {"dang xu ly", Pending}, {"khoi tao", Pending}, {"moi tao", Pending},
    {"chua kich hoat", Pending}, {"chua duoc kich hoat", Pending}, {"chua hoat dong", Pending},
    {"chua co hieu luc", Pending}, {"chua hieu luc", Pending}, {"chua cap", Pending},
    {"chua duoc cap", Pending}, {"chua duyet", Pending}, {"chua duoc duyet", Pending},
    {"chua phe duyet", Pending}, {"chua den han", Pending}, {"chua su dung", Pending}, {"pending", Pending},
    {"waiting", Pending}, {"wait", Pending}, {"awaiting", Pending}, {"processing", Pending},
    {"in progress", Pending}, {"requested", Pending}, {"submitted", Pending}, {"initialized", Pending},
    {"initial", Pending}, {"not yet", Pending}, {"not activated", Pending}, {"unactivated", Pending},
    {"draft", Pending},
});
// clang-format on

constexpr auto kActive = std::to_array<std::string_view>({
    "hoat dong",   "danghoatdong", "hoatdong",  "hieu luc", "con han",   "hop le",
    "binh thuong", "dang su dung", "dang dung", "su dung",  "kich hoat", "active",
    "actived",     "activated",    "valid",     "enabled",  "enable",    "good",
    "ok",          "normal",       "in use",    "usable",   "available", "live",
});

constexpr auto kNegations =
    std::to_array<std::string_view>({"khong", "chua", "het", "mat", "ngung", "vo", "tam", "not", "non", "no",
                                     "never", "isn t", "false", "khg", "ko"});

// Whole texts: elsewhere the same characters are something else.
// clang-format off
constexpr auto kWhole = std::to_array<Phrase>({
    {"true", Active}, {"yes", Active}, {"y", Active}, {"on", Active}, {"co", Active}, {"dung", Suspended},
    {"dong", Suspended}, {"new", Pending}, {"moi", Pending}, {"created", Pending},
});
// clang-format on

// From the best to the worst.
constexpr auto kBySeverity =
    std::to_array({Active, Unknown, NotYetValid, Pending, Expired, Suspended, Revoked});

CertificateStatus worse(CertificateStatus one, CertificateStatus other) {
    const auto severity = [](CertificateStatus status) { return std::ranges::find(kBySeverity, status); };
    return severity(one) < severity(other) ? other : one;
}

// " dang hoat dong ": without accents and case, words of ASCII letters and digits between blanks. "notActive"
// and "NOT_ACTIVE" are two words.
std::string folded(std::string_view text) {
    std::string separated;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins =
            i > 0 && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
        if (begins) separated += ' ';
        separated += text[i];
    }
    std::string words = " ";
    for (const char c : base::comparableWithoutAccents(separated)) {
        const bool belongs = isAsciiLetter(c) || isAsciiDigit(c);
        if (belongs) words += c;
        if (!belongs && words.back() != ' ') words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

std::string asWords(std::string_view phrase) {
    return ' ' + std::string(phrase) + ' ';
}

bool holds(const std::string& words, std::string_view phrase) {
    return words.find(asWords(phrase)) != std::string::npos;
}

// True where it was there.
bool take(std::string& words, std::string_view phrase) {
    const auto at = words.find(asWords(phrase));
    if (at == std::string::npos) return false;
    words.erase(at, phrase.size() + 1);
    return true;
}

CertificateStatus statusOf(std::string_view text) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (const auto number = base::wholeNumberOf(text, Limits::min(), Limits::max()))
        return *number == 1 ? Active : Unknown;
    std::string words = folded(text);
    for (const Phrase& whole : kWhole)
        if (words == asWords(whole.words)) return whole.status;
    for (const auto phrase : kMeaningless)
        take(words, phrase);
    bool active = false;
    for (const auto phrase : kReassuring)
        active = take(words, phrase) || active;
    CertificateStatus status = Active;
    bool said = false;
    for (const Phrase& state : kStates) {
        if (!holds(words, state.words)) continue;
        status = worse(status, state.status);
        said = true;
    }
    if (said) return status;
    const auto isHeld = [&](std::string_view phrase) { return holds(words, phrase); };
    const bool denied = std::ranges::any_of(kNegations, isHeld);
    if (std::ranges::any_of(kActive, isHeld)) return denied ? Unknown : Active;
    return active ? Active : Unknown;
}

}  // namespace

CertificateStatus statusOfWords(std::string_view code, std::string_view words) {
    CertificateStatus status = Active;
    for (const auto text : {trimmed(code), trimmed(words)})
        if (!text.empty()) status = worse(status, statusOf(text));
    return status;
}

}  // namespace smartca::upstream
