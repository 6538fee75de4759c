// A connection to an SQLite file.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "proxy/store/database.h"

namespace smartca::store {

enum class OpenMode : std::uint8_t {
    ReadWriteCreate,
    ReadOnly,
    Still,  // read-only, of a file that nobody has open: nothing is made beside it
};

// Foreign keys on, extended trust off, that busy timeout. `run` is Driver::run; of another run nothing is
// alive, since one process has the file (sqlite_file.cpp).
DatabaseResult<Database> openSqlite(const std::string& path, OpenMode mode,
                                    std::chrono::milliseconds busyTimeout = std::chrono::seconds(5),
                                    std::int64_t run = 0);

// Why a database is not made there: a folder, or the end of a link, where it would have two names, each with
// a lock of its own. Empty: it may be.
std::string refusalOfPlace(const std::string& path);

}  // namespace smartca::store
