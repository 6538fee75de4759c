#include "proxy/registry/audit_reader.h"

#include <utility>
#include <vector>

#include "proxy/registry/inspection.h"
#include "proxy/registry/store.h"

namespace smartca::registry {
namespace {

constexpr std::int64_t kPage = 500;
constexpr std::chrono::seconds kPageTime{30};  // of a server that has much to do

std::string sentenceOf(const DatabaseError& error) {
    return "the audit log cannot be read: " + error.forOperator();
}

// Of which the head knows nothing; in one statement, so that a proxy may append meanwhile.
DatabaseResult<std::int64_t> entriesOutside(Database& database) {
    return database.number(
        "SELECT (SELECT count(*) FROM audit WHERE seq < 1 OR seq > last_seq) FROM audit_head");
}

std::string numbered(std::int64_t sequence) {
    return "entry " + std::to_string(sequence);
}

// Walks along the records and finds the first that does not fit.
class Walk {
  public:
    Walk(const AuditHead& stored, const std::optional<AuditAnchor>& anchor)
        : stored_(stored), anchor_(anchor) {}

    bool take(const AuditRecord& record) {
        AuditHead& head = verdict_.head;
        if (record.sequence != head.sequence + 1)
            return fault(numbered(head.sequence + 1) + " is missing: " + numbered(record.sequence) +
                         " follows");
        if (auditChainHash(head.hash, record) != record.hash)
            return fault(numbered(record.sequence) + " is not what was written, or the one before it is not");
        if (anchor_ && anchor_->sequence == record.sequence && anchor_->hash != record.hash)
            return fault(numbered(record.sequence) + " is not the one whose hash was given");
        head = {record.sequence, record.hash};
        ++verdict_.entries;
        return true;
    }

    AuditVerdict finish(std::int64_t outside) {
        const AuditHead& head = verdict_.head;
        if (verdict_.fault.empty() && outside > 0)
            fault(std::to_string(outside) + " entries stand behind the last that the head names");
        if (verdict_.fault.empty() && head.sequence != stored_.sequence)
            fault(numbered(head.sequence + 1) + " and what follows are missing: there were " +
                  std::to_string(stored_.sequence));
        if (verdict_.fault.empty() && head.hash != stored_.hash)
            fault("the head is not that of " + numbered(head.sequence));
        if (verdict_.fault.empty() && anchor_ && anchor_->sequence > head.sequence)
            fault(numbered(anchor_->sequence) + ", whose hash was given, is missing");
        if (verdict_.fault.empty() && anchor_ && anchor_->sequence == 0 && anchor_->hash != auditBeginning())
            fault("what the first entry is chained to is not the one whose hash was given");
        return std::move(verdict_);
    }

  private:
    bool fault(std::string sentence) {
        verdict_.fault = std::move(sentence);
        return false;
    }

    const AuditHead& stored_;
    const std::optional<AuditAnchor>& anchor_;
    AuditVerdict verdict_;
};

}  // namespace

Result<AuditReader, std::string> AuditReader::open(const std::string& path,
                                                   const std::function<std::string()>& password) {
    auto database = openToRead({.path = path, .password = password, .readTime = kPageTime});
    if (!database) return database.error();
    const auto schema = database.value().driver().schema();
    if (!schema) return sentenceOf(schema.error());
    if (schema.value().owner != SchemaState::Owner::Us || schema.value().version == 0)
        return publicNameOf(path) +
               " has no audit log: it is another program's, or no proxy that has one has opened it yet";
    return AuditReader(std::move(database).value());
}

Result<AuditHead, std::string> AuditReader::head() {
    Statement find(database_, "SELECT last_seq, last_hash FROM audit_head");
    if (find.next()) return AuditHead{find.number(0), find.text(1)};
    if (find.failed()) return sentenceOf(find.error());
    return std::string("the audit log has lost its head");
}

Result<Done, std::string> AuditReader::each(const std::function<bool(const AuditRecord&)>& take) {
    const auto stored = head();
    if (!stored) return stored.error();
    // Page by page: a statement that runs for as long as somebody reads our output would keep SQLite's WAL
    // from being emptied.
    std::int64_t after = 0;
    std::vector<AuditRecord> page;
    do {
        page.clear();
        Statement find(database_, std::string("SELECT ") + kAuditColumns +
                                      " FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?");
        find.bind(after).bind(stored.value().sequence).bind(kPage);
        while (find.next())
            page.push_back(auditRecordOf(find));
        if (find.failed()) return sentenceOf(find.error());
        for (const AuditRecord& record : page) {
            if (!take(record)) return Done{};
            after = record.sequence;
        }
    } while (!page.empty());
    return Done{};
}

Result<AuditVerdict, std::string> AuditReader::verify(const std::optional<AuditAnchor>& anchor) {
    const auto stored = head();
    if (!stored) return stored.error();
    Walk walk(stored.value(), anchor);
    // What is added while we walk is behind the head that we have read, and not looked at.
    const auto walked = each([&](const AuditRecord& record) {
        return record.sequence > stored.value().sequence || walk.take(record);
    });
    if (!walked) return walked.error();
    const auto outside = entriesOutside(database_);
    if (!outside) return sentenceOf(outside.error());
    return walk.finish(outside.value());
}

}  // namespace smartca::registry
