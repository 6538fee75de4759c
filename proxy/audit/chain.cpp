#include "proxy/audit/chain.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "proxy/audit/entry.h"
#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::audit {
namespace {

// A netstring: its length in front, so that no text can look like two others.
void add(std::string& bytes, std::string_view text) {
    bytes.append(std::to_string(text.size())).append(":").append(text).append(",");
}

void add(std::string& bytes, std::int64_t number) {
    add(bytes, std::to_string(number));
}

// PostgreSQL takes UTF-8 without NUL alone. An entry that cannot be written would keep what it tells of from
// being done, or from being given up, for ever.
void makeStorable(std::string& text) {
    if (text.find('\0') == std::string::npos && isUtf8(text)) return;
    text = validUtf8(text);
    for (auto at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
        text.replace(at, 1, "\uFFFD");
}

}  // namespace

Record recordOf(const Entry& entry) {
    Record record;
    record.action = nameOf(entry.action);
    record.outcome = nameOf(entry.outcome);
    record.reason = entry.reason;
    record.actor = entry.source.actor;
    record.peer = entry.source.peer;
    record.requestId = entry.source.requestId;
    record.keyHash = entry.source.keyHash;
    record.createId = entry.createId;
    record.userId = entry.userId;
    record.userCode = entry.userCode;
    record.userName = entry.userName;
    record.identity = entry.identity;
    for (const auto& serial : entry.serials)
        record.serials += (record.serials.empty() ? "" : " ") + serial;
    for (const auto id : entry.certificateIds)
        record.certificateIds += (record.certificateIds.empty() ? "" : " ") + std::to_string(id);
    record.name = entry.name;
    record.previousName = entry.previousName;
    record.leftOut = entry.leftOut;
    for (std::string* text :
         {&record.reason, &record.actor, &record.peer, &record.requestId, &record.keyHash, &record.userCode,
          &record.userName, &record.identity, &record.serials, &record.name, &record.previousName})
        makeStorable(*text);
    return record;
}

Entry entryOf(const Record& record) {
    Entry entry;
    entry.action = actionOfName(record.action).value_or(Action::Create);
    entry.outcome = outcomeOfName(record.outcome).value_or(Outcome::Unknown);
    entry.reason = record.reason;
    entry.source = {record.actor, record.peer, record.requestId, record.keyHash};
    entry.createId = record.createId;
    entry.userId = record.userId;
    entry.userCode = record.userCode;
    entry.userName = record.userName;
    entry.identity = record.identity;
    const auto serials = base::partsOf(record.serials, ' ');
    entry.serials = {serials.begin(), serials.end()};
    for (const auto id : base::partsOf(record.certificateIds, ' '))
        entry.certificateIds.push_back(
            base::wholeNumberOf(id, 0, std::numeric_limits<std::int64_t>::max()).value_or(0));
    entry.name = record.name;
    entry.previousName = record.previousName;
    return entry;
}

std::string chainBeginning() {
    return std::string(64, '0');
}

std::string chainHash(const std::string& previous, const Record& record) {
    std::string bytes;
    bytes.reserve(640);
    add(bytes, "smartca-audit-1");
    add(bytes, previous);
    add(bytes, record.sequence);
    add(bytes, record.milliseconds);
    for (const std::string* text : {&record.action, &record.outcome, &record.reason, &record.actor,
                                    &record.peer, &record.requestId, &record.keyHash})
        add(bytes, *text);
    add(bytes, record.createId);
    add(bytes, record.userId);
    for (const std::string* text : {&record.userCode, &record.userName, &record.identity, &record.serials,
                                    &record.certificateIds, &record.name, &record.previousName})
        add(bytes, *text);
    add(bytes, record.leftOut);
    return hashOf(bytes);
}

Record recordOfRow(const store::Statement& row) {
    Record record;
    int column = 0;
    record.sequence = row.number(column++);
    record.milliseconds = row.number(column++);
    for (std::string* text : {&record.action, &record.outcome, &record.reason, &record.actor, &record.peer,
                              &record.requestId, &record.keyHash})
        *text = row.text(column++);
    record.createId = row.number(column++);
    record.userId = row.number(column++);
    for (std::string* text : {&record.userCode, &record.userName, &record.identity, &record.serials,
                              &record.certificateIds, &record.name, &record.previousName})
        *text = row.text(column++);
    record.leftOut = row.number(column++);
    record.hash = row.text(column);
    return record;
}

void bindRecord(store::Statement& statement, const Record& record) {
    statement.bind(record.sequence).bind(record.milliseconds);
    for (const std::string* text : {&record.action, &record.outcome, &record.reason, &record.actor,
                                    &record.peer, &record.requestId, &record.keyHash})
        statement.bind(std::string_view(*text));
    statement.bind(record.createId).bind(record.userId);
    for (const std::string* text : {&record.userCode, &record.userName, &record.identity, &record.serials,
                                    &record.certificateIds, &record.name, &record.previousName})
        statement.bind(std::string_view(*text));
    statement.bind(record.leftOut).bind(std::string_view(record.hash));
}

}  // namespace smartca::audit
