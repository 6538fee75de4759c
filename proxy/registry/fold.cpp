#include "proxy/registry/fold.h"

#include <algorithm>

#include "proxy/base/unicode.h"
#include "shared/text.h"

namespace smartca::registry {
namespace {

bool isSeparator(char c) {
    return c == ' ' || c == '-' || c == '.' || c == ':' || c == '+' || c == '(' || c == ')';
}

std::string withoutSeparators(std::string text) {
    std::erase_if(text, isSeparator);
    return text;
}

std::string validUtf8(std::string_view text) {
    std::string valid;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const char32_t codePoint = nextCodePoint(text, offset);
        const bool invalid = codePoint == 0xFFFD && offset - start == 1;
        if (!invalid && codePoint != 0) valid.append(text.substr(start, offset - start));
    }
    return valid;
}

struct Mark {
    std::string_view written, becomes;
};
// What stands around a word and is none of it, and what a name has one of three signs for ("O’Brien").
constexpr Mark kMarks[] = {{"(", " "},  {")", " "}, {"[", " "}, {"]", " "}, {"<", " "}, {">", " "},
                           {"\"", " "}, {"“", " "}, {"”", " "}, {"„", " "}, {"«", " "}, {"»", " "},
                           {"‹", " "},  {"›", " "}, {"'", ""},  {"’", ""},  {"‘", ""},  {"`", ""}};

std::string withoutMarks(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto mark =
            std::ranges::find_if(kMarks, [text](const Mark& each) { return text.starts_with(each.written); });
        const bool isMark = mark != std::end(kMarks);
        result += isMark ? mark->becomes : text.substr(0, 1);
        text.remove_prefix(isMark ? mark->written.size() : 1);
    }
    return result;
}

std::string withSingleBlanks(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (!blank) {
            result += c;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

}  // namespace

std::string folded(std::string_view text) {
    return withSingleBlanks(withoutMarks(base::searchable(validUtf8(text))));
}

std::string foldedNumber(std::string_view text) {
    return withoutSeparators(folded(text));
}

std::string searchKey(std::initializer_list<std::string_view> folded) {
    std::string key;
    for (const auto text : folded) {
        if (text.empty()) continue;
        key += ' ';
        key += text;
    }
    return key;
}

RowKeys rowKeys(const RowTexts& row) {
    RowKeys keys;
    keys.name = folded(!row.nickname.empty()     ? row.nickname
                       : !row.commonName.empty() ? row.commonName
                                                 : row.serial);
    keys.search = searchKey({keys.name});
    for (const std::string_view name : {row.commonName, row.userName}) {
        const std::string words = searchKey({folded(name)});
        if (keys.search.find(words) == std::string::npos) keys.search += words;
    }
    keys.search += searchKey({foldedNumber(row.serial), foldedNumber(row.identity), folded(row.userCode),
                              foldedNumber(row.userPhone)});
    return keys;
}

}  // namespace smartca::registry
