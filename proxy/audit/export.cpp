#include "proxy/audit/export.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "proxy/audit/escapes.h"
#include "proxy/base/text.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::audit {
namespace {

constexpr std::string_view kCsvNames =
    "sequence,time,action,outcome,reason,actor,peer,requestId,keyHash,createId,userId,userCode,userName,"
    "identity,serials,certificateIds,name,previousName,leftOut,hash\r\n";

// How many bytes at `at` are one mark that people write between digits: a blank, a dot or a dash.
std::size_t separatorAt(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 12> kSeparators = {
        " ", "\t", ".", "-", "\u00a0", "\u2009", "\u202f", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014"};
    for (const auto separator : kSeparators)
        if (text.substr(at).starts_with(separator)) return separator.size();
    return 0;
}

// The number's own characters: its bytes, since what is no ASCII in an identity is a slip of the finger.
std::string bareOf(std::string_view written) {
    std::string bare;
    for (std::size_t at = 0; at < written.size();) {
        const std::size_t separator = separatorAt(written, at);
        if (separator == 0) bare += written[at];
        at += std::max<std::size_t>(separator, 1);
    }
    return bare;
}

// The last four characters stay, where that is not half of them or more. So do the separators.
std::string maskOf(std::string_view written) {
    constexpr std::size_t kShown = 4;
    std::size_t left = bareOf(written).size();
    const std::size_t shown = left > 2 * kShown ? kShown : 0;
    std::string mask;
    for (std::size_t at = 0; at < written.size();) {
        const std::size_t separator = separatorAt(written, at);
        if (separator > 0) {
            mask += written.substr(at, separator);
        } else {
            mask += left-- > shown ? '*' : written[at];
        }
        at += std::max<std::size_t>(separator, 1);
    }
    return mask;
}

// Where the number that begins at `at` ends, in whichever case and with whichever separators; `at` where it
// does not stand there.
std::size_t endOf(std::string_view bare, std::string_view text, std::size_t at) {
    std::size_t end = at;
    for (const char c : bare) {
        for (std::size_t gap = 1; gap > 0 && end > at; end += gap)
            gap = separatorAt(text, end);
        if (end == text.size() || asciiLower(text[end]) != asciiLower(c)) return at;
        ++end;
    }
    return end;
}

void maskIn(std::string& text, std::string_view bare) {
    std::string masked;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = endOf(bare, text, at);
        masked += end == at ? text.substr(at, 1) : maskOf(std::string_view(text).substr(at, end - at));
        at = std::max(end, at + 1);
    }
    text = std::move(masked);
}

// People write the number into names, portals into codes and request ids. What is shorter than any number
// that SmartCA knows would be found where it does not stand.
Record masked(Record record) {
    constexpr std::size_t kShortest = 6;
    record.hash.clear();
    const std::string bare = bareOf(record.identity);
    record.identity = maskOf(record.identity);
    if (bare.size() < kShortest) return record;
    for (std::string* text : {&record.reason, &record.requestId, &record.userCode, &record.userName,
                              &record.name, &record.previousName})
        maskIn(*text, bare);
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
    add(" (", record.reason);
    if (!record.reason.empty()) line += ")";
    add(" by ", record.actor);
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

// "[a,b]" of words that are divided by blanks.
std::string arrayOf(std::string_view words, const char* quote) {
    std::string array = "[";
    for (const auto word : base::partsOf(words, ' ')) {
        if (array.size() > 1) array += ",";
        array += *quote != '\0' ? writeJson(word) : std::string(word);
    }
    return array + "]";
}

std::string jsonLine(const Record& record) {
    std::string line;
    line.reserve(768);
    const auto raw = [&line](const char* key, const std::string& value) {
        line.append(line.empty() ? "{\"" : ",\"").append(key).append("\":").append(value);
    };
    const auto text = [&raw](const char* key, const std::string& value) { raw(key, writeJson(value)); };
    const auto idOrNull = [&raw](const char* key, std::int64_t id) {
        raw(key, id == 0 ? "null" : std::to_string(id));
    };
    raw("sequence", std::to_string(record.sequence));
    raw("time", "\"" + base::timestampOf(record.milliseconds) + "\"");
    text("action", record.action);
    text("outcome", record.outcome);
    text("reason", record.reason);
    text("actor", record.actor);
    text("peer", record.peer);
    text("requestId", record.requestId);
    text("keyHash", record.keyHash);
    idOrNull("createId", record.createId);
    idOrNull("userId", record.userId);
    text("userCode", record.userCode);
    text("userName", record.userName);
    text("identity", record.identity);
    raw("serials", arrayOf(record.serials, "\""));
    raw("certificateIds", arrayOf(record.certificateIds, ""));
    text("name", record.name);
    text("previousName", record.previousName);
    raw("leftOut", std::to_string(record.leftOut));
    text("hash", record.hash);
    return line + "}\n";
}

std::string csvLine(const Record& record) {
    std::string line = std::to_string(record.sequence) + "," + base::timestampOf(record.milliseconds);
    const auto add = [&line](const std::string& value) { line.append(",").append(csvCellOf(value)); };
    const auto addId = [&add](std::int64_t id) { add(id == 0 ? "" : std::to_string(id)); };
    for (const std::string* text : {&record.action, &record.outcome, &record.reason, &record.actor,
                                    &record.peer, &record.requestId, &record.keyHash})
        add(*text);
    addId(record.createId);
    addId(record.userId);
    for (const std::string* text : {&record.userCode, &record.userName, &record.identity, &record.serials,
                                    &record.certificateIds, &record.name, &record.previousName})
        add(*text);
    add(std::to_string(record.leftOut));
    add(record.hash);
    return line + "\r\n";
}

}  // namespace

std::string beginningOf(Format format) {
    return format == Format::Csv ? std::string(kCsvNames) : std::string();
}

std::string lineOf(const Record& record, Format format, Identities identities) {
    const Record shown = identities == Identities::Full ? record : masked(record);
    switch (format) {
        case Format::JsonLines:
            return jsonLine(shown);
        case Format::Csv:
            return csvLine(shown);
        case Format::Text:
            break;
    }
    return textLine(shown);
}

}  // namespace smartca::audit
