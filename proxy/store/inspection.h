// A look at a database that leaves it as it is: to know whether a store could be opened on
// it. A proxy may be running on it meanwhile.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "proxy/store/store.h"
#include "shared/result.h"

namespace smartca::store {

enum class DatabaseState : std::uint8_t {
    Current,
    Old,    // a store brings its tables up to date
    Empty,  // a store makes its tables, and the file where there is none
};

// The error is for an operator: what Store::open() would refuse, but for another process that has the file
// open.
Result<DatabaseState, std::string> inspect(const StoreOptions& options);

// To read alone, and only what is there. The error is for an operator.
Result<Database, std::string> openToRead(const StoreOptions& options);

// The same, for a moment: beside a file that no process has open, it leaves nothing.
Result<Database, std::string> openToLook(const StoreOptions& options);

}  // namespace smartca::store
