// What went wrong in a database, in kinds that both drivers (driver.h) can tell.
#pragma once

#include <cstdint>
#include <string>

#include "shared/result.h"

namespace smartca::store {

enum class DatabaseFault : std::uint8_t {
    Other,        // busy for too long, out of time, words that are no SQL
    Constraint,   // UNIQUE, NOT NULL, FOREIGN KEY or CHECK refused
    Corrupt,      // damaged
    NoDatabase,   // the file is none
    NotWritable,  // by this user
    Full,
    // Of a database on a server:
    NotGranted,   // the role may not do that
    Unreachable,  // no connection, or it broke: what was not committed is not there
    CommitLost,   // it broke while a commit was on its way: what that holds may be there, or not
};

struct DatabaseError {
    DatabaseFault fault = DatabaseFault::Other;
    std::string message{};  // the database's words and what was attempted; never a bound value
    std::string reason{};   // the database's words alone

    // At the start: what is wrong with the database and what to do, without SQL.
    std::string forOperator() const;
    bool isCorruption() const {
        return fault == DatabaseFault::Corrupt || fault == DatabaseFault::NoDatabase;
    }
    bool isConstraint() const { return fault == DatabaseFault::Constraint; }
};

template <class T>
using DatabaseResult = Result<T, DatabaseError>;

}  // namespace smartca::store
