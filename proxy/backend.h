// What the routes act on, opened from the options: the database with the journal in it, and the companies, each
// with its registry and its accounts at SmartCA and, where that is the registry, at eContract.
//
//   auto backend = openBackend(options, log, health, secrets, {});
//   if (!backend) return say(backend.error());  // a sentence for the operator
//   backend.value()->companies->find("main")->registry().users(...);
//
// The owner's thread opens it; its parts may then be used from any.
#pragma once

#include <memory>
#include <string>

#include "proxy/base/file.h"
#include "proxy/companies.h"
#include "proxy/journal/sql_journal.h"
#include "proxy/ops/health.h"
#include "proxy/ops/log.h"
#include "proxy/ops/options.h"
#include "proxy/secrets.h"
#include "proxy/store/store.h"
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca {

Instant clockNow();

// In the order in which they are needed; destroyed in the other.
struct Backend {
    std::string fingerprintKey, sessionKey;
    std::unique_ptr<base::ScratchFolder> scratch;  // of the database, where the configuration is only checked
    std::shared_ptr<store::Store> store;
    std::unique_ptr<journal::SqlJournal> journal;
    std::unique_ptr<Companies> companies;
};

// `log`, `health` and `secrets` must outlive the result. With Action::CheckConfig the database is looked at alone, and
// the rest is tried on an empty one that goes with the result. `watch` sees every commit of a create; for
// tests.
Result<std::unique_ptr<Backend>, std::string> openBackend(const ops::Options& options, const ops::Log& log,
                                                          ops::Health& health, Secrets& secrets,
                                                          store::CommitWatch watch);

}  // namespace smartca
