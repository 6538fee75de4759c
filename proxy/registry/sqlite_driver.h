// A connection to an SQLite file.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "proxy/registry/database.h"

namespace smartca::registry {

enum class OpenMode : std::uint8_t { ReadWriteCreate, ReadOnly };

// Foreign keys on, extended trust off, that busy timeout. `run` is Driver::run; of another run nothing is
// alive, since one process has the file (sqlite_file.cpp).
DatabaseResult<Database> openSqlite(const std::string& path, OpenMode mode,
                                    std::chrono::milliseconds busyTimeout = std::chrono::seconds(5),
                                    std::int64_t run = 0);

}  // namespace smartca::registry
