#include "proxy/registry/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <iterator>

namespace smartca::registry {
namespace {

constexpr int kPrimaryCodeMask = 0xff;
constexpr int kInstructionsPerLook = 20'000;  // of SQLite's virtual machine: a tenth of a millisecond
constexpr std::size_t kMostKept = 48;         // of some 5 KB each; more than the program has different ones

int isOver(void* end) {
    return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(end) ? 1
                                                                                                        : 0;
}

}  // namespace

std::string DatabaseError::forOperator() const {
    const std::string remedy = ", or move it away to begin with an empty one";
    if (code == SQLITE_NOTADB) return reason + "; name the proxy's own database" + remedy;
    if (code == SQLITE_CORRUPT) return "it is damaged (" + reason + "); restore it from a backup" + remedy;
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
        return reason + "; let the proxy's user write the file and its folder";
    if (code == SQLITE_FULL) return reason + "; make room on its disk";
    return reason;
}

bool DatabaseError::isCorruption() const {
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

bool DatabaseError::isConstraint() const {
    return code == SQLITE_CONSTRAINT;
}

Database::Database(sqlite3* handle)
    : end_(std::make_unique<std::chrono::steady_clock::time_point>()), handle_(handle) {}

void Database::runUntil(std::chrono::steady_clock::time_point end) {
    *end_ = end;
    sqlite3_progress_handler(handle_.get(), kInstructionsPerLook, isOver, end_.get());
}

bool Database::hasMoved() const {
    int moved = 0;
    sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

void Database::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

DatabaseResult<Database> Database::open(const std::string& path, OpenMode mode,
                                        std::chrono::milliseconds busyTimeout) {
    const int access =
        mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    // NOMUTEX: store.h sees to it that a connection has one user at a time.
    const int result = sqlite3_open_v2(path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
    if (handle == nullptr)
        return DatabaseError{SQLITE_NOMEM, "opening the database: out of memory", "out of memory"};
    Database database(handle);
    if (result != SQLITE_OK) return database.lastError("opening the database");
    sqlite3_busy_timeout(handle, static_cast<int>(busyTimeout.count()));
    // Defensive: SQL cannot damage the file's structure, and a schema that was tampered with cannot call
    // functions.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (auto done = database.execute("PRAGMA foreign_keys = ON"); !done) return done.error();
    return database;
}

DatabaseError Database::lastError(std::string_view what) const {
    return {sqlite3_extended_errcode(handle_.get()) & kPrimaryCodeMask,
            std::string(what) + ": " + sqlite3_errmsg(handle_.get()), sqlite3_errmsg(handle_.get())};
}

DatabaseResult<Done> Database::execute(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return lastError(sql);
    return Done{};
}

DatabaseResult<std::int64_t> Database::number(const std::string& sql) {
    Statement statement(*this, sql);
    const std::int64_t value = statement.next() ? statement.number(0) : 0;
    if (statement.failed()) return statement.error();
    return value;
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(handle_.get());
}

std::int64_t Database::lastInsertId() const {
    return sqlite3_last_insert_rowid(handle_.get());
}

void Database::Finalize::operator()(sqlite3_stmt* handle) const {
    sqlite3_finalize(handle);
}

Database::Prepared Database::prepare(std::string_view sql) {
    const auto found = std::find_if(kept_.rbegin(), kept_.rend(),
                                    [&](const Prepared& kept) { return sqlite3_sql(kept.get()) == sql; });
    if (found != kept_.rend()) {
        Prepared statement = std::move(*found);
        kept_.erase(std::next(found).base());
        return statement;
    }
    sqlite3_stmt* handle = nullptr;
    const std::string text(sql);
    // On an error SQLite leaves null.
    sqlite3_prepare_v3(handle_.get(), text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    return Prepared(handle);
}

void Database::keep(Prepared statement) {
    sqlite3_reset(statement.get());  // repeats the error of the last step, which has been told
    sqlite3_clear_bindings(statement.get());
    if (kept_.size() == kMostKept) kept_.erase(kept_.begin());
    kept_.push_back(std::move(statement));
}

Statement::Statement(Database& database, std::string_view sql)
    : database_(database), handle_(database.prepare(sql)) {
    if (!handle_) error_ = database.lastError(sql);
}

Statement::~Statement() {
    if (handle_) database_.keep(std::move(handle_));
}

Statement& Statement::bound(int result) {
    ++parameter_;
    if (result != SQLITE_OK && !error_) error_ = database_.lastError("binding a parameter");
    return *this;
}

Statement& Statement::bind(std::int64_t value) {
    return failed() ? *this : bound(sqlite3_bind_int64(handle_.get(), parameter_, value));
}

Statement& Statement::bind(std::string_view text) {
    if (failed()) return *this;
    // An empty view may hold a null pointer, which SQLite would read as NULL.
    const char* data = text.empty() ? "" : text.data();
    return bound(
        sqlite3_bind_text64(handle_.get(), parameter_, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::bindOptional(const std::optional<std::string>& text) {
    return text ? bind(std::string_view(*text)) : bindNull();
}

Statement& Statement::bindOptional(const std::optional<std::int64_t>& value) {
    return value ? bind(*value) : bindNull();
}

Statement& Statement::bindBlob(std::string_view bytes) {
    if (failed()) return *this;
    const char* data = bytes.empty() ? "" : bytes.data();
    return bound(sqlite3_bind_blob64(handle_.get(), parameter_, data, bytes.size(), SQLITE_TRANSIENT));
}

Statement& Statement::bindNull() {
    return failed() ? *this : bound(sqlite3_bind_null(handle_.get(), parameter_));
}

bool Statement::next() {
    if (failed()) return false;
    const int result = sqlite3_step(handle_.get());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) error_ = database_.lastError(sqlite3_sql(handle_.get()));
    return false;
}

DatabaseResult<Done> Statement::run() {
    while (next()) {
    }
    if (failed()) return error();
    return Done{};
}

void Statement::reset() {
    if (!handle_) return;
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
    parameter_ = 1;
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}

std::string Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::string Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database, TransactionKind kind) : database_(database) {
    // What is written to a file that nobody finds again is lost.
    if (kind == TransactionKind::Write && database.hasMoved()) {
        const char* what = "the database file was removed or replaced while it was open; restart the proxy";
        error_ = DatabaseError{SQLITE_READONLY, what, what};
        return;
    }
    auto begun = database.execute(kind == TransactionKind::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    if (begun) {
        open_ = true;
    } else {
        error_ = begun.error();
    }
}

Transaction::~Transaction() {
    // A rollback after SQLite rolled back by itself (disk full, for one) fails and may: there is nothing left
    // to undo.
    if (open_) static_cast<void>(database_.execute("ROLLBACK"));
}

DatabaseResult<Done> Transaction::commit() {
    auto committed = database_.execute("COMMIT");
    if (committed) open_ = false;
    return committed;
}

}  // namespace smartca::registry
