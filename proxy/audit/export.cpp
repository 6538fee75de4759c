// Masks identity numbers wherever they stand, and escapes what terminals and spreadsheets would act on.
#include "proxy/audit/export.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/base/text.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::audit {
namespace {

bool isAmong(const std::vector<std::string>& wanted, const std::string& word) {
    return wanted.empty() || std::ranges::find(wanted, word) != wanted.end();
}

std::string withoutFormulas(std::string_view text) {
    constexpr std::string_view kDividers = ";\t\r\n";
    constexpr std::array<std::string_view, 8> kSigns = {"=",      "+",      "-",      "@",
                                                        "\uFE66", "\uFE62", "\uFE63", "\uFE6B"};
    std::string guarded;
    // Some programs skip blanks at the very beginning.
    if (!text.empty() && kDividers.substr(1).find(text.front()) != std::string_view::npos) guarded = "'";
    std::size_t begin = guarded.size();  // of what may become a cell, in `guarded`
    bool atBegin = true;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        nextCodePoint(text, offset);
        const auto codePoint = text.substr(start, offset - start);
        const std::string folded = foldedTyping(codePoint);
        if (atBegin && std::ranges::find(kSigns, folded) != kSigns.end()) guarded.insert(begin, 1, '\'');
        guarded += codePoint;
        const bool divides = kDividers.find(codePoint) != std::string_view::npos;
        if (divides) begin = guarded.size();
        const bool blank =
            folded.empty() || folded == " " || static_cast<unsigned char>(folded.front()) < 0x20;
        atBegin = divides || (atBegin && blank);
    }
    return guarded;
}

// A text without the marks that people write between digits: its other bytes, and where each stands.
struct Bare {
    std::string letters{};  // in lower case
    std::vector<std::size_t> places{};
};

Bare bareOf(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMarks = {
        " ", "\t", ".", "-", "\u00a0", "\u2009", "\u202f", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014"};
    Bare bare;
    for (std::size_t at = 0; at < text.size();) {
        const auto isHere = [&](std::string_view mark) { return text.substr(at).starts_with(mark); };
        if (const auto* const mark = std::ranges::find_if(kMarks, isHere); mark != kMarks.end()) {
            at += mark->size();
        } else {
            bare.letters += asciiLower(text[at]);
            bare.places.push_back(at++);
        }
    }
    return bare;
}

// The last four characters of the number stay, where that is not half of them or more. So do the marks.
void maskIn(std::string& text, std::string_view number) {
    constexpr std::size_t kShown = 4;
    const std::size_t hidden = number.size() > 2 * kShown ? number.size() - kShown : number.size();
    const Bare bare = bareOf(text);
    for (auto at = bare.letters.find(number); at != std::string::npos;
         at = bare.letters.find(number, at + number.size())) {
        for (std::size_t i = at; i < at + hidden; ++i)
            text[bare.places[i]] = '*';
    }
}

// People write the number into names, portals into codes and request ids. What is shorter than any number
// that SmartCA knows would be found where it does not stand.
Record masked(Record record) {
    constexpr std::size_t kShortest = 6;
    record.hash.clear();
    const std::string number = bareOf(record.identity).letters;
    if (!number.empty()) maskIn(record.identity, number);
    if (number.size() < kShortest) return record;
    for (std::string* text : {&record.reason, &record.actorName, &record.requestId, &record.userCode,
                              &record.userName, &record.name, &record.previousName})
        maskIn(*text, number);
    return record;
}

std::string textLine(const Record& record) {
    std::string line = base::timestampOf(record.milliseconds) + " " + std::to_string(record.sequence) + " " +
                       forTerminal(record.action) + " " + forTerminal(record.outcome);
    const auto add = [&line](std::string_view label, const std::string& value) {
        if (!value.empty()) line.append(label).append(forTerminal(value));
    };
    // What people write.
    const auto quote = [&line](std::string_view label, const std::string& value) {
        if (!value.empty()) line.append(label).append(quotedForTerminal(value));
    };
    if (!record.reason.empty()) add(" (", record.reason + ")");
    add(" by ", record.actor);
    quote(" ", record.actorName);
    add(" of ", record.issuer);
    quote(" in ", record.company);
    add(" from ", record.peer);
    if (record.userId != 0) add(" user ", std::to_string(record.userId));
    quote(" ", record.userCode);
    quote(" ", record.userName);
    quote(" identity ", record.identity);
    add(" serials ", record.serials);
    add(" certificates ", record.certificateIds);
    quote(" named ", record.name);
    quote(" before ", record.previousName);
    if (record.createId != 0) add(" create ", std::to_string(record.createId));
    add(" request ", record.requestId);
    if (record.leftOut != 0) line += " and " + std::to_string(record.leftOut) + " before it left out";
    return line + "\n";
}

std::string jsonOf(const Record& record, const Field& field) {
    if (field.kind == Field::Kind::Text) return writeJson(record.*field.text);
    if (field.kind == Field::Kind::Time) return '"' + base::timestampOf(record.*field.number) + '"';
    if (field.kind == Field::Kind::Id && record.*field.number == 0) return "null";
    if (field.number != nullptr) return std::to_string(record.*field.number);
    std::string array = "[";
    for (const auto word : base::partsOf(record.*field.text, ' ')) {
        if (array.size() > 1) array += ",";
        array += field.kind == Field::Kind::Words ? writeJson(word) : std::string(word);
    }
    return array + "]";
}

std::string jsonLine(const Record& record) {
    std::string line;
    for (const Field& field : kFields)
        line += (line.empty() ? "{\"" : ",\"") + std::string(field.name) + "\":" + jsonOf(record, field);
    return line + "}\n";
}

std::string csvOf(const Record& record, const Field& field) {
    if (field.text != nullptr) return csvCellOf(record.*field.text);
    if (field.kind == Field::Kind::Time) return base::timestampOf(record.*field.number);
    if (field.kind == Field::Kind::Id && record.*field.number == 0) return {};
    return std::to_string(record.*field.number);
}

std::string csvLine(const Record& record) {
    std::string line;
    for (const Field& field : kFields)
        line += (line.empty() ? "" : ",") + csvOf(record, field);
    return line + "\r\n";
}

}  // namespace

bool fits(const Filter& filter, const Record& record) {
    if (filter.from && record.milliseconds < *filter.from) return false;
    if (filter.to && record.milliseconds >= *filter.to) return false;
    if (!filter.user.empty() && record.userCode != filter.user &&
        (record.userId == 0 || std::to_string(record.userId) != filter.user))
        return false;
    if (!filter.actor.empty() && record.actor != filter.actor) return false;
    if (!filter.company.empty() && record.company != filter.company) return false;
    if (!filter.identity.empty() && record.identity != filter.identity) return false;
    const auto serials = base::partsOf(record.serials, ' ');
    if (!filter.serial.empty() && std::ranges::find(serials, filter.serial) == serials.end()) return false;
    return isAmong(filter.actions, record.action) && isAmong(filter.outcomes, record.outcome);
}

std::string beginningOf(Format format) {
    std::string names;
    if (format != Format::Csv) return names;
    for (const Field& field : kFields)
        names.append(names.empty() ? "" : ",").append(field.name);
    return names + "\r\n";
}

std::string lineOf(const Record& record, Format format, Identities identities) {
    const Record shown = identities == Identities::Full ? record : masked(record);
    if (format == Format::JsonLines) return jsonLine(shown);
    return format == Format::Csv ? csvLine(shown) : textLine(shown);
}

std::string forTerminal(std::string_view text) {
    std::string shown;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const char32_t c = nextCodePoint(text, offset);
        const auto codePoint = text.substr(start, offset - start);
        const bool broken = c == U'\uFFFD' && codePoint.size() == 1;
        const bool breaksLine = c == U'\u2028' || c == U'\u2029';  // and is no control character
        if (!broken && !breaksLine && !hasForbiddenCharacter(codePoint, LineBreaks::Forbidden)) {
            shown += codePoint;
            continue;
        }
        const unsigned int number = broken ? static_cast<unsigned char>(codePoint.front()) : c;
        const char* const format = number < 0x100 ? "\\x%02x" : number < 0x10000 ? "\\u%04x" : "\\U%08x";
        std::array<char, 12> escaped{};
        std::snprintf(escaped.data(), escaped.size(), format, number);
        shown += escaped.data();
    }
    return shown;
}

std::string quotedForTerminal(std::string_view text) {
    std::string escaped;
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
