// The journal of creates in the registry's SQLite file.
//
// What outlives what: an intent is synced to the disk before begin() returns, so it outlives a loss of power.
// A stored answer outlives a crash of the process at once and a loss of power from the next synced write on;
// should it be lost, the intent is still there and begin() says Interrupted, which is handled anyway.
//
// Threads: any.
#pragma once

#include <memory>

#include "proxy/registry/journal.h"
#include "proxy/registry/store.h"

namespace smartca::registry {

class SqliteJournal final : public Journal {
  public:
    explicit SqliteJournal(std::shared_ptr<Store> store) : store_(std::move(store)) {}

    Outcome<Begun> begin(const JournalKey& key, const std::string& fingerprint, Instant now) override;
    // Unavailable also where nothing was begun under that key. A second answer does not replace the first.
    Outcome<Done> finish(const JournalKey& key, const StoredAnswer& answer, Instant now) override;
    Outcome<Done> abandon(const JournalKey& key) override;
    // Also forgets intents that old which an earlier process left behind: nobody asked for them again.
    Outcome<Done> expire(Instant before) override;

  private:
    std::shared_ptr<Store> store_;
};

}  // namespace smartca::registry
