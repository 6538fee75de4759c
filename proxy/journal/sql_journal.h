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

#include "proxy/audit/log.h"
#include "proxy/journal/journal.h"
#include "proxy/store/store.h"

namespace smartca::journal {

// finish() within a transaction that is open already. An error also where nothing was begun under that key,
// or it is finished.
store::DatabaseResult<Done> keepAnswer(store::Database& database, const Key& key, const StoredAnswer& answer,
                                       Instant now);

class SqlJournal final : public Journal {
  public:
    explicit SqlJournal(std::shared_ptr<store::Store> store) : store_(std::move(store)) {}

    base::Outcome<Begun> begin(const Key& key, const std::string& fingerprint, Instant now) override;
    base::Outcome<Done> intend(const Key& key, const Plan& plan) override;
    base::Outcome<Done> sending(const Key& key, const audit::Entry& entry) override;
    base::Outcome<Done> unsent(const Key& key) override;
    base::Outcome<Done> unknown(const Key& key, const audit::Entry& entry) override;
    base::Outcome<Done> finish(const Key& key, const StoredAnswer& answer, Instant now,
                               const audit::Entry& entry) override;
    base::Outcome<Done> abandon(const Key& key, const audit::Entry& entry) override;
    base::Outcome<Done> audit(const audit::Entry& entry) override;
    base::Outcome<std::optional<audit::Slice>> entriesAfter(const audit::Cursor& after,
                                                            std::int64_t limit) override;
    void leave(const Key& key) override;
    base::Outcome<bool> isOfAnother(const Key& key) override;
    base::Outcome<std::optional<CreateRecord>> find(const std::string& caller, std::int64_t id) override;
    base::Outcome<std::vector<OpenCreate>> open() override;
    base::Outcome<std::int64_t> expire(Instant before) override;

  private:
    base::Outcome<bool> isDead(const Key& key);
    base::Outcome<Done> step(const Key& key, CreateState to, store::Durability durability,
                             const audit::Entry* entry);
    template <class Change>
    base::Outcome<Done> write(store::Durability durability, std::string_view name, Change change);

    std::shared_ptr<store::Store> store_;
    // What this process works on, kept in memory: a disk that is full when a create fails keeps its record,
    // which must not look like work under way for ever.
    std::mutex mutex_;
    std::set<std::pair<std::string, std::string>> working_;
    std::vector<std::pair<Key, audit::Entry>> abandoned_;  // whose keys could not be given back yet
    audit::Budget budget_;                                 // guarded by the store's writer
};

}  // namespace smartca::journal
