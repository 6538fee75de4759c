#include "proxy/store/sqlite_driver.h"

#include <sqlite3.h>

#include <cstring>
#include <memory>
#include <string_view>
#include <unordered_set>

namespace smartca::store {
namespace {

// --- Functions that our searches need and SQLite lacks, or has slower: a walk over 100 000 certificates calls
// them for each one. postgres_dialect.h has PostgreSQL's words for the same.
//
//   contains(text, part)     1 where the part is in the text, byte by byte; NULL where one of them is. Twice
//                            as fast as instr() > 0, which looks at one byte after the other.
//   count_distinct(number)   how many different numbers there are; count(DISTINCT …) sorts them into a table.

std::string_view textOf(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void contains(sqlite3_context* context, int, sqlite3_value** arguments) {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL || sqlite3_value_type(arguments[1]) == SQLITE_NULL)
        return;
    const std::string_view text = textOf(arguments[0]);
    const std::string_view part = textOf(arguments[1]);
    // glibc's and musl's are several times as fast as std::string_view::find for parts of a few bytes.
    sqlite3_result_int(context,
                       ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr ? 1 : 0);
}

using Numbers = std::unordered_set<std::int64_t>;

// SQLite gives an aggregate some bytes, zeroed at first, that hold the address of what is its own.
void addNumber(sqlite3_context* context, int, sqlite3_value** arguments) {
    auto** numbers = static_cast<Numbers**>(sqlite3_aggregate_context(context, sizeof(Numbers*)));
    if (numbers == nullptr) return sqlite3_result_error_nomem(context);
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
    if (*numbers == nullptr) *numbers = std::make_unique<Numbers>().release();
    (*numbers)->insert(sqlite3_value_int64(arguments[0]));
}

void countNumbers(sqlite3_context* context) {
    auto** kept = static_cast<Numbers**>(sqlite3_aggregate_context(context, 0));
    const std::unique_ptr<Numbers> numbers(kept != nullptr ? *kept : nullptr);
    sqlite3_result_int64(context, numbers ? static_cast<sqlite3_int64>(numbers->size()) : 0);
}

bool addFunctions(sqlite3* connection) {
    constexpr int kPure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    return sqlite3_create_function_v2(connection, "contains", 2, kPure, nullptr, contains, nullptr, nullptr,
                                      nullptr) == SQLITE_OK &&
           sqlite3_create_function_v2(connection, "count_distinct", 1, kPure, nullptr, nullptr, addNumber,
                                      countNumbers, nullptr) == SQLITE_OK;
}

// --- The driver

using TimePoint = std::chrono::steady_clock::time_point;

// "SmCA": marks the file as ours (PRAGMA application_id).
constexpr std::int64_t kApplicationId = 0x536D4341;

constexpr int kPrimaryCodeMask = 0xff;
constexpr int kInstructionsPerLook = 20'000;  // of SQLite's virtual machine: a tenth of a millisecond

int isOver(void* end) {
    return std::chrono::steady_clock::now() > *static_cast<TimePoint*>(end) ? 1 : 0;
}

DatabaseFault faultOf(int code) {
    switch (code & kPrimaryCodeMask) {
        case SQLITE_CONSTRAINT:
            return DatabaseFault::Constraint;
        case SQLITE_CORRUPT:
            return DatabaseFault::Corrupt;
        case SQLITE_NOTADB:
            return DatabaseFault::NoDatabase;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return DatabaseFault::NotWritable;
        case SQLITE_FULL:
            return DatabaseFault::Full;
        default:
            return DatabaseFault::Other;
    }
}

class SqliteStatement final : public DriverStatement {
  public:
    explicit SqliteStatement(sqlite3_stmt* handle) : DriverStatement(sqlite3_sql(handle)), handle_(handle) {}
    ~SqliteStatement() override { sqlite3_finalize(handle_); }
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    bool bindNumber(int parameter, std::int64_t value) override {
        return sqlite3_bind_int64(handle_, parameter, value) == SQLITE_OK;
    }
    bool bindText(int parameter, std::string_view text) override {
        return sqlite3_bind_text64(handle_, parameter, addressOf(text), text.size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8) == SQLITE_OK;
    }
    bool bindBlob(int parameter, std::string_view bytes) override {
        return sqlite3_bind_blob64(handle_, parameter, addressOf(bytes), bytes.size(), SQLITE_TRANSIENT) ==
               SQLITE_OK;
    }
    bool bindNull(int parameter) override { return sqlite3_bind_null(handle_, parameter) == SQLITE_OK; }

    Step step() override {
        const int result = sqlite3_step(handle_);
        if (result == SQLITE_ROW) return Step::Row;
        return result == SQLITE_DONE ? Step::End : Step::Failed;
    }
    void reset() override {
        sqlite3_reset(handle_);  // repeats the error of the last step, which has been told
        sqlite3_clear_bindings(handle_);
    }

    std::int64_t number(int column) const override { return sqlite3_column_int64(handle_, column); }
    std::string text(int column) const override {
        return bytesAt(reinterpret_cast<const char*>(sqlite3_column_text(handle_, column)), column);
    }
    std::string blob(int column) const override {
        return bytesAt(static_cast<const char*>(sqlite3_column_blob(handle_, column)), column);
    }
    bool isNull(int column) const override { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

  private:
    // An empty view may hold a null pointer, which SQLite would read as NULL.
    static const char* addressOf(std::string_view bytes) { return bytes.empty() ? "" : bytes.data(); }
    std::string bytesAt(const char* address, int column) const {
        if (address == nullptr) return {};
        return {address, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }

    sqlite3_stmt* const handle_;
};

class SqliteDriver final : public Driver {
  public:
    SqliteDriver(sqlite3* handle, std::int64_t run) : handle_(handle), run_(run) {}
    ~SqliteDriver() override { sqlite3_close_v2(handle_); }
    SqliteDriver(const SqliteDriver&) = delete;
    SqliteDriver& operator=(const SqliteDriver&) = delete;

    std::unique_ptr<DriverStatement> prepare(std::string_view words) override {
        sqlite3_stmt* handle = nullptr;
        const std::string text(words);
        // On an error SQLite leaves null.
        sqlite3_prepare_v3(handle_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
        return handle != nullptr ? std::make_unique<SqliteStatement>(handle) : nullptr;
    }
    DatabaseResult<Done> execute(const std::string& words) override {
        if (sqlite3_exec(handle_, words.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return lastError(words);
        return Done{};
    }
    DatabaseError lastError(std::string_view what) const override {
        return {faultOf(sqlite3_extended_errcode(handle_)),
                std::string(what) + ": " + sqlite3_errmsg(handle_), sqlite3_errmsg(handle_)};
    }
    std::int64_t changes() const override { return sqlite3_changes64(handle_); }

    DatabaseResult<Done> begin(TransactionKind kind) override;
    DatabaseResult<Done> commit() override { return execute("COMMIT"); }
    // Fails after SQLite rolled back by itself (disk full, for one), and may: there is nothing left to undo.
    void rollback() override { static_cast<void>(execute("ROLLBACK")); }

    void runUntil(TimePoint end) override {
        end_ = end;
        sqlite3_progress_handler(handle_, kInstructionsPerLook, isOver, &end_);
    }
    void setDurability(Durability durability) override {
        if (durability == durability_) return;
        const char* level =
            durability == Durability::PowerLoss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
        if (execute(level)) durability_ = durability;
    }

    std::int64_t run() const override { return run_; }
    DatabaseResult<bool> isAlive(std::int64_t) override { return false; }

    Dialect dialect() const override { return Dialect::Sqlite; }
    DatabaseResult<SchemaState> schema() override;
    DatabaseResult<Done> setSchema(std::int64_t version) override {
        return execute("PRAGMA user_version = " + std::to_string(version) +
                       "; PRAGMA application_id = " + std::to_string(kApplicationId));
    }

  private:
    DatabaseResult<std::int64_t> number(const char* words);

    sqlite3* const handle_;
    const std::int64_t run_;
    TimePoint end_;  // SQLite holds its address
    Durability durability_ = Durability::PowerLoss;
};

DatabaseResult<Done> SqliteDriver::begin(TransactionKind kind) {
    if (kind == TransactionKind::Read) return execute("BEGIN");
    // What is written to a file that nobody finds again is lost.
    int moved = 0;
    sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved != 0) {
        const char* what = "the database file was removed or replaced while it was open; restart the proxy";
        return DatabaseError{DatabaseFault::NotWritable, what, what};
    }
    return execute("BEGIN IMMEDIATE");
}

DatabaseResult<std::int64_t> SqliteDriver::number(const char* words) {
    const auto statement = prepare(words);
    if (!statement || statement->step() != DriverStatement::Step::Row) return lastError(words);
    return statement->number(0);
}

DatabaseResult<SchemaState> SqliteDriver::schema() {
    const auto application = number("PRAGMA application_id");
    if (!application) return application.error();
    const auto version = number("PRAGMA user_version");
    if (!version) return version.error();
    const auto tables = number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    SchemaState state{SchemaState::Owner::Us, version.value()};
    if (application.value() != kApplicationId) {
        const bool empty = tables.value() == 0 && version.value() == 0;
        state.owner = empty ? SchemaState::Owner::Nobody : SchemaState::Owner::Another;
    }
    return state;
}

// As a URI, whose own characters are written as numbers (https://www.sqlite.org/uri.html).
std::string stillNameOf(const std::string& path) {
    std::string name = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            name += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
        } else {
            name += c;
        }
    }
    return name + "?immutable=1";
}

}  // namespace

DatabaseResult<Database> openSqlite(const std::string& path, OpenMode mode,
                                    std::chrono::milliseconds busyTimeout, std::int64_t run) {
    int access =
        mode == OpenMode::ReadWriteCreate ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (mode == OpenMode::Still) access |= SQLITE_OPEN_URI;
    const std::string name = mode == OpenMode::Still ? stillNameOf(path) : path;
    sqlite3* handle = nullptr;
    // NOMUTEX: store.h sees to it that a connection has one user at a time.
    const int result = sqlite3_open_v2(name.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
    if (handle == nullptr)
        return DatabaseError{DatabaseFault::Other, "opening the database: out of memory", "out of memory"};
    auto driver = std::make_unique<SqliteDriver>(handle, run);
    if (result != SQLITE_OK) return driver->lastError("opening the database");
    sqlite3_busy_timeout(handle, static_cast<int>(busyTimeout.count()));
    // Defensive: SQL cannot damage the file's structure, and a schema that was tampered with cannot call
    // functions.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (!addFunctions(handle)) return driver->lastError("adding functions");
    if (auto done = driver->execute("PRAGMA foreign_keys = ON"); !done) return done.error();
    return Database(std::move(driver));
}

}  // namespace smartca::store
