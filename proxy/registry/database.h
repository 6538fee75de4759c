// A thin layer over SQLite's C interface: a handle closes itself, an error is a value, a transaction rolls
// back unless it was committed. It knows nothing of what is stored.
//
//   Statement find(database, "SELECT name FROM users WHERE id = ?");
//   find.bind(id);
//   while (find.next()) use(find.text(0));
//   if (find.failed()) return find.error();
//
// Threads: a Database and its statements belong to one thread at a time; store.h hands them out.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace smartca::registry {

struct DatabaseError {
    int code = 0;         // SQLite's primary result code
    std::string message;  // SQLite's words and what was attempted; never a bound value

    std::string reason{};  // SQLite's words alone

    // At the start: what is wrong with the file and what to do, without SQL.
    std::string forOperator() const;
    bool isCorruption() const;  // the file is damaged or is no database
    bool isConstraint() const;  // UNIQUE, NOT NULL, FOREIGN KEY or CHECK refused
};

template <class T>
using DatabaseResult = Result<T, DatabaseError>;

enum class OpenMode : std::uint8_t { ReadWriteCreate, ReadOnly };

class Database {
  public:
    // Foreign keys on, extended trust off, that busy timeout.
    static DatabaseResult<Database> open(const std::string& path, OpenMode mode,
                                         std::chrono::milliseconds busyTimeout = std::chrono::seconds(5));

    // One or several statements that return nothing of interest. Never put a value into `sql`: bind it.
    DatabaseResult<Done> execute(const std::string& sql);

    // The first column of the first row of a statement without parameters, such as a PRAGMA.
    DatabaseResult<std::int64_t> number(const std::string& sql);

    // Statements that still run at that moment end with an error. Until it is set again.
    void runUntil(std::chrono::steady_clock::time_point end);

    // The file is not where it was opened: removed, or another put in its place.
    bool hasMoved() const;

    std::int64_t changes() const;       // rows changed by the last INSERT, UPDATE or DELETE
    std::int64_t lastInsertId() const;  // rowid of the last INSERT that added a row

  private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

    explicit Database(sqlite3* handle);
    DatabaseError lastError(std::string_view what) const;
    // Null with lastError() when the statement is none.
    Prepared prepare(std::string_view sql);
    void keep(Prepared statement);

    std::unique_ptr<std::chrono::steady_clock::time_point> end_;  // SQLite holds its address
    std::unique_ptr<sqlite3, Close> handle_;
    // Statements at rest, the one used last at the end: preparing an INSERT with its indexes costs more than
    // running it.
    std::vector<Prepared> kept_;  // behind handle_, so that they go first
};

// A prepared statement; the database keeps it for the next one with the same words. The first error sticks:
// later calls do nothing, and failed() tells at the end.
class Statement {
  public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // The next parameter, from left to right. Texts and blobs are copied.
    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bindOptional(const std::optional<std::string>& text);
    Statement& bindOptional(const std::optional<std::int64_t>& value);
    Statement& bindBlob(std::string_view bytes);
    Statement& bindNull();

    // Moves to the next row; false at the end and after an error.
    bool next();
    // For a statement that returns no rows.
    DatabaseResult<Done> run();
    // Ready for another round of bind() and next().
    void reset();

    // Columns of the current row, counted from 0.
    std::int64_t number(int column) const;
    std::string text(int column) const;
    std::string blob(int column) const;
    bool isNull(int column) const;

    bool failed() const { return error_.has_value(); }
    const DatabaseError& error() const { return *error_; }  // precondition: failed()

  private:
    Statement& bound(int result);

    Database& database_;
    Database::Prepared handle_;
    int parameter_ = 1;
    std::optional<DatabaseError> error_;
};

// Write takes the write lock at the start, so that what is read inside cannot be overtaken before it is
// written.
enum class TransactionKind : std::uint8_t { Read, Write };

class Transaction {
  public:
    Transaction(Database& database, TransactionKind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    bool failed() const { return error_.has_value(); }      // could not begin
    const DatabaseError& error() const { return *error_; }  // precondition: failed()

    DatabaseResult<Done> commit();

  private:
    Database& database_;
    std::optional<DatabaseError> error_;
    bool open_ = false;
};

}  // namespace smartca::registry
