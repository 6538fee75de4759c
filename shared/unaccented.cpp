#include "shared/unaccented.h"

#include <algorithm>

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
    {0x0189, "d"},
    {0x01A0, "oo"},
    {0x01AF, "uu"},
    {0x0256, "d"},
    {0x1EA0, "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"},
};

char plainLetter(char32_t codePoint) {
    for (const auto& [first, letters] : kRanges)
        if (codePoint >= first && codePoint - first < letters.size()) return letters[codePoint - first];
    return '.';
}

// The marks of Vietnamese, each a capital letter: the tones Grave, Acute, Tilde, hooK and Dot, the shapes Circumflex,
// Breve, Horn, and the Stroke of a "đ". The tables go by capital letters; '.' where there is none.
constexpr std::string_view kLatin = "GACT....GAC.GAC.STGACT...GAC.A..";  // from U+00C0
constexpr std::string_view kTones =
    "DKAGKTDAGKTDDKTAGKTDKDDKAGKTDAGKTDDKAGKTDGDKT";  // from U+1EA0, every other
constexpr std::string_view kShapes = "..CCCCCBBBBB...CCCCC....CCCCCHHHHH..HHHHH....";  // of the same letters

struct Mark {
    char32_t codePoint;
    char mark;
};
constexpr Mark kMarks[] = {{0x0300, 'G'}, {0x0301, 'A'}, {0x0302, 'C'}, {0x0303, 'T'}, {0x0306, 'B'},
                           {0x0309, 'K'}, {0x031B, 'H'}, {0x0323, 'D'}, {0x0102, 'B'}, {0x0103, 'B'},
                           {0x0110, 'S'}, {0x0111, 'S'}, {0x0128, 'T'}, {0x0129, 'T'}, {0x0168, 'T'},
                           {0x0169, 'T'}, {0x01A0, 'H'}, {0x01A1, 'H'}, {0x01AF, 'H'}, {0x01B0, 'H'},
                           {0x0189, 'S'}, {0x0256, 'S'}};

bool isMark(char32_t codePoint) {
    return codePoint >= 0x0300 && codePoint <= 0x036F;
}

// In one order, whatever the normal form.
void addMark(std::string& marks, char mark) {
    if (mark != '.') marks.insert(std::upper_bound(marks.begin(), marks.end(), mark), mark);
}

void addMarks(std::string& marks, char32_t codePoint) {
    if (codePoint >= 0x00C0 && codePoint <= 0x00FF) addMark(marks, kLatin[(codePoint - 0x00C0) % 32]);
    for (const auto& [each, mark] : kMarks)
        if (each == codePoint) addMark(marks, mark);
    if (codePoint < 0x1EA0) return;
    const std::size_t letter = (codePoint - 0x1EA0) / 2;
    if (letter >= kTones.size()) return;
    addMark(marks, kTones[letter]);
    addMark(marks, kShapes[letter]);
}

// Kept: after the plain letters of each word, since the tone of "Hòa" may stand on its other vowel.
enum class Accents : std::uint8_t { Dropped, Kept };

std::string folded(std::string_view text, Accents accents) {
    std::string plain, marks;
    const auto endWord = [&] {
        plain += marks;
        marks.clear();
    };
    for (std::size_t offset = 0; offset < text.size();) {
        const char32_t codePoint = nextCodePoint(text, offset);
        const char letter = plainLetter(codePoint);
        if (accents == Accents::Kept) addMarks(marks, codePoint);
        if (isMark(codePoint)) continue;
        if (letter != '.') {
            plain += letter;
        } else if (codePoint == 0xA0 || codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r')) {
            endWord();
            if (!plain.empty() && plain.back() != ' ') plain += ' ';
        } else if (codePoint < 0x80) {
            plain += asciiLower(static_cast<char>(codePoint));
        } else {
            appendCodePoint(plain, codePoint);
        }
    }
    endWord();
    if (plain.ends_with(' ')) plain.pop_back();
    return plain;
}

// Without accents, for certificates often have none: "Hạ" and "Trân" count as the family names that they may be.
constexpr std::string_view kFamilyNames =
    " bui cao chau chu dam dang dao diep dinh do doan duong ha ho hoang huynh kieu lam le luong "
    "luu ly mac mai nghiem ngo nguyen ninh pham phan phung quach ta tang thach thai to tong tran "
    "trieu trinh truong vo vu vuong ";

// The family name in front, and in no other place.
bool isInVietnameseOrder(std::string_view name) {
    const std::string words = unaccented(name) + ' ';
    for (std::size_t start = 0, end = 0; start < words.size(); start = end + 1) {
        end = words.find(' ', start);
        const std::string word = ' ' + words.substr(start, end - start + 1);
        if ((kFamilyNames.find(word) != std::string_view::npos) != (start == 0)) return false;
    }
    return true;
}

// Folded names: one word has gone from one end to the other.
bool isTurned(const std::string& name, const std::string& other) {
    const auto first = name.find(' '), last = name.rfind(' ');
    return first != last && (other == name.substr(first + 1) + ' ' + name.substr(0, first) ||
                             other == name.substr(last + 1) + ' ' + name.substr(0, last));
}

bool hasAccents(std::string_view name) {
    return folded(name, Accents::Kept) != folded(name, Accents::Dropped);
}

Accents accentsOf(std::string_view left, std::string_view right) {
    return hasAccents(left) && hasAccents(right) ? Accents::Kept : Accents::Dropped;
}

}  // namespace

std::string unaccented(std::string_view text) {
    return folded(text, Accents::Dropped);
}

bool sameWords(std::string_view left, std::string_view right) {
    const Accents accents = accentsOf(left, right);
    const std::string words = folded(left, accents);
    return !words.empty() && words == folded(right, accents);
}

bool sameName(std::string_view left, std::string_view right) {
    if (sameWords(left, right)) return true;
    const Accents accents = accentsOf(left, right);
    return isTurned(folded(left, accents), folded(right, accents)) &&
           (isInVietnameseOrder(left) || isInVietnameseOrder(right));
}

}  // namespace smartca
