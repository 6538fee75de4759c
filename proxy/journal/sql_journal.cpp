#include "proxy/journal/sql_journal.h"

namespace smartca::journal {
namespace {

using Written = store::DatabaseResult<Done>;

constexpr std::int64_t numberOf(CreateState state) {
    return static_cast<std::int64_t>(state);
}

// "(1, 3)": the states that may become that one.
std::string sourcesOf(CreateState to) {
    std::string list;
    for (const CreateState from : kCreateStates) {
        if (!mayBecome(from, to)) continue;
        list += (list.empty() ? "(" : ", ") + std::to_string(numberOf(from));
    }
    return list + ")";
}

// WHERE of the one record that may make the step: its parameters are caller, key and our run. What another
// run has taken over is no longer ours to move.
std::string mayStep(CreateState to) {
    return " WHERE caller = ? AND key = ? AND run = ? AND state IN " + sourcesOf(to);
}

// The statements below name states by number where an index or a reader needs it.
static_assert(numberOf(CreateState::Received) == 1 && numberOf(CreateState::Intent) == 2 &&
              numberOf(CreateState::Sent) == 3 && numberOf(CreateState::Unknown) == 4 &&
              numberOf(CreateState::Created) == 5 && numberOf(CreateState::Rejected) == 6);

CreateState stateOf(const store::Statement& row, int column) {
    return kCreateStates[static_cast<std::size_t>(row.number(column)) % kCreateStates.size()];
}

// Runs what has mayStep().
Written runStep(store::Statement& step, store::Database& database, CreateState to) {
    auto done = step.run();
    if (!done || database.changes() > 0) return done;
    return store::DatabaseError{.reason = "no create may become " + std::string(nameOf(to))};
}

base::Fault unavailable(const store::DatabaseError& error) {
    return {ProblemCode::Unavailable, {}, "database: " + error.reason};
}

// Whether a request in this process works on the record.
enum class Work : std::uint8_t { None, UnderWay };

std::int64_t runOf(store::Database& database) {
    return database.driver().run();
}

Written takeOver(store::Database& database, const Key& key) {
    store::Statement take(
        database,
        "UPDATE creates SET run = ?, state = 1, company = NULL, user_id = NULL, plan = NULL, memo = NULL"
        " WHERE caller = ? AND key = ? AND state IN (1, 2)");
    return take.bind(runOf(database)).bind(key.caller).bind(key.key).run();
}

// Whether another proxy that is still there works on what that run has begun.
store::DatabaseResult<bool> isElsewhere(store::Database& database, std::int64_t run) {
    if (run == runOf(database)) return false;
    return database.driver().isAlive(run);
}

// The record of a key that was used before, and what it means for the request that is made now.
store::DatabaseResult<Begun> meet(store::Database& database, const Key& key, const std::string& fingerprint,
                                  Work work) {
    store::Statement find(database,
                          "SELECT fingerprint, state, body, id, begun_at, run FROM creates WHERE caller = ? "
                          "AND key = ?");
    find.bind(key.caller).bind(key.key);
    const bool found = find.next();
    if (find.failed()) return find.error();
    if (!found || (!fingerprint.empty() && find.text(0) != fingerprint))
        return Begun{BeginState::BodyDiffers};
    const CreateState state = stateOf(find, 1);
    Begun begun{BeginState::InProgress, {}, find.number(3), find.number(4)};
    if (isSettled(state)) {
        begun.state = BeginState::Finished;
        begun.answer = {state, find.text(2)};
        return begun;
    }
    if (work == Work::UnderWay) return begun;
    if (isOpen(state)) {
        begun.state = BeginState::Open;
        return begun;
    }
    const auto elsewhere = isElsewhere(database, find.number(5));
    if (!elsewhere) return elsewhere.error();
    if (elsewhere.value()) return begun;
    begun.state = BeginState::Interrupted;
    if (auto taken = takeOver(database, key); !taken) return taken.error();
    return begun;
}

store::DatabaseResult<Begun> beginIn(store::Database& database, const Key& key,
                                     const std::string& fingerprint, Instant now, Work work) {
    store::Statement claim(database,
                           "INSERT INTO creates(caller, key, fingerprint, run, begun_at, state)"
                           " VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT(caller, key) DO NOTHING RETURNING id");
    claim.bind(key.caller).bind(key.key).bind(fingerprint).bind(runOf(database)).bind(now);
    if (claim.next()) return Begun{BeginState::Fresh, {}, claim.number(0), now};
    if (claim.failed()) return claim.error();
    return meet(database, key, fingerprint, work);
}

// Whether it is still being found out what became of another create for that user.
store::DatabaseResult<bool> isPending(store::Database& database, const Plan& plan) {
    // In the words of the index creates_open, so that it is used.
    store::Statement find(
        database, "SELECT 1 FROM creates WHERE company = ? AND user_id = ? AND state IN (3, 4) LIMIT 1");
    const bool found = find.bind(plan.company).bind(plan.userId).next();
    if (find.failed()) return find.error();
    return found;
}

// Within a write transaction. Gives the key back and says why. What was sent stays, and what another run has taken over: both
// have entries of their own.
Written giveBack(store::Database& database, const Key& key, const audit::Entry& entry,
                 audit::Budget& budget) {
    for (const CreateState state : {CreateState::Received, CreateState::Intent}) {
        store::Statement forget(database,
                                "DELETE FROM creates WHERE caller = ? AND key = ? AND run = ? AND state = ?");
        forget.bind(key.caller).bind(key.key).bind(runOf(database)).bind(numberOf(state));
        if (auto done = forget.run(); !done) return done;
        if (database.changes() == 0) continue;
        // Who has read that it was sent has to read how it ended.
        if (state == CreateState::Intent) return audit::append(database, entry);
        return audit::append(database, entry, budget);
    }
    return Done{};
}

}  // namespace

Written keepAnswer(store::Database& database, const Key& key, const StoredAnswer& answer, Instant now) {
    static const std::string kCreated = mayStep(CreateState::Created);
    static const std::string kRejected = mayStep(CreateState::Rejected);
    const CreateState to = answer.state;
    store::Statement finish(
        database, "UPDATE creates SET state = ?, finished_at = ?, body = ?, plan = NULL, memo = NULL" +
                      (to == CreateState::Created ? kCreated : kRejected));
    finish.bind(numberOf(to)).bind(now).bind(answer.body);
    finish.bind(key.caller).bind(key.key).bind(runOf(database));
    return runStep(finish, database, to);
}

// One write transaction that is committed under `name`, where it has one; empty: its commit is nobody's
// step. `change` gets the audit log's budget as it will be if the commit is made.
template <class Change>
base::Outcome<Done> SqlJournal::write(store::Durability durability, std::string_view name, Change change) {
    store::Store::Writer writer = store_->write(durability);
    store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    audit::Budget budget = budget_;
    if (transaction.failed()) return unavailable(transaction.error());
    if (const Written changed = change(writer.database(), budget); !changed)
        return unavailable(changed.error());
    const auto committed = name.empty() ? transaction.commit() : store_->commit(transaction, name);
    // What may have been committed is spent, also where the answer got lost.
    if (committed || committed.error().fault == store::DatabaseFault::CommitLost) budget_ = budget;
    if (!committed) return unavailable(committed.error());
    return Done{};
}

base::Outcome<Begun> SqlJournal::begin(const Key& key, const std::string& fingerprint, Instant now) {
    const std::lock_guard lock(mutex_);
    const Work work = working_.contains({key.caller, key.key}) ? Work::UnderWay : Work::None;
    std::optional<Begun> begun;
    const auto change = [&](store::Database& database, audit::Budget& budget) -> Written {
        // What could not be given back when it ended must not look like work under way to other proxies.
        for (const auto& [abandoned, entry] : abandoned_) {
            if (auto given = giveBack(database, abandoned, entry, budget); !given) return given;
        }
        auto found = beginIn(database, key, fingerprint, now, work);
        if (!found) return found.error();
        begun = std::move(found).value();
        return Done{};
    };
    const auto written = write(store::Durability::ProcessCrash, nameOf(CreateState::Received), change);
    if (!written) return written.error();
    abandoned_.clear();
    if (begun->state == BeginState::Fresh || begun->state == BeginState::Interrupted)
        working_.insert({key.caller, key.key});
    return std::move(*begun);
}

base::Outcome<Done> SqlJournal::intend(const Key& key, const Plan& plan) {
    bool pending = false;
    const auto change = [&](store::Database& database, audit::Budget&) -> Written {
        const auto other = isPending(database, plan);
        if (!other) return other.error();
        pending = other.value();
        if (pending) return store::DatabaseError{};
        store::Statement intend(database,
                                "UPDATE creates SET state = 2, company = ?, user_id = ?, plan = ?, memo = ?" +
                                    mayStep(CreateState::Intent));
        intend.bind(plan.company).bind(plan.userId).bind(plan.registry).bind(plan.memo);
        intend.bind(key.caller).bind(key.key).bind(runOf(database));
        return runStep(intend, database, CreateState::Intent);
    };
    auto written = write(store::Durability::ProcessCrash, nameOf(CreateState::Intent), change);
    if (pending) return base::Fault{ProblemCode::UserPending};
    return written;
}

base::Outcome<Done> SqlJournal::audit(const audit::Entry& entry) {
    const auto change = [&](store::Database& database, audit::Budget& budget) {
        return audit::append(database, entry, budget);
    };
    return write(store::Durability::PowerLoss, {}, change);
}

base::Outcome<std::optional<audit::Slice>> SqlJournal::entriesAfter(const audit::Cursor& after,
                                                                    std::int64_t limit) {
    store::Store::Reader reader = store_->read();
    auto slice = audit::entriesAfter(reader.database(), after, limit);
    if (!slice) return unavailable(slice.error());
    return std::move(slice).value();
}

base::Outcome<Done> SqlJournal::step(const Key& key, CreateState to, store::Durability durability,
                                     const audit::Entry* entry) {
    const auto change = [&](store::Database& database, audit::Budget& budget) -> Written {
        store::Statement step(database, "UPDATE creates SET state = ?" + mayStep(to));
        step.bind(numberOf(to)).bind(key.caller).bind(key.key).bind(runOf(database));
        auto done = runStep(step, database, to);
        return done && entry != nullptr ? audit::append(database, *entry, budget) : done;
    };
    return write(durability, nameOf(to), change);
}

base::Outcome<Done> SqlJournal::sending(const Key& key, const audit::Entry& entry) {
    return step(key, CreateState::Sent, store::Durability::PowerLoss, &entry);
}

base::Outcome<Done> SqlJournal::unsent(const Key& key) {
    return step(key, CreateState::Intent, store::Durability::ProcessCrash, nullptr);
}

base::Outcome<Done> SqlJournal::unknown(const Key& key, const audit::Entry& entry) {
    return step(key, CreateState::Unknown, store::Durability::ProcessCrash, &entry);
}

void SqlJournal::leave(const Key& key) {
    const std::lock_guard lock(mutex_);
    working_.erase({key.caller, key.key});
}

base::Outcome<Done> SqlJournal::finish(const Key& key, const StoredAnswer& answer, Instant now,
                                       const audit::Entry& entry) {
    const auto change = [&](store::Database& database, audit::Budget& budget) {
        auto kept = keepAnswer(database, key, answer, now);
        return kept ? audit::append(database, entry, budget) : kept;
    };
    return write(store::Durability::ProcessCrash, nameOf(answer.state), change);
}

base::Outcome<Done> SqlJournal::abandon(const Key& key, const audit::Entry& entry) {
    // Both under one lock, so that no request takes over what is just being taken away.
    const std::lock_guard lock(mutex_);
    working_.erase({key.caller, key.key});
    const auto change = [&](store::Database& database, audit::Budget& budget) {
        return giveBack(database, key, entry, budget);
    };
    auto written = write(store::Durability::ProcessCrash, {}, change);
    if (!written) abandoned_.emplace_back(key, entry);
    return written;
}

base::Outcome<bool> SqlJournal::isOfAnother(const Key& key) {
    store::Store::Reader reader = store_->read();
    store::Statement find(reader.database(), "SELECT 1 FROM creates WHERE key = ? AND caller <> ? LIMIT 1");
    const bool found = find.bind(key.key).bind(key.caller).next();
    if (find.failed()) return unavailable(find.error());
    return found;
}

base::Outcome<std::optional<CreateRecord>> SqlJournal::find(const std::string& caller, std::int64_t id) {
    Key key{caller, {}};
    std::optional<CreateRecord> record;
    {
        store::Store::Reader reader = store_->read();
        store::Statement find(reader.database(),
                              "SELECT state, begun_at, body, key FROM creates WHERE id = ? AND caller = ?");
        const bool found = find.bind(id).bind(caller).next();
        if (find.failed()) return unavailable(find.error());
        if (!found) return std::optional<CreateRecord>();
        record = CreateRecord{stateOf(find, 0), find.number(1), {}};
        if (isSettled(record->state)) record->answer = {record->state, find.text(2)};
        key.key = find.text(3);
    }
    if (isSettled(record->state) || isOpen(record->state)) return record;
    auto dead = isDead(key);
    if (!dead) return dead.error();
    record->isDead = dead.value();
    return record;
}

// Whether nothing was sent and no request works on it. Under the write lock: a commit whose answer was lost
// has then come to its end, one way or the other.
base::Outcome<bool> SqlJournal::isDead(const Key& key) {
    const std::lock_guard lock(mutex_);
    if (working_.contains({key.caller, key.key})) return false;
    store::Store::Writer writer = store_->write(store::Durability::ProcessCrash);
    const store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    if (transaction.failed()) return unavailable(transaction.error());
    store::Statement find(writer.database(),
                          "SELECT run FROM creates WHERE caller = ? AND key = ? AND state IN (1, 2)");
    const bool found = find.bind(key.caller).bind(key.key).next();
    if (find.failed()) return unavailable(find.error());
    if (!found) return false;
    const auto elsewhere = isElsewhere(writer.database(), find.number(0));
    if (!elsewhere) return unavailable(elsewhere.error());
    return !elsewhere.value();
}

namespace {

// What runs that have ended left open becomes ours.
Written adoptOpen(store::Database& database) {
    std::vector<std::int64_t> ended;
    {
        store::Statement runs(database,
                              "SELECT DISTINCT run FROM creates WHERE state IN (3, 4) AND run <> ?");
        runs.bind(runOf(database));
        while (runs.next())
            ended.push_back(runs.number(0));
        if (runs.failed()) return runs.error();
    }
    if (ended.empty()) return Done{};
    store::Transaction transaction(database, store::TransactionKind::Write);
    if (transaction.failed()) return transaction.error();
    for (const std::int64_t run : ended) {
        const auto alive = database.driver().isAlive(run);
        if (!alive) return alive.error();
        if (alive.value()) continue;
        store::Statement adopt(database, "UPDATE creates SET run = ? WHERE run = ? AND state IN (3, 4)");
        if (auto adopted = adopt.bind(runOf(database)).bind(run).run(); !adopted) return adopted;
    }
    return transaction.commit();
}

// The caller, and what was asked for.
store::DatabaseResult<audit::Entry> sentEntryOf(store::Database& database, const OpenCreate& create) {
    auto sent = audit::sentEntry(database, create.id);
    if (!sent) return sent.error();
    if (sent.value()) return std::move(*sent.value());
    // The log has been emptied. A caller's key ends with who it is.
    audit::Entry entry;
    entry.source.actor = create.key.caller.substr(create.key.caller.rfind('\n') + 1);
    entry.source.company = create.plan.company;
    entry.createId = create.id;
    entry.userId = create.plan.userId;
    return entry;
}

}  // namespace

base::Outcome<std::vector<OpenCreate>> SqlJournal::open() {
    // Under the lock, and begin() takes it too: what is sent and not in working_ is not being worked on.
    const std::lock_guard lock(mutex_);
    store::Store::Writer writer = store_->write(store::Durability::ProcessCrash);
    if (const auto adopted = adoptOpen(writer.database()); !adopted) return unavailable(adopted.error());
    store::Statement find(writer.database(),
                          "SELECT id, caller, key, company, user_id, plan, memo, state FROM creates"
                          " WHERE state IN (3, 4) AND run = ? ORDER BY id LIMIT 1000");
    find.bind(writer.run());
    std::vector<OpenCreate> found;
    while (find.next()) {
        Key key{find.text(1), find.text(2)};
        if (working_.contains({key.caller, key.key})) continue;
        found.push_back({find.number(0),
                         std::move(key),
                         {find.text(3), find.number(4), find.text(5), find.text(6)},
                         stateOf(find, 7)});
    }
    if (find.failed()) return unavailable(find.error());
    for (auto& create : found) {
        auto entry = sentEntryOf(writer.database(), create);
        if (!entry) return unavailable(entry.error());
        create.entry = std::move(entry).value();
    }
    return found;
}

base::Outcome<std::int64_t> SqlJournal::expire(Instant before) {
    std::int64_t forgotten = 0;
    const auto change = [&](store::Database& database, audit::Budget&) {
        store::Statement forget(
            database,
            "DELETE FROM creates WHERE id IN (SELECT id FROM creates WHERE begun_at < ?1"
            " AND ((state IN (1, 2) AND run <> ?2) OR (state IN (5, 6) AND finished_at < ?1))"
            " LIMIT ?3)");
        auto done = forget.bind(before).bind(runOf(database)).bind(kForgottenAtOnce).run();
        forgotten = database.changes();
        return done;
    };
    if (const auto written = write(store::Durability::ProcessCrash, {}, change); !written)
        return written.error();
    return forgotten;
}

}  // namespace smartca::journal
