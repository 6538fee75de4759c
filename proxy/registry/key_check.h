// Whether a key file is the one that a database was begun with: a known text lies in the database, sealed
// (company.key_check).
//
// Threads: those of the store, of the database.
#pragma once

#include <cstdint>
#include <string>

#include "proxy/registry/sealed_secret.h"
#include "proxy/registry/store.h"
#include "shared/result.h"

namespace smartca::registry {

enum class KeyCheck : std::uint8_t { Same, Another, NotKept };

// Of a database whose tables are up to date. The error is for an operator.
Result<KeyCheck, std::string> checkKey(Database& database, const SealingKey& key);

// Likewise, and keeps the sealed text where there is none. NotKept does not come back.
Result<KeyCheck, std::string> keepKeyCheck(Store& store, const SealingKey& key);

}  // namespace smartca::registry
