// What a database has to be able to do for database.h: the seam behind which SQLite (sqlite_driver.h) and
// PostgreSQL (postgres_driver.h) stand. Only database.cpp, the store and schema.cpp call it.
//
// Both are given the same words. Parameters are written ? or ?1; what else differs is the driver's to
// translate (postgres_dialect.h has it all).
//
// Threads: a driver and its statements belong to one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca::store {

// What went wrong in a database, in kinds that both drivers can tell.
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

// Write takes the write lock at the start, so that what is read inside cannot be overtaken before it is
// written: by another thread, another process or another machine.
enum class TransactionKind : std::uint8_t { Read, Write };

// What a commit has to outlive.
enum class Durability : std::uint8_t {
    PowerLoss,     // on the disk before commit returns
    ProcessCrash,  // out of this process; the next synced commit carries it along, since commits keep their
                   // order
};

enum class Dialect : std::uint8_t { Sqlite, Postgres };

// What a database says of its own schema.
struct SchemaState {
    enum class Owner : std::uint8_t { Nobody, Us, Another };
    Owner owner = Owner::Nobody;
    std::int64_t version = 0;  // the last step that was made
};

// A prepared statement.
class DriverStatement {
  public:
    enum class Step : std::uint8_t { Row, End, Failed };

    virtual ~DriverStatement() = default;
    DriverStatement(const DriverStatement&) = delete;
    DriverStatement& operator=(const DriverStatement&) = delete;

    std::string_view words() const { return words_; }  // as it was prepared

    // Parameters are counted from 1; what is not bound is NULL. False: Driver::lastError() tells.
    // A PostgreSQL server finds the type of a parameter from its place in the words.
    virtual bool bindNumber(int parameter, std::int64_t value) = 0;
    virtual bool bindText(int parameter, std::string_view text) = 0;
    virtual bool bindBlob(int parameter, std::string_view bytes) = 0;
    virtual bool bindNull(int parameter) = 0;

    virtual Step step() = 0;
    // Ready for another round, with no parameter bound.
    virtual void reset() = 0;

    // Columns of the current row, counted from 0.
    virtual std::int64_t number(int column) const = 0;
    virtual std::string text(int column) const = 0;
    virtual std::string blob(int column) const = 0;
    virtual bool isNull(int column) const = 0;

  protected:
    // `words` live as long as this does.
    explicit DriverStatement(std::string_view words) : words_(words) {}

  private:
    std::string_view words_;
};

// A new Driver::run(): random, and not 0.
DatabaseResult<std::int64_t> newRun();

// A connection.
class Driver {
  public:
    virtual ~Driver() = default;
    Driver() = default;
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    // Null: lastError() tells.
    virtual std::unique_ptr<DriverStatement> prepare(std::string_view words) = 0;
    virtual DatabaseResult<Done> execute(const std::string& words) = 0;
    virtual DatabaseError lastError(std::string_view what) const = 0;
    virtual std::int64_t changes() const = 0;

    virtual DatabaseResult<Done> begin(TransactionKind kind) = 0;
    virtual DatabaseResult<Done> commit() = 0;
    virtual void rollback() = 0;

    virtual void runUntil(std::chrono::steady_clock::time_point end) = 0;
    virtual void setDurability(Durability durability) = 0;

    // Whenever the connection is handed out: one that broke is made again. False: it cannot be now; what is
    // asked of it fails, too.
    virtual bool refresh() { return true; }

    // A random number of what this proxy does as long as this connection holds: it tells work in progress
    // from the remains of a crash. Not 0 for a connection that writes.
    virtual std::int64_t run() const = 0;
    // Whether that run of another proxy is still going on. Within a write transaction.
    virtual DatabaseResult<bool> isAlive(std::int64_t run) = 0;

    virtual Dialect dialect() const = 0;
    virtual DatabaseResult<SchemaState> schema() = 0;
    // Within a transaction.
    virtual DatabaseResult<Done> setSchema(std::int64_t version) = 0;
};

}  // namespace smartca::store
