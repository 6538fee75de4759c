#include "web/view/right_to_left.h"

#include <algorithm>

#include "shared/text.h"

namespace smartca::view {

namespace {

// Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours; the presentation forms; and plane 15.
bool runsBackwards(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF) || (c >= 0xF0000 && c <= 0xFFFFF);
}

// Blanks, digits and signs, which take the direction of what stands around them.
bool takesDirection(char32_t c) {
    return c < 'A' || (c > 'Z' && c < 'a') || (c > 'z' && c < 0xC0) || (c >= 0x2000 && c < 0x2070);
}

std::string backwards(std::string_view run, WholeWord wholeWord) {
    std::string visual;
    while (true) {
        const std::size_t blank = run.rfind(' ');
        const std::string_view word = blank == std::string_view::npos ? run : run.substr(blank + 1);
        if (hasWholeWords(word))
            appendCodePoint(visual, wholeWord(word));
        else
            visual += word;
        if (blank == std::string_view::npos) return visual;
        visual += ' ';
        run = run.substr(0, blank);
    }
}

}  // namespace

bool hasWholeWords(std::string_view words) {
    // By the first bytes alone: Vietnamese, and all else that is common here, has none of these.
    const auto mayBegin = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0xD6 && byte <= 0xDF) || byte == 0xE0 || byte == 0xEF || byte >= 0xF0;
    };
    if (std::none_of(words.begin(), words.end(), mayBegin)) return false;
    for (std::size_t at = 0; at < words.size();)
        if (runsBackwards(nextCodePoint(words, at))) return true;
    return false;
}

std::string visualOrder(std::string_view words, WholeWord wholeWord) {
    std::string visual;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t from = at;
        if (!runsBackwards(nextCodePoint(words, at))) {
            visual += words.substr(from, at - from);
            continue;
        }
        std::size_t end = at;  // of the run: its last word that runs backwards, or number
        for (std::size_t next = at; next < words.size();) {
            const char32_t c = nextCodePoint(words, next);
            if (runsBackwards(c) || (c >= '0' && c <= '9'))
                end = next;
            else if (!takesDirection(c))
                break;
        }
        visual += backwards(words.substr(from, end - from), wholeWord);
        at = end;
    }
    return visual;
}

}  // namespace smartca::view
