// The journal of creates in the registry's database, which several proxies may share (PostgreSQL): a record
// belongs to the run that has begun or taken it over (Driver::run), and no other run moves it as long as that
// one is there.
//
// What outlives what: the certificates and the answer that SqlRegistry::attach() writes are one
// transaction, synced to the disk before it returns: the only wait for the disk in such a create. A record
// that is only received is handed to the operating system, which is enough: WAL keeps the order of commits,
// so whatever is attached on disk has its record and its answer there too; a record that a loss of power
// takes away had attached nothing. For the same reason an intent waits for no disk of its own: sending()
// syncs both before the first byte goes out. What finish() and unknown() write outlives a loss of power from
// the next synced write on; until then the record says sent, and is found out by reading.
//
// Threads: any.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/registry/audit_log.h"
#include "proxy/registry/journal.h"
#include "proxy/registry/store.h"

namespace smartca::registry {

// finish() within a transaction that is open already. An error also where nothing was begun under that key,
// or it is finished.
DatabaseResult<Done> keepAnswer(Database& database, const JournalKey& key, const StoredAnswer& answer,
                                Instant now);

class SqlJournal final : public Journal {
  public:
    explicit SqlJournal(std::shared_ptr<Store> store) : store_(std::move(store)) {}

    Outcome<Begun> begin(const JournalKey& key, const std::string& fingerprint, Instant now) override;
    Outcome<Done> intend(const JournalKey& key, const Plan& plan) override;
    Outcome<Done> sending(const JournalKey& key, const AuditEntry& entry) override;
    Outcome<Done> unsent(const JournalKey& key) override;
    Outcome<Done> unknown(const JournalKey& key, const AuditEntry& entry) override;
    Outcome<Done> finish(const JournalKey& key, const StoredAnswer& answer, Instant now,
                         const AuditEntry& entry) override;
    Outcome<Done> abandon(const JournalKey& key, const AuditEntry& entry) override;
    Outcome<Done> audit(const AuditEntry& entry) override;
    void leave(const JournalKey& key) override;
    Outcome<std::optional<Standing>> find(const std::string& caller, std::int64_t id) override;
    Outcome<std::vector<OpenCreate>> open() override;
    Outcome<std::int64_t> expire(Instant before) override;

  private:
    Outcome<bool> isDead(const JournalKey& key);
    Outcome<Done> step(const JournalKey& key, CreateState to, Durability durability, const AuditEntry* entry);
    template <class Change>
    bool write(Durability durability, std::string_view name, Change change);

    std::shared_ptr<Store> store_;
    // What this process works on, kept in memory: a disk that is full when a create fails keeps its record,
    // which must not look like work under way for ever.
    std::mutex mutex_;
    std::set<std::pair<std::string, std::string>> working_;
    std::vector<std::pair<JournalKey, AuditEntry>> abandoned_;  // whose keys could not be given back yet
    AuditBudget budget_;                                        // guarded by the store's writer
};

}  // namespace smartca::registry
