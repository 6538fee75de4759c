#include "shared/unaccented.h"

#include <algorithm>
#include <vector>

#include "shared/text.h"

namespace smartca {
namespace {

// The plain letters of consecutive code points; '.' where there is none.
struct LetterRange {
    char32_t first;
    std::string_view letters;
};
constexpr LetterRange kRanges[] = {
    {0x00C0,
     "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
     "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooo.."
     "rrrrrrsssssssstttttt"
     "uuuuuuuuuuuuwwyyyzzzzzzs"},
    {0x01A0, "oo"},
    {0x01AF, "uu"},
    {0x1EA0, "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"},
};

char plainLetter(char32_t codePoint) {
    for (const auto& [first, letters] : kRanges)
        if (codePoint >= first && codePoint - first < letters.size()) return letters[codePoint - first];
    return '.';
}

bool isMark(char32_t codePoint) {
    return codePoint >= 0x0300 && codePoint <= 0x036F;
}

std::vector<std::string> wordsOf(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : unaccented(name)) {
        if (c == ' ')
            words.emplace_back();
        else
            words.back() += c;
    }
    // A name has few words, and std::sort is 3 KB of WebAssembly.
    for (auto word = words.begin(); word != words.end(); ++word)
        std::rotate(std::upper_bound(words.begin(), word, *word), word, word + 1);
    return words;
}

}  // namespace

std::string unaccented(std::string_view text) {
    std::string plain;
    for (std::size_t offset = 0; offset < text.size();) {
        const char32_t codePoint = nextCodePoint(text, offset);
        const char letter = plainLetter(codePoint);
        if (isMark(codePoint)) continue;
        if (letter != '.') {
            plain += letter;
        } else if (codePoint == 0xA0 || codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r')) {
            if (!plain.empty() && plain.back() != ' ') plain += ' ';
        } else if (codePoint < 0x80) {
            plain += asciiLower(static_cast<char>(codePoint));
        } else {
            appendCodePoint(plain, codePoint);
        }
    }
    if (plain.ends_with(' ')) plain.pop_back();
    return plain;
}

bool sameName(std::string_view left, std::string_view right) {
    const auto words = wordsOf(left);
    return !words.back().empty() && words == wordsOf(right);
}

}  // namespace smartca
