// A thin layer over a database, SQLite or PostgreSQL (driver.h): a handle closes itself, an error is a value,
// a transaction rolls back unless it was committed. It knows nothing of what is stored.
//
//   Statement find(database, "SELECT name FROM users WHERE id = ?");
//   find.bind(id);
//   while (find.next()) use(find.text(0));
//   if (find.failed()) return find.error();
//
// Why not SOCI, the well-kept library for this: its package brings the clients of five databases along
// (Debian 4.0.3), and it has no way to what is needed of each here (SQLite's progress handler, the look
// whether the file is still there, PostgreSQL's deadlines and a commit whose answer was lost).
//
// Threads: a Database and its statements belong to one thread at a time; store.h hands them out.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/store/driver.h"

namespace smartca::store {

class Database {
  public:
    explicit Database(std::unique_ptr<Driver> driver) : driver_(std::move(driver)) {}

    // One or several statements that return nothing of interest. Never put a value into `sql`: bind it.
    DatabaseResult<Done> execute(const std::string& sql);

    // The first column of the first row of a statement without parameters.
    DatabaseResult<std::int64_t> number(const std::string& sql);

    // Statements that still run at that moment end with an error. Until it is set again.
    void runUntil(std::chrono::steady_clock::time_point end) { driver_->runUntil(end); }

    // Rows changed by the last INSERT, UPDATE or DELETE.
    std::int64_t changes() const { return driver_->changes(); }

    // How often something went wrong, other than by a constraint, and what the last time, since this was asked.
    struct Faults {
        std::uint64_t count = 0;
        DatabaseError last{};
    };
    Faults takeFaults() { return std::exchange(faults_, {}); }

    Driver& driver() { return *driver_; }
    const Driver& driver() const { return *driver_; }

  private:
    friend class Statement;
    friend class Transaction;
    using Prepared = std::unique_ptr<DriverStatement>;

    // Null: the driver's lastError() tells.
    Prepared prepare(std::string_view sql);
    void keep(Prepared statement);
    DatabaseError noted(DatabaseError error);

    Faults faults_;
    std::unique_ptr<Driver> driver_;
    // Statements at rest, the one used last at the end: preparing an INSERT with its indexes costs more than
    // running it.
    std::vector<Prepared> kept_;  // behind driver_, so that they go first
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
    std::int64_t number(int column) const { return handle_->number(column); }
    std::string text(int column) const { return handle_->text(column); }
    std::string blob(int column) const { return handle_->blob(column); }
    bool isNull(int column) const { return handle_->isNull(column); }

    bool failed() const { return error_.has_value(); }
    const DatabaseError& error() const { return *error_; }  // precondition: failed()

  private:
    Statement& bound(bool done);

    Database& database_;
    Database::Prepared handle_;
    int parameter_ = 1;
    std::optional<DatabaseError> error_;
};

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

}  // namespace smartca::store
