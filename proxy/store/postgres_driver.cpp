#include "proxy/store/postgres_driver.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "proxy/store/postgres_dialect.h"
#include "shared/text.h"

namespace smartca::store {
namespace {

class PostgresDriver;

// Holds its words, so that they can be prepared again on a new connection.
struct Words {
    std::string ours;
    PostgresWords theirs;
};

class PostgresStatement final : public DriverStatement {
  public:
    PostgresStatement(PostgresDriver& driver, std::unique_ptr<const Words> words)
        : DriverStatement(words->ours),
          driver_(driver),
          words_(std::move(words)),
          values_(static_cast<std::size_t>(words_->theirs.parameters)) {}
    ~PostgresStatement() override;
    PostgresStatement(const PostgresStatement&) = delete;
    PostgresStatement& operator=(const PostgresStatement&) = delete;

    bool bindNumber(int parameter, std::int64_t value) override {
        return bind(parameter, std::to_string(value));
    }
    bool bindText(int parameter, std::string_view text) override;
    // https://www.postgresql.org/docs/current/datatype-binary.html
    bool bindBlob(int parameter, std::string_view bytes) override {
        return bind(parameter, "\\x" + hexadecimalOf(bytes));
    }
    bool bindNull(int parameter) override { return bind(parameter, std::nullopt); }

    Step step() override;
    void reset() override {
        result_.reset();
        row_ = -1;
        values_.assign(values_.size(), std::nullopt);
    }

    std::int64_t number(int column) const override;
    std::string text(int column) const override { return std::string(valueOf(column)); }
    std::string blob(int column) const override;
    bool isNull(int column) const override;

  private:
    bool bind(int parameter, PostgresValue value);
    bool prepare();
    std::string_view valueOf(int column) const;

    PostgresDriver& driver_;
    const std::unique_ptr<const Words> words_;
    std::vector<PostgresValue> values_;
    std::string name_;  // on the server; empty: not prepared
    int session_ = 0;   // that knows the name
    LibpqResult result_{nullptr, {nullptr}};
    int row_ = -1;
};

class PostgresDriver final : public Driver {
  public:
    PostgresDriver(const Libpq& pq, PostgresOptions options) : session_(pq, std::move(options)) {}

    std::unique_ptr<DriverStatement> prepare(std::string_view words) override {
        auto kept = std::make_unique<const Words>(Words{std::string(words), toPostgres(words)});
        return std::make_unique<PostgresStatement>(*this, std::move(kept));
    }
    DatabaseResult<Done> execute(const std::string& words) override {
        return command(toPostgres(words).text, words);
    }
    DatabaseError lastError(std::string_view what) const override {
        return {error_.fault, std::string(what) + ": " + error_.reason, error_.reason};
    }
    std::int64_t changes() const override { return changes_; }

    DatabaseResult<Done> begin(TransactionKind kind) override;
    DatabaseResult<Done> commit() override;
    void rollback() override {
        if (session_.isInTransaction()) static_cast<void>(command("ROLLBACK", "rollback"));
    }

    void runUntil(std::chrono::steady_clock::time_point end) override { session_.runUntil(end); }
    void setDurability(Durability durability) override { durability_ = durability; }
    bool refresh() override;

    std::int64_t run() const override { return session_.run(); }
    DatabaseResult<bool> isAlive(std::int64_t run) override;

    Dialect dialect() const override { return Dialect::Postgres; }
    DatabaseResult<SchemaState> schema() override;
    DatabaseResult<Done> setSchema(std::int64_t version) override {
        return command(
            "CREATE TABLE IF NOT EXISTS smartca_schema(version BIGINT NOT NULL);"
            "DELETE FROM smartca_schema; INSERT INTO smartca_schema VALUES (" +
                std::to_string(version) + ')',
            "schema");
    }

    // For the statements: their errors and the rows that they changed are the driver's to tell.
    PostgresSession& session() { return session_; }
    bool keep(const DatabaseResult<Done>& done) {
        if (!done) error_ = done.error();
        return done.ok();
    }
    LibpqResult keep(DatabaseResult<LibpqResult> asked);
    void fail(const char* reason) { error_ = {DatabaseFault::Other, {}, reason}; }
    std::string freshName() { return "s" + std::to_string(++names_); }
    void forget(const std::string& name) { forgotten_ += "DEALLOCATE " + name + ';'; }
    void deallocate() {
        if (!forgotten_.empty()) static_cast<void>(session_.ask(std::exchange(forgotten_, {})));
    }

  private:
    DatabaseResult<Done> command(const std::string& text, std::string_view what);

    PostgresSession session_;
    Durability durability_ = Durability::PowerLoss;
    DatabaseError error_;
    std::int64_t changes_ = 0;
    std::uint64_t names_ = 0;
    std::string forgotten_;  // prepared statements that nobody needs any more
};

// --- The statement

PostgresStatement::~PostgresStatement() {
    if (!name_.empty() && session_ == driver_.session().number()) driver_.forget(name_);
}

bool PostgresStatement::bind(int parameter, PostgresValue value) {
    if (parameter < 1 || static_cast<std::size_t>(parameter) > values_.size()) {
        driver_.fail("there is no such parameter");
        return false;
    }
    values_[static_cast<std::size_t>(parameter - 1)] = std::move(value);
    return true;
}

// The server takes UTF-8 without NUL alone, and libpq would end the text at it.
bool PostgresStatement::bindText(int parameter, std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return bind(parameter, std::string(text));
    driver_.fail("a text holds a NUL character");
    return false;
}

bool PostgresStatement::prepare() {
    if (!name_.empty() && session_ == driver_.session().number()) return true;
    driver_.deallocate();
    name_ = driver_.freshName();
    session_ = driver_.session().number();
    if (driver_.keep(driver_.session().prepare(name_, words_->theirs.text))) return true;
    name_.clear();
    return false;
}

DriverStatement::Step PostgresStatement::step() {
    if (!result_) {
        if (!prepare()) return Step::Failed;
        result_ = driver_.keep(driver_.session().askPrepared(name_, values_));
        if (!result_) return Step::Failed;
        row_ = -1;
    }
    return ++row_ < driver_.session().pq().ntuples(result_.get()) ? Step::Row : Step::End;
}

std::string_view PostgresStatement::valueOf(int column) const {
    const Libpq& pq = driver_.session().pq();
    return {pq.getvalue(result_.get(), row_, column),
            static_cast<std::size_t>(pq.getlength(result_.get(), row_, column))};
}

std::int64_t PostgresStatement::number(int column) const {
    const std::string_view value = valueOf(column);
    if (value == "t") return 1;
    std::int64_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

std::string PostgresStatement::blob(int column) const {
    std::string bytes;
    std::string_view digits = valueOf(column);  // "\x0a1b"; nothing for NULL
    digits.remove_prefix(std::min<std::size_t>(digits.size(), 2));
    decodeHexadecimal(digits, bytes);
    return bytes;
}

bool PostgresStatement::isNull(int column) const {
    return driver_.session().pq().getisnull(result_.get(), row_, column) != 0;
}

// --- The connection

LibpqResult PostgresDriver::keep(DatabaseResult<LibpqResult> asked) {
    if (!asked) {
        error_ = asked.error();
        return {nullptr, {&session_.pq()}};
    }
    LibpqResult result = std::move(asked).value();
    if (result && !std::string_view(session_.pq().cmdStatus(result.get())).starts_with("SELECT")) {
        const std::string_view tuples = session_.pq().cmdTuples(result.get());
        changes_ = 0;
        std::from_chars(tuples.data(), tuples.data() + tuples.size(), changes_);
    }
    return result;
}

DatabaseResult<Done> PostgresDriver::command(const std::string& text, std::string_view what) {
    if (keep(session_.ask(text))) return Done{};
    return lastError(what);
}

bool PostgresDriver::refresh() {
    return keep(session_.ensure());
}

DatabaseResult<Done> PostgresDriver::begin(TransactionKind kind) {
    std::string words = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    if (kind == TransactionKind::Write) {
        words = "BEGIN ISOLATION LEVEL READ COMMITTED;";
        if (durability_ == Durability::ProcessCrash) words += "SET LOCAL synchronous_commit = off;";
        words += "SELECT " + session_.writeLock();
    }
    auto begun = command(words, "beginning a transaction");
    if (!begun) rollback();
    return begun;
}

DatabaseResult<Done> PostgresDriver::commit() {
    const bool sent = session_.isConnected();
    const LibpqResult result = keep(session_.ask("COMMIT"));
    if (!result) {
        // The connection broke before it was answered.
        if (sent && error_.fault == DatabaseFault::Unreachable) error_.fault = DatabaseFault::CommitLost;
        return lastError("commit");
    }
    if (std::string_view(session_.pq().cmdStatus(result.get())) == "COMMIT") return Done{};
    fail("the transaction had failed and was rolled back");
    return lastError("commit");
}

DatabaseResult<bool> PostgresDriver::isAlive(std::int64_t run) {
    const LibpqResult result =
        keep(session_.ask("SELECT pg_try_advisory_xact_lock_shared(" + std::to_string(run) + ')'));
    if (!result) return lastError("looking for a run");
    return std::string_view(session_.pq().getvalue(result.get(), 0, 0)) == "f";
}

DatabaseResult<SchemaState> PostgresDriver::schema() {
    const LibpqResult found =
        keep(session_.ask("SELECT count(*) FILTER (WHERE relname = 'smartca_schema'), count(*) FROM pg_class"
                          " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"));
    if (!found) return lastError("looking for the tables");
    SchemaState state;
    if (std::string_view(session_.pq().getvalue(found.get(), 0, 0)) == "0") {
        const bool empty = std::string_view(session_.pq().getvalue(found.get(), 0, 1)) == "0";
        state.owner = empty ? SchemaState::Owner::Nobody : SchemaState::Owner::Another;
        return state;
    }
    state.owner = SchemaState::Owner::Us;
    const LibpqResult version = keep(session_.ask("SELECT max(version) FROM smartca_schema"));
    if (!version) return lastError("reading the schema's version");
    const std::string_view number = session_.pq().getvalue(version.get(), 0, 0);
    std::from_chars(number.data(), number.data() + number.size(), state.version);
    return state;
}

}  // namespace

DatabaseResult<Database> openPostgres(PostgresOptions options) {
    const auto pq = Libpq::load();
    if (!pq) return DatabaseError{DatabaseFault::Other, {}, pq.error()};
    auto driver = std::make_unique<PostgresDriver>(*pq.value(), std::move(options));
    if (!driver->refresh()) return driver->lastError("connecting");
    return Database(std::move(driver));
}

}  // namespace smartca::store
