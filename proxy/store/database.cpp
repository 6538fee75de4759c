#include "proxy/store/database.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "proxy/base/crypto.h"

namespace smartca::store {
namespace {

constexpr std::size_t kMostKept = 48;  // of some 5 KB each; more than the program has different ones

}  // namespace

std::string DatabaseError::forOperator() const {
    const std::string remedy = ", or move it away to begin with an empty one";
    switch (fault) {
        case DatabaseFault::NoDatabase:
            return reason + "; name the proxy's own database" + remedy;
        case DatabaseFault::Corrupt:
            return "it is damaged (" + reason + "); restore it from a backup" + remedy;
        case DatabaseFault::NotWritable:
            return reason + "; let the proxy's user write the file and its folder";
        case DatabaseFault::Full:
            return reason + "; make room on its disk";
        case DatabaseFault::NotGranted:
            return reason + "; grant the proxy's role what its README names";
        case DatabaseFault::Other:
        case DatabaseFault::Constraint:
        case DatabaseFault::Unreachable:
        case DatabaseFault::CommitLost:
            break;
    }
    return reason;
}

DatabaseResult<std::int64_t> newRun() {
    std::int64_t run = 0;
    const std::string random = base::randomBytes(sizeof run);
    if (random.empty()) return DatabaseError{DatabaseFault::Other, {}, "no randomness"};
    std::memcpy(&run, random.data(), sizeof run);
    return run != 0 ? run : 1;
}

DatabaseError Database::noted(DatabaseError error) {
    if (!error.isConstraint()) faults_ = {faults_.count + 1, error};
    return error;
}

DatabaseResult<Done> Database::execute(const std::string& sql) {
    auto done = driver_->execute(sql);
    if (!done) return noted(done.error());
    return done;
}

DatabaseResult<std::int64_t> Database::number(const std::string& sql) {
    Statement statement(*this, sql);
    const std::int64_t value = statement.next() ? statement.number(0) : 0;
    if (statement.failed()) return statement.error();
    return value;
}

Database::Prepared Database::prepare(std::string_view sql) {
    const auto found = std::find_if(kept_.rbegin(), kept_.rend(),
                                    [&](const Prepared& kept) { return kept->words() == sql; });
    if (found == kept_.rend()) return driver_->prepare(sql);
    Prepared statement = std::move(*found);
    kept_.erase(std::next(found).base());
    return statement;
}

void Database::keep(Prepared statement) {
    statement->reset();
    if (kept_.size() == kMostKept) kept_.erase(kept_.begin());
    kept_.push_back(std::move(statement));
}

Statement::Statement(Database& database, std::string_view sql)
    : database_(database), handle_(database.prepare(sql)) {
    if (!handle_) error_ = database.noted(database.driver_->lastError(sql));
}

Statement::~Statement() {
    if (handle_) database_.keep(std::move(handle_));
}

Statement& Statement::bound(bool done) {
    ++parameter_;
    if (!done) error_ = database_.noted(database_.driver_->lastError("binding a parameter"));
    return *this;
}

Statement& Statement::bind(std::int64_t value) {
    return failed() ? *this : bound(handle_->bindNumber(parameter_, value));
}

Statement& Statement::bind(std::string_view text) {
    return failed() ? *this : bound(handle_->bindText(parameter_, text));
}

Statement& Statement::bindOptional(const std::optional<std::string>& text) {
    return text ? bind(std::string_view(*text)) : bindNull();
}

Statement& Statement::bindOptional(const std::optional<std::int64_t>& value) {
    return value ? bind(*value) : bindNull();
}

Statement& Statement::bindBlob(std::string_view bytes) {
    return failed() ? *this : bound(handle_->bindBlob(parameter_, bytes));
}

Statement& Statement::bindNull() {
    return failed() ? *this : bound(handle_->bindNull(parameter_));
}

bool Statement::next() {
    if (failed()) return false;
    const auto step = handle_->step();
    if (step == DriverStatement::Step::Failed)
        error_ = database_.noted(database_.driver_->lastError(handle_->words()));
    return step == DriverStatement::Step::Row;
}

DatabaseResult<Done> Statement::run() {
    while (next()) {
    }
    if (failed()) return error();
    return Done{};
}

void Statement::reset() {
    if (!handle_) return;
    handle_->reset();
    parameter_ = 1;
}

Transaction::Transaction(Database& database, TransactionKind kind) : database_(database) {
    auto begun = database.driver().begin(kind);
    if (begun) {
        open_ = true;
    } else {
        error_ = database.noted(begun.error());
    }
}

Transaction::~Transaction() {
    if (open_) database_.driver().rollback();
}

DatabaseResult<Done> Transaction::commit() {
    auto committed = database_.driver().commit();
    if (!committed) return database_.noted(committed.error());
    open_ = false;
    return committed;
}

}  // namespace smartca::store
