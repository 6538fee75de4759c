#include "proxy/registry/search.h"

#include <algorithm>

#include "proxy/base/unicode.h"
#include "proxy/registry/fold.h"
#include "shared/identity.h"
#include "shared/serial.h"
#include "shared/text.h"

namespace smartca::registry {
namespace {

// Of so many digits is every other phone a part.
constexpr std::size_t kShort = 2;

bool isHexadecimal(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return hexadecimalValue(c) >= 0; });
}

// "5401010a" and "0919000111" are numbers, "beda" and "an" are not: at least one decimal digit must be there.
bool isNumber(std::string_view digits) {
    return isHexadecimal(digits) && std::ranges::any_of(digits, isAsciiDigit);
}

// What stands between two words and is none: "Nguyễn Văn An · USER01".
bool isMark(std::string_view digits) {
    return digits.empty() || digits == "·" || digits == "–" || digits == "—" || digits == "|" ||
           digits == "/";
}

void addNeedle(Needles& needles, std::string needle) {
    if (std::ranges::find(needles, needle) == needles.end()) needles.push_back(std::move(needle));
}

// The parts before and behind "…", which folding makes three dots of.
void addShortened(Needles& needles, std::string_view word) {
    const std::string head = foldedNumber(word.substr(0, word.find("...")));
    const std::string tail = foldedNumber(word.substr(word.rfind("...") + 3));
    if (!head.empty()) addNeedle(needles, ' ' + head);
    if (!tail.empty()) addNeedle(needles, tail + ' ');
}

// What numbers other than identities are called without a colon, folded.
constexpr std::string_view kLabels[] = {"serial", "sn",  "s/n", "so",  "number",
                                        "no.",    "sdt", "dt",  "tel", "phone"};

std::string_view withoutLabelWords(std::string_view text) {
    constexpr std::size_t kShortest = 6;
    std::string_view rest = text;
    for (std::size_t end = rest.find(' ');
         end != std::string_view::npos &&
         std::ranges::find(kLabels, folded(rest.substr(0, end))) != std::end(kLabels);
         end = rest.find(' '))
        rest = trimmed(rest.substr(end));
    const std::string digits = foldedNumber(rest);
    return isNumber(digits) && digits.size() >= kShortest ? rest : text;
}

// What stands behind "Serial:", "UID=CCCD:" and "SĐT"; the pairs of digits of "54:01:0A" are no label.
std::string_view withoutLabel(std::string_view text) {
    for (std::size_t at = text.find_first_of(":="); at != std::string_view::npos;
         at = text.find_first_of(":=")) {
        const std::string label = foldedNumber(text.substr(0, at));
        if (std::ranges::any_of(label, isAsciiDigit) || (label != "cccd" && isHexadecimal(label))) break;
        text.remove_prefix(at + 1);
    }
    return withoutLabelWords(trimmed(text));
}

// The nine digits behind the 0 or the +84 of a phone; empty where it is none.
std::string phoneOf(std::string_view text) {
    std::string digits = foldedNumber(text);
    for (const std::string_view prefix : {"0084", "84", "0"}) {
        constexpr std::size_t kDigits = 9;
        if (digits.size() == prefix.size() + kDigits && digits.starts_with(prefix) &&
            std::ranges::all_of(digits, isAsciiDigit))
            return digits.substr(prefix.size());
    }
    return {};
}

// "54 01 01 ba".
bool isInPairs(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((text[i] == ' ') != (i % 3 == 2)) return false;
    return text.size() % 3 == 2;
}

// A serial number that is longer than any other number, or says by its marks that it is one, without the zeros that
// others write in front.
std::string serialOf(std::string_view text) {
    constexpr std::size_t kLongerThanOthers = 14;
    constexpr std::size_t kShortest = 4;
    const bool says = text.find_first_of(":xX") != std::string_view::npos || isInPairs(text);
    const auto serial = parseSerial(text);
    if (!serial || (!says && serial.value().hexadecimal.size() < kLongerThanOthers)) return {};
    std::string digits = serial.value().hexadecimal;
    if (digits.starts_with('0')) digits.erase(0, 1);
    return digits.size() < kShortest ? std::string() : digits;
}

// "USER14", and no house number: whoever is found by it is taken for the one who is meant.
bool looksLikeCode(std::string_view word) {
    const auto has = [word](auto isIt) { return std::ranges::any_of(word, isIt); };
    return word.size() >= 4 && has([](char each) { return each >= '0' && each <= '9'; }) &&
           has([](char each) { return (each | 0x20) >= 'a' && (each | 0x20) <= 'z'; });
}

}  // namespace

Needles searchNeedles(std::string_view search, Numbers numbers) {
    Needles needles;
    const std::string text = folded(search);
    std::string number;  // whose last group may be still to come
    const auto endNumber = [&] {
        if (number.empty()) return;
        const bool isWord = number.size() <= kShort;
        const bool isWhole = isWord && !needles.empty();
        addNeedle(needles, (isWord ? " " : "") + number + (isWhole ? " " : ""));
        number.clear();
    };
    std::size_t before = 0;  // where the word before begins
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        std::string_view word = std::string_view(text).substr(start, end - start);
        // "..." stands for what is left out.
        if (word.find("...") == std::string_view::npos && !withoutFrame(word).empty())
            word = withoutFrame(word);
        const std::string digits = foldedNumber(word);
        const bool isShort = digits.size() <= kShort;
        const bool isJoined =
            isNumber(digits) && (numbers == Numbers::Joined || (!isShort && digits == word));
        const bool isGroup = isJoined && isShort && number.size() > kShort;
        if (!isGroup) endNumber();
        if (word.find("...") != std::string_view::npos) {
            addShortened(needles, word);
        } else if (isJoined) {
            number += digits;
        } else if (isNumber(digits) && isShort) {
            addNeedle(needles, ' ' + text.substr(before, start + word.size() - before));
        } else if (!isMark(digits) || text.find(' ') == std::string::npos) {
            addNeedle(needles, ' ' + std::string(word));
        }
        before = start;
        start = end + 1;
    }
    endNumber();
    return needles;
}

std::vector<Needles> readingsOf(std::string_view search) {
    std::vector<Needles> readings;
    const auto add = [&](Needles needles) {
        if (!needles.empty() && std::ranges::find(readings, needles) == readings.end())
            readings.push_back(std::move(needles));
    };
    const std::string_view value = withoutLabel(search);
    const std::string phone = phoneOf(value);
    if (phone.empty()) {  // the groups of a whole phone are no words: "000" is in many
        for (const std::string_view words : {search, value})
            for (const Numbers numbers : {Numbers::Joined, Numbers::AsWritten})
                add(searchNeedles(words, numbers));
    }
    const Identity identity = parseIdentity(search);
    if (!isImpossibleNumber(identity.canonical)) add(searchNeedles(identity.canonical, Numbers::Joined));
    if (std::string serial = serialOf(value); !serial.empty()) add({std::move(serial)});
    if (const std::string serial = hexadecimalOfDecimal(value); !serial.empty()) add({' ' + serial + ' '});
    if (!phone.empty()) {
        add({" 0" + phone});
        add({" 84" + phone});
    }
    return readings;
}

bool fits(std::string_view searchKey, const std::vector<Needles>& readings) {
    const std::string key = std::string(searchKey) + ' ';
    const auto has = [&](const std::string& needle) { return key.find(needle) != std::string::npos; };
    return readings.empty() ||
           std::ranges::any_of(readings, [&](const Needles& all) { return std::ranges::all_of(all, has); });
}

std::vector<std::string> plainSearches(std::string_view search) {
    const std::string_view value = withoutLabel(search);
    if (const std::string phone = phoneOf(value); !phone.empty())
        return {'0' + phone, '0' + phone.substr(0, 3) + ' ' + phone.substr(3, 3) + ' ' + phone.substr(6)};
    constexpr std::size_t kLongest = 100;
    std::vector<std::string> searches{base::cleaned(value, kLongest)};
    const std::string last = searches.front().substr(searches.front().rfind(' ') + 1);
    if (last != searches.front() && looksLikeCode(last)) searches.push_back(last);
    return searches;
}

}  // namespace smartca::registry
