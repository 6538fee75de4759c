#include "proxy/audit/log.h"

#include <algorithm>

#include "proxy/base/text.h"
#include "proxy/store/inspection.h"
#include "proxy/store/store.h"

namespace smartca::audit {
namespace {

constexpr std::int64_t kPage = 500;
constexpr std::chrono::seconds kPageTime{30};  // of a server that has much to do

// "seq, at, …", or as many of another word.
std::string listOfFields(std::string_view word = {}) {
    std::string list;
    for (const Field& field : kFields)
        list.append(list.empty() ? "" : ", ").append(word.empty() ? field.column : word);
    return list;
}

store::DatabaseResult<Head> headOf(store::Database& database) {
    store::Statement find(database, "SELECT last_seq, last_hash FROM audit_head WHERE id = 1");
    if (find.next()) return Head{find.number(0), find.text(1)};
    if (find.failed()) return find.error();
    return store::DatabaseError{store::DatabaseFault::Other, "audit_head has no row",
                                "the audit log has lost its head"};
}

std::string recordsWhere(std::string_view condition) {
    return "SELECT " + listOfFields() + " FROM audit WHERE " + std::string(condition);
}

Record recordOf(const store::Statement& row) {
    Record record;
    for (int column = 0; const Field& field : kFields) {
        if (field.text != nullptr) record.*field.text = row.text(column);
        if (field.number != nullptr) record.*field.number = row.number(column);
        ++column;
    }
    return record;
}

std::string sentenceOf(const store::DatabaseError& error) {
    return "the audit log cannot be read: " + error.forOperator();
}

std::string numbered(std::int64_t sequence) {
    return "entry " + std::to_string(sequence);
}

// What is wrong with the record that follows the head; empty: nothing.
std::string faultOf(const Record& record, const Head& head, const std::optional<Head>& anchor) {
    if (record.sequence != head.sequence + 1)
        return numbered(head.sequence + 1) + " is missing: " + numbered(record.sequence) + " follows";
    if (chainHash(head.hash, record) != record.hash)
        return numbered(record.sequence) + " is not what was written, or the one before it is not";
    if (anchor && anchor->sequence == record.sequence && anchor->hash != record.hash)
        return numbered(record.sequence) + " is not the one whose hash was given";
    return {};
}

// What is wrong with an end like that; empty: nothing. `stored`: what the database says of it.
std::string faultAtEnd(const Head& head, const Head& stored, std::int64_t outside,
                       const std::optional<Head>& anchor) {
    if (outside > 0) return std::to_string(outside) + " entries stand behind the last that the head names";
    if (head.sequence != stored.sequence)
        return numbered(head.sequence + 1) + " and what follows are missing: there were " +
               std::to_string(stored.sequence);
    if (head.hash != stored.hash) return "the head is not that of " + numbered(head.sequence);
    if (anchor && anchor->sequence > head.sequence)
        return numbered(anchor->sequence) + ", whose hash was given, is missing";
    if (anchor && anchor->sequence == 0 && anchor->hash != Head{}.hash)
        return "what the first entry is chained to is not the one whose hash was given";
    return {};
}

}  // namespace

std::int64_t clockNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

store::DatabaseResult<Done> append(store::Database& database, const Entry& entry) {
    static const std::string kInsert =
        "INSERT INTO audit(" + listOfFields() + ") VALUES (" + listOfFields("?") + ")";
    // A write transaction keeps everybody else from continuing the same entry.
    const auto head = headOf(database);
    if (!head) return head.error();
    Record record = recordOf(entry);
    record.milliseconds = clockNow();
    record.sequence = head.value().sequence + 1;
    record.hash = chainHash(head.value().hash, record);
    store::Statement insert(database, kInsert);
    for (const Field& field : kFields) {
        if (field.text != nullptr) insert.bind(std::string_view(record.*field.text));
        if (field.number != nullptr) insert.bind(record.*field.number);
    }
    if (auto inserted = insert.run(); !inserted) return inserted;
    // No trigger and no RETURNING on this: SQLite makes a temporary table for either, which costs more than
    // all the rest.
    store::Statement move(database, "UPDATE audit_head SET last_seq = ?, last_hash = ? WHERE id = 1");
    return move.bind(record.sequence).bind(std::string_view(record.hash)).run();
}

store::DatabaseResult<Done> append(store::Database& database, const Entry& entry, Budget& budget) {
    if (!budget.admits(entry, Budget::Clock::now())) return Done{};
    Entry counted = entry;
    counted.leftOut += budget.takeLeftOut();
    return append(database, counted);
}

store::DatabaseResult<std::optional<Entry>> sentEntry(store::Database& database, std::int64_t createId) {
    // In the words of the index audit_sent.
    store::Statement find(database,
                          recordsWhere("create_id = ? AND outcome = 'sent' ORDER BY seq DESC LIMIT 1"));
    const bool found = find.bind(createId).next();
    if (find.failed()) return find.error();
    if (!found) return std::optional<Entry>();
    const Record record = recordOf(find);
    Entry entry{record};
    entry.leftOut = 0;
    entry.outcome = Outcome::Sent;
    entry.source = record;
    for (const auto serial : base::partsOf(record.serials, ' '))
        entry.serials.emplace_back(serial);
    return std::optional(entry);
}

bool Budget::admits(const Entry& entry, Clock::time_point now) {
    if (entry.outcome != Outcome::Refused && entry.outcome != Outcome::Failed) return true;
    // Each one moves the moment at which all may be entered again by one refill.
    const auto full = std::max(full_, now) + refill_;
    if (full - now > burst_ * refill_) {
        leftOut_ += 1 + entry.leftOut;
        return false;
    }
    full_ = full;
    return true;
}

Result<store::Database, std::string> openLog(const std::string& path,
                                             const std::function<std::string()>& password) {
    auto database = store::openToRead({.path = path, .password = password, .readTime = kPageTime});
    if (!database) return database.error();
    const auto schema = database.value().driver().schema();
    if (!schema) return sentenceOf(schema.error());
    if (schema.value().owner != store::SchemaState::Owner::Us || schema.value().version == 0)
        return store::publicNameOf(path) +
               " has no audit log: it is another program's, or no proxy that has one has opened it yet";
    return std::move(database).value();
}

Result<Done, std::string> eachRecord(store::Database& log, const std::function<bool(const Record&)>& take) {
    const auto head = headOf(log);
    if (!head) return sentenceOf(head.error());
    // Page by page: a statement that runs for as long as somebody reads our output would keep SQLite's WAL
    // from being emptied.
    std::int64_t after = 0;
    std::vector<Record> page;
    do {
        page.clear();
        store::Statement find(log, recordsWhere("seq > ? AND seq <= ? ORDER BY seq LIMIT ?"));
        find.bind(after).bind(head.value().sequence).bind(kPage);
        while (find.next())
            page.push_back(recordOf(find));
        if (find.failed()) return sentenceOf(find.error());
        for (const Record& record : page) {
            if (!take(record)) return Done{};
            after = record.sequence;
        }
    } while (!page.empty());
    return Done{};
}

store::DatabaseResult<std::optional<Slice>> entriesAfter(store::Database& log, const Cursor& after,
                                                         std::int64_t limit) {
    // The cursor's own entry comes along: whether it is there, and what follows it, is one look.
    store::Statement find(log, recordsWhere("seq >= ? ORDER BY seq LIMIT ?"));
    find.bind(after.sequence).bind(after.sequence == 0 ? limit : limit + 1);
    Slice slice{{}, after};
    bool isThere = after.sequence == 0;
    while (find.next()) {
        Record record = recordOf(find);
        if (!isThere) {
            if (record.sequence != after.sequence || record.milliseconds != after.milliseconds)
                return std::optional<Slice>();
            isThere = true;
            continue;
        }
        slice.end = {record.sequence, record.milliseconds};
        slice.records.push_back(std::move(record));
    }
    if (find.failed()) return find.error();
    if (!isThere) return std::optional<Slice>();
    return std::optional(std::move(slice));
}

Result<Verdict, std::string> verify(store::Database& log, const std::optional<Head>& anchor) {
    const auto stored = headOf(log);
    if (!stored) return sentenceOf(stored.error());
    Verdict verdict;
    const auto walked = eachRecord(log, [&](const Record& record) {
        // What has been added since is not looked at.
        if (record.sequence > stored.value().sequence) return true;
        verdict.fault = faultOf(record, verdict.head, anchor);
        if (!verdict.fault.empty()) return false;
        verdict.head = {record.sequence, record.hash};
        return true;
    });
    if (!walked) return walked.error();
    // In one statement with the head as it is now, so that a proxy may append meanwhile.
    const auto outside =
        log.number("SELECT (SELECT count(*) FROM audit WHERE seq < 1 OR seq > last_seq) FROM audit_head");
    if (!outside) return sentenceOf(outside.error());
    if (verdict.fault.empty())
        verdict.fault = faultAtEnd(verdict.head, stored.value(), outside.value(), anchor);
    return verdict;
}

}  // namespace smartca::audit
