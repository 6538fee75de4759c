#include "proxy/audit/escapes.h"

#include <array>
#include <cstdio>

#include "shared/text.h"

namespace smartca::audit {
namespace {

void appendNumber(std::string& shown, const char* format, unsigned int number) {
    std::array<char, 12> escaped{};
    std::snprintf(escaped.data(), escaped.size(), format, number);
    shown += escaped.data();
}

// Line breaks that are no control characters: U+2028, U+2029.
bool breaksLine(char32_t c) {
    return c == U'\u2028' || c == U'\u2029';
}

enum class Step : std::uint8_t { Blank, Divider, Formula, Other };

// What a code point is at the beginning of a cell.
Step stepOf(std::string_view codePoint) {
    if (codePoint == ";" || codePoint == "\t" || codePoint == "\r" || codePoint == "\n") return Step::Divider;
    const std::string folded = foldedTyping(codePoint);
    if (folded.empty() || folded == " " || static_cast<unsigned char>(folded.front()) < 0x20)
        return Step::Blank;
    for (const std::string_view sign : {"=", "+", "-", "@", "\uFE66", "\uFE62", "\uFE63", "\uFE6B"}) {
        if (folded == sign) return Step::Formula;
    }
    return Step::Other;
}

std::string withoutFormulas(std::string_view text) {
    std::string guarded;
    guarded.reserve(text.size() + 2);
    // A divider at the very beginning divides nothing, and some programs skip it.
    if (!text.empty() && text.front() != ';' && stepOf(text.substr(0, 1)) == Step::Divider) guarded = "'";
    std::size_t begin = guarded.size();  // of what may become a cell, in `guarded`
    bool atBegin = true;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        nextCodePoint(text, offset);
        const auto codePoint = text.substr(start, offset - start);
        const Step step = stepOf(codePoint);
        if (atBegin && step == Step::Formula) guarded.insert(begin, 1, '\'');
        guarded += codePoint;
        if (step == Step::Divider) begin = guarded.size();
        atBegin = step == Step::Divider || (atBegin && step == Step::Blank);
    }
    return guarded;
}

}  // namespace

std::string forTerminal(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const char32_t c = nextCodePoint(text, offset);
        const auto codePoint = text.substr(start, offset - start);
        const auto first = static_cast<unsigned char>(codePoint.front());
        if (c == U'\uFFFD' && codePoint.size() == 1) {
            appendNumber(shown, "\\x%02x", first);
        } else if (!breaksLine(c) && !hasForbiddenCharacter(codePoint, LineBreaks::Forbidden)) {
            shown += codePoint;
        } else {
            const char* const format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
            appendNumber(shown, format, static_cast<unsigned int>(c));
        }
    }
    return shown;
}

std::string quotedForTerminal(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        if (c == '"' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return '"' + forTerminal(escaped) + '"';
}

std::string csvCellOf(std::string_view text) {
    std::string cell = withoutFormulas(text);
    if (cell.find_first_of(",;\"\t\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

}  // namespace smartca::audit
