#include "proxy/registry/sqlite_journal.h"

namespace smartca::registry {
namespace {

// The record of a key that was used before, and what it means for the one who asks now.
DatabaseResult<Begun> meet(Database& database, const JournalKey& key, const std::string& fingerprint,
                           std::int64_t run) {
    Statement find(database,
                   "SELECT fingerprint, finished_at, status, body FROM creates WHERE caller = ? AND key = ?");
    find.bind(key.caller).bind(key.key);
    const bool found = find.next();
    if (find.failed()) return find.error();
    if (!found || find.text(0) != fingerprint) return Begun{BeginState::BodyDiffers, {}};
    if (!find.isNull(1)) return Begun{BeginState::Finished, {static_cast<int>(find.number(2)), find.text(3)}};

    Statement takeOver(database, "UPDATE creates SET run = ? WHERE caller = ? AND key = ?");
    if (auto taken = takeOver.bind(run).bind(key.caller).bind(key.key).run(); !taken) return taken.error();
    return Begun{BeginState::Interrupted, {}};
}

DatabaseResult<Begun> beginIn(Database& database, const JournalKey& key, const std::string& fingerprint,
                              std::int64_t run, Instant now) {
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return transaction.error();
    Statement claim(database,
                    "INSERT INTO creates(caller, key, fingerprint, run, begun_at) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT(caller, key) DO NOTHING");
    claim.bind(key.caller).bind(key.key).bind(fingerprint).bind(run).bind(now);
    if (auto claimed = claim.run(); !claimed) return claimed.error();

    auto begun = database.changes() == 1 ? DatabaseResult<Begun>(Begun{BeginState::Fresh, {}})
                                         : meet(database, key, fingerprint, run);
    if (!begun) return begun;
    if (auto committed = transaction.commit(); !committed) return committed.error();
    return begun;
}

}  // namespace

DatabaseResult<Done> keepAnswer(Database& database, const JournalKey& key, const StoredAnswer& answer,
                                Instant now) {
    Statement finish(database,
                     "UPDATE creates SET finished_at = ?, status = ?, body = ?"
                     " WHERE caller = ? AND key = ? AND finished_at IS NULL");
    finish.bind(now).bind(answer.status).bind(answer.body).bind(key.caller).bind(key.key);
    if (auto finished = finish.run(); !finished) return finished;
    if (database.changes() == 0) return DatabaseError{0, "no create is begun under that key", {}};
    return Done{};
}

Journal::Outcome<Begun> SqliteJournal::begin(const JournalKey& key, const std::string& fingerprint,
                                             Instant now) {
    const std::lock_guard lock(mutex_);
    const bool isWorkedOn = working_.contains({key.caller, key.key});
    Store::Writer writer = store_->write(Durability::ProcessCrash);
    auto begun = beginIn(writer.database(), key, fingerprint, store_->run(), now);
    if (!begun) return JournalError::Unavailable;
    BeginState& state = begun.value().state;
    if (state == BeginState::Interrupted && isWorkedOn) state = BeginState::InProgress;
    if (state == BeginState::Fresh || state == BeginState::Interrupted)
        working_.insert({key.caller, key.key});
    return std::move(begun).value();
}

void SqliteJournal::leave(const JournalKey& key) {
    const std::lock_guard lock(mutex_);
    working_.erase({key.caller, key.key});
}

Journal::Outcome<Done> SqliteJournal::finish(const JournalKey& key, const StoredAnswer& answer, Instant now) {
    Store::Writer writer = store_->write(Durability::ProcessCrash);
    if (!keepAnswer(writer.database(), key, answer, now)) return JournalError::Unavailable;
    return Done{};
}

Journal::Outcome<Done> SqliteJournal::abandon(const JournalKey& key) {
    leave(key);
    Store::Writer writer = store_->write(Durability::ProcessCrash);
    Statement forget(writer.database(),
                     "DELETE FROM creates WHERE caller = ? AND key = ? AND finished_at IS NULL");
    if (!forget.bind(key.caller).bind(key.key).run()) return JournalError::Unavailable;
    return Done{};
}

Journal::Outcome<Done> SqliteJournal::expire(Instant before) {
    Store::Writer writer = store_->write(Durability::ProcessCrash);
    Statement forget(writer.database(),
                     "DELETE FROM creates WHERE begun_at < ?1"
                     " AND ((finished_at IS NULL AND run <> ?2) OR finished_at < ?1)");
    if (!forget.bind(before).bind(store_->run()).run()) return JournalError::Unavailable;
    return Done{};
}

}  // namespace smartca::registry
