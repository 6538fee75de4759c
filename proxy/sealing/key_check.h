// Whether a key file is the one that a database was begun with: a known text lies in the database, sealed
// (company.key_check).
//
// Threads: those of the store, of the database.
#pragma once

#include <cstdint>
#include <string>

#include "proxy/sealing/sealed_secret.h"
#include "proxy/store/store.h"
#include "shared/result.h"

namespace smartca::sealing {

enum class KeyCheck : std::uint8_t { Same, Another, NotKept };

// Of a database whose tables are up to date. The error is for an operator.
Result<KeyCheck, std::string> checkKey(store::Database& database, const SealingKey& key);

// Likewise, and keeps the sealed text where there is none. NotKept does not come back.
Result<KeyCheck, std::string> keepKeyCheck(store::Store& store, const SealingKey& key);

}  // namespace smartca::sealing
