#include "proxy/audit/reader.h"

#include <utility>
#include <vector>

#include "proxy/store/inspection.h"
#include "proxy/store/store.h"

namespace smartca::audit {
namespace {

constexpr std::int64_t kPage = 500;
constexpr std::chrono::seconds kPageTime{30};  // of a server that has much to do

std::string sentenceOf(const store::DatabaseError& error) {
    return "the audit log cannot be read: " + error.forOperator();
}

// Of which the head knows nothing; in one statement, so that a proxy may append meanwhile.
store::DatabaseResult<std::int64_t> entriesOutside(store::Database& database) {
    return database.number(
        "SELECT (SELECT count(*) FROM audit WHERE seq < 1 OR seq > last_seq) FROM audit_head");
}

std::string numbered(std::int64_t sequence) {
    return "entry " + std::to_string(sequence);
}

// Walks along the records and finds the first that does not fit.
class Walk {
  public:
    Walk(const Head& stored, const std::optional<Anchor>& anchor) : stored_(stored), anchor_(anchor) {}

    bool take(const Record& record) {
        Head& head = verdict_.head;
        if (record.sequence != head.sequence + 1)
            return fault(numbered(head.sequence + 1) + " is missing: " + numbered(record.sequence) +
                         " follows");
        if (chainHash(head.hash, record) != record.hash)
            return fault(numbered(record.sequence) + " is not what was written, or the one before it is not");
        if (anchor_ && anchor_->sequence == record.sequence && anchor_->hash != record.hash)
            return fault(numbered(record.sequence) + " is not the one whose hash was given");
        head = {record.sequence, record.hash};
        ++verdict_.entries;
        return true;
    }

    Verdict finish(std::int64_t outside) {
        const Head& head = verdict_.head;
        if (verdict_.fault.empty() && outside > 0)
            fault(std::to_string(outside) + " entries stand behind the last that the head names");
        if (verdict_.fault.empty() && head.sequence != stored_.sequence)
            fault(numbered(head.sequence + 1) + " and what follows are missing: there were " +
                  std::to_string(stored_.sequence));
        if (verdict_.fault.empty() && head.hash != stored_.hash)
            fault("the head is not that of " + numbered(head.sequence));
        if (verdict_.fault.empty() && anchor_ && anchor_->sequence > head.sequence)
            fault(numbered(anchor_->sequence) + ", whose hash was given, is missing");
        if (verdict_.fault.empty() && anchor_ && anchor_->sequence == 0 && anchor_->hash != chainBeginning())
            fault("what the first entry is chained to is not the one whose hash was given");
        return std::move(verdict_);
    }

  private:
    bool fault(std::string sentence) {
        verdict_.fault = std::move(sentence);
        return false;
    }

    const Head& stored_;
    const std::optional<Anchor>& anchor_;
    Verdict verdict_;
};

}  // namespace

Result<Reader, std::string> Reader::open(const std::string& path,
                                         const std::function<std::string()>& password) {
    auto database = store::openToRead({.path = path, .password = password, .readTime = kPageTime});
    if (!database) return database.error();
    const auto schema = database.value().driver().schema();
    if (!schema) return sentenceOf(schema.error());
    if (schema.value().owner != store::SchemaState::Owner::Us || schema.value().version == 0)
        return store::publicNameOf(path) +
               " has no audit log: it is another program's, or no proxy that has one has opened it yet";
    return Reader(std::move(database).value());
}

Result<Head, std::string> Reader::head() {
    store::Statement find(database_, "SELECT last_seq, last_hash FROM audit_head");
    if (find.next()) return Head{find.number(0), find.text(1)};
    if (find.failed()) return sentenceOf(find.error());
    return std::string("the audit log has lost its head");
}

Result<Done, std::string> Reader::each(const std::function<bool(const Record&)>& take) {
    const auto stored = head();
    if (!stored) return stored.error();
    // Page by page: a statement that runs for as long as somebody reads our output would keep SQLite's WAL
    // from being emptied.
    std::int64_t after = 0;
    std::vector<Record> page;
    do {
        page.clear();
        store::Statement find(database_, std::string("SELECT ") + kColumns +
                                             " FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?");
        find.bind(after).bind(stored.value().sequence).bind(kPage);
        while (find.next())
            page.push_back(recordOfRow(find));
        if (find.failed()) return sentenceOf(find.error());
        for (const Record& record : page) {
            if (!take(record)) return Done{};
            after = record.sequence;
        }
    } while (!page.empty());
    return Done{};
}

Result<Verdict, std::string> Reader::verify(const std::optional<Anchor>& anchor) {
    const auto stored = head();
    if (!stored) return stored.error();
    Walk walk(stored.value(), anchor);
    // What is added while we walk is behind the head that we have read, and not looked at.
    const auto walked = each(
        [&](const Record& record) { return record.sequence > stored.value().sequence || walk.take(record); });
    if (!walked) return walked.error();
    const auto outside = entriesOutside(database_);
    if (!outside) return sentenceOf(outside.error());
    return walk.finish(outside.value());
}

}  // namespace smartca::audit
