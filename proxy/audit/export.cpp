#include "proxy/audit/export.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "shared/calendar.h"
#include "shared/json_guard.h"

namespace smartca::audit {
namespace {

using registry::AuditRecord;

constexpr std::string_view kCsvNames =
    "sequence,time,action,outcome,reason,actor,peer,requestId,keyHash,createId,userId,userCode,userName,"
    "identity,serials,certificateIds,name,previousName,leftOut,hash\r\n";

// RFC 3339, UTC, with milliseconds.
std::string timeOf(std::int64_t milliseconds) {
    std::int64_t seconds = milliseconds / 1000;
    std::int64_t rest = milliseconds % 1000;
    if (rest < 0) {
        rest += 1000;
        --seconds;
    }
    std::string iso = isoOf(seconds);
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(rest));
    iso.pop_back();
    return iso + fraction.data();
}

AuditRecord masked(AuditRecord record) {
    constexpr std::size_t kShown = 4;
    record.hash.clear();
    std::string& identity = record.identity;
    const std::size_t hidden = identity.size() > 2 * kShown ? identity.size() - kShown : identity.size();
    // Its bytes: what is no ASCII in an identity is a slip of the finger.
    identity.replace(0, hidden, std::string(hidden, '*'));
    return record;
}

// The rest of a bidirectional or invisible mark that begins with E2 80 or E2 81: 200B-200F, 202A-202E,
// 2066-2069.
bool isSteeringMark(unsigned char second, unsigned char third) {
    if (second == 0x80) return (third >= 0x8b && third <= 0x8f) || (third >= 0xaa && third <= 0xae);
    return second == 0x81 && third >= 0xa6 && third <= 0xa9;
}

std::string forTerminal(std::string_view text) {
    std::string shown;
    const auto at = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
    };
    const auto escape = [&](const char* format, unsigned int code) {
        std::array<char, 12> escaped{};
        std::snprintf(escaped.data(), escaped.size(), format, code);
        shown += escaped.data();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char byte = at(i);
        if (byte < 0x20 || byte == 0x7f) {
            escape("\\x%02x", byte);
        } else if (byte == 0xc2 && at(i + 1) >= 0x80 && at(i + 1) < 0xa0) {
            escape("\\x%02x", at(++i));
        } else if (byte == 0xe2 && isSteeringMark(at(i + 1), at(i + 2))) {
            escape("\\u%04x",
                   0x2000U | (static_cast<unsigned int>(at(i + 1) & 0x3f) << 6) | (at(i + 2) & 0x3fU));
            i += 2;
        } else {
            shown += text[i];
        }
    }
    return shown;
}

std::string textLine(const AuditRecord& record) {
    std::string line = timeOf(record.milliseconds) + " " + std::to_string(record.sequence) + " " +
                       forTerminal(record.action) + " " + forTerminal(record.outcome);
    const auto add = [&line](std::string_view label, const std::string& value) {
        if (!value.empty()) line.append(label).append(forTerminal(value));
    };
    add(" (", record.reason);
    if (!record.reason.empty()) line += ")";
    add(" by ", record.actor);
    add(" from ", record.peer);
    if (record.userId != 0) add(" user ", std::to_string(record.userId));
    add(" ", record.userCode);
    add(" ", record.userName);
    add(" identity ", record.identity);
    add(" serials ", record.serials);
    add(" certificates ", record.certificateIds);
    add(" named ", record.name);
    add(" before ", record.previousName);
    if (record.createId != 0) add(" create ", std::to_string(record.createId));
    add(" request ", record.requestId);
    if (record.leftOut != 0) line += " and " + std::to_string(record.leftOut) + " before it left out";
    return line + "\n";
}

// "[a,b]" of words that are divided by blanks.
std::string arrayOf(std::string_view words, const char* quote) {
    std::string array = "[";
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        if (array.size() > 1) array += ",";
        const auto word = words.substr(0, end);
        array += *quote != '\0' ? writeJson(word) : std::string(word);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return array + "]";
}

std::string jsonLine(const AuditRecord& record) {
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
    raw("time", "\"" + timeOf(record.milliseconds) + "\"");
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

std::string cellOf(std::string_view value) {
    std::string cell;
    if (!value.empty() && std::string_view("=+-@\t\r\n").find(value.front()) != std::string_view::npos)
        cell = "'";
    cell += value;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

std::string csvLine(const AuditRecord& record) {
    std::string line = std::to_string(record.sequence) + "," + timeOf(record.milliseconds);
    const auto add = [&line](const std::string& value) { line.append(",").append(cellOf(value)); };
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

std::string lineOf(const AuditRecord& record, Format format, Identities identities) {
    const AuditRecord shown = identities == Identities::Full ? record : masked(record);
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
