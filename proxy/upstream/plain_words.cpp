#include "proxy/upstream/plain_words.h"

#include <algorithm>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

std::string between(std::string_view phrase) {
    return ' ' + std::string(phrase) + ' ';
}

}  // namespace

std::string plainlyWritten(std::string_view text) {
    const std::string known = validUtf8(text);
    std::string separated;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const bool begins =
            i > 0 && known[i] >= 'A' && known[i] <= 'Z' && known[i - 1] >= 'a' && known[i - 1] <= 'z';
        if (begins) separated += ' ';
        separated += known[i];
    }
    std::string words;
    for (const char c : base::comparableWithoutAccents(separated)) {
        const bool belongs = isAsciiLetter(c) || isAsciiDigit(c);
        if (belongs) words += c;
        if (!belongs && !words.empty() && words.back() != ' ') words += ' ';
    }
    return std::string(trimmed(words));
}

bool PlainWords::has(Phrases phrases) const {
    return std::ranges::any_of(phrases, [this](std::string_view phrase) {
        return words_.find(between(phrase)) != std::string::npos;
    });
}

bool PlainWords::take(Phrases phrases) {
    bool found = false;
    for (const std::string_view phrase : phrases)
        for (auto at = words_.find(between(phrase)); at != std::string::npos;
             at = words_.find(between(phrase))) {
            words_.erase(at, phrase.size() + 1);
            found = true;
        }
    return found;
}

void PlainWords::cutAt(Phrases phrases) {
    for (const std::string_view phrase : phrases)
        if (const auto at = words_.find(between(phrase)); at != std::string::npos) words_.resize(at + 1);
}

bool PlainWords::areOnly(Phrases words) const {
    return std::ranges::all_of(base::partsOf(words_, ' '), [words](std::string_view word) {
        return std::ranges::any_of(word, isAsciiDigit) || std::ranges::find(words, word) != words.end();
    });
}

}  // namespace smartca::upstream
