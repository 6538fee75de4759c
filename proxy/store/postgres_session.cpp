#include "proxy/store/postgres_session.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "proxy/base/crypto.h"

namespace smartca::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A server that is away is asked again this often, however many requests come: each would wait for it.
constexpr milliseconds kRestBetweenTries{500};
// What a server has beyond its own deadline to say that it gave up.
constexpr milliseconds kGrace{1'000};

constexpr int kOldestServer = 120'000;

// "SmCA", the first half of our locks' names (pg_advisory_lock), and that of the lock of lone writers.
constexpr std::int32_t kWriteLocks = 0x536D4341;
constexpr std::int32_t kLoneLocks = 0x536D4342;

// https://www.postgresql.org/docs/current/errcodes-appendix.html
DatabaseFault faultOf(std::string_view state) {
    if (state.starts_with("23")) return DatabaseFault::Constraint;
    if (state.starts_with("08") || state.starts_with("57P") || state == "25P03")
        return DatabaseFault::Unreachable;
    if (state == "53100") return DatabaseFault::Full;
    if (state == "XX001" || state == "XX002") return DatabaseFault::Corrupt;
    if (state == "42501" || state == "25006") return DatabaseFault::NotGranted;
    return DatabaseFault::Other;
}

// libpq's words may be several lines, of which some begin with a tab.
std::string lineOf(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\t' || c == ' ';
        if (!blank) line += c;
        if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

// libpq takes an error that comes while nothing was asked for a notice: the server's last words.
bool isFarewell(const Libpq& pq, const PGresult* notice) {
    const char* severity = pq.resultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity != nullptr &&
           (std::string_view(severity) == "FATAL" || std::string_view(severity) == "PANIC");
}

std::string call(const char* function, std::int32_t kind, const std::string& name) {
    return std::string(function) + '(' + std::to_string(kind) + ", " + name + ')';
}

}  // namespace

bool PostgresSession::isInTransaction() const {
    return connection_ && pq_.transactionStatus(connection_.get()) != PQTRANS_IDLE;
}

DatabaseError PostgresSession::broken(std::string reason) {
    connection_.reset();
    whyNot_ = {DatabaseFault::Unreachable, reason, std::move(reason)};
    return whyNot_;
}

DatabaseError PostgresSession::errorOf(const PGresult* result) const {
    const char* state = pq_.resultErrorField(result, PG_DIAG_SQLSTATE);
    // The primary message alone: the detail repeats values.
    const char* words = pq_.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string reason = words != nullptr ? words : lineOf(pq_.errorMessage(connection_.get()));
    return {faultOf(state != nullptr ? state : ""), reason, reason};
}

// Hears of a server that has gone meanwhile: its last words, and the end, which may come a while after them.
bool PostgresSession::isAlive() {
    pollfd look{pq_.socket(connection_.get()), POLLIN, 0};
    while (::poll(&look, 1, 0) > 0) {
        if (pq_.consumeInput(connection_.get()) != 1) return false;
    }
    static_cast<void>(pq_.isBusy(connection_.get()));  // reads what has come
    return !farewell_ && pq_.status(connection_.get()) == CONNECTION_OK;
}

void PostgresSession::hear(void* session, const PGresult* notice) {
    auto& self = *static_cast<PostgresSession*>(session);
    if (isFarewell(self.pq_, notice)) self.farewell_ = true;
}

DatabaseResult<Done> PostgresSession::ensure() {
    // What it was left in the middle of is nobody's any more.
    if (connection_ && isAlive() && !isInTransaction()) return Done{};
    connection_.reset();
    if (steady_clock::now() < nextTry_) return whyNot_;
    auto connected = connect();
    if (connected) return connected;
    connection_.reset();
    whyNot_ = connected.error();
    nextTry_ = steady_clock::now() + kRestBetweenTries;
    return connected;
}

DatabaseResult<Done> PostgresSession::connect() {
    const base::WipedString secret(options_.password ? options_.password() : std::string());
    const std::string& password = secret.value();
    const std::string timeout =
        std::to_string(std::max<std::int64_t>(options_.connectTimeout.count() / 1000, 2));  // libpq's least
    // What stands before dbname is for a URL that says nothing of it.
    const std::array<const char*, 10> names = {"fallback_application_name",
                                               "connect_timeout",
                                               "keepalives_idle",
                                               "keepalives_interval",
                                               "keepalives_count",
                                               "tcp_user_timeout",
                                               "dbname",
                                               "client_encoding",
                                               password.empty() ? nullptr : "password",
                                               nullptr};
    const std::array<const char*, 10> values = {
        "smartca-proxy", timeout.c_str(),  "20",   "5", "3", "20000", options_.url.c_str(),
        "UTF8",          password.c_str(), nullptr};
    connection_.reset(pq_.connectdbParams(names.data(), values.data(), 1));
    if (!connection_) return broken("out of memory");
    if (pq_.status(connection_.get()) != CONNECTION_OK)
        return broken(lineOf(pq_.errorMessage(connection_.get())));
    pq_.setnonblocking(connection_.get(), 1);
    farewell_ = false;
    pq_.setNoticeReceiver(connection_.get(), &PostgresSession::hear, this);
    end_.reset();
    ++number_;
    return introduce();
}

DatabaseResult<Done> PostgresSession::introduce() {
    if (pq_.serverVersion(connection_.get()) < kOldestServer)
        return DatabaseError{DatabaseFault::Other, {}, "PostgreSQL 12 or newer is needed"};
    const char* encoding = pq_.parameterStatus(connection_.get(), "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8")
        return DatabaseError{
            DatabaseFault::Other, {}, "its encoding is not UTF8; create it with ENCODING 'UTF8'"};
    const auto set = [](const char* name, milliseconds value) {
        return "SET " + std::string(name) + " = " + std::to_string(value.count()) + ';';
    };
    // What the server does about a proxy that has vanished, and for how long it may work on one question.
    std::string settings = set("statement_timeout", options_.statementTimeout) +
                           set("lock_timeout", options_.lockTimeout) +
                           "SET idle_in_transaction_session_timeout = 30000; SET tcp_keepalives_idle = 20;"
                           "SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;"
                           "SET standard_conforming_strings = on;";
    if (options_.role == SessionRole::Reader) settings += "SET default_transaction_read_only = on;";
    // Where an administrator has switched syncing off for everybody, our promises still need it.
    settings +=
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off';";
    if (auto done = ask(settings); !done) return done.error();
    if (options_.role == SessionRole::Reader) return Done{};
    return takeLocks();
}

DatabaseResult<Done> PostgresSession::takeLocks() {
    const auto schema = ask("SELECT current_schema()::regnamespace::oid::int4");
    if (!schema) return schema.error();
    if (pq_.getisnull(schema.value().get(), 0, 0) != 0)
        return DatabaseError{DatabaseFault::NotGranted, {}, "the role has no schema to work in"};
    const std::string name = pq_.getvalue(schema.value().get(), 0, 0);
    writeLock_ = call("pg_advisory_xact_lock", kWriteLocks, name);

    const std::int64_t earlier = run_;
    const auto run = newRun();
    if (!run) return run.error();
    // Our own session before this one: the server may not have noticed yet that nobody is at its other end.
    if (earlier != 0) {
        static_cast<void>(
            ask("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND"
                " granted AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = " +
                std::to_string(earlier)));
    }
    if (options_.role == SessionRole::LoneWriter) {
        const auto alone = ask("SELECT " + call("pg_try_advisory_lock", kLoneLocks, name));
        if (!alone) return alone.error();
        if (std::string_view(pq_.getvalue(alone.value().get(), 0, 0)) != "t")
            return DatabaseError{DatabaseFault::Other,
                                 {},
                                 "another proxy works on it; with eContract it can have one at a time"};
    }
    if (auto locked = ask("SELECT pg_advisory_lock(" + std::to_string(run.value()) + ')'); !locked)
        return locked.error();
    run_ = run.value();
    return Done{};
}

DatabaseResult<LibpqResult> PostgresSession::ask(const std::string& text) {
    if (!connection_) return whyNot_;
    return finish(pq_.sendQuery(connection_.get(), text.c_str()) == 1);
}

DatabaseResult<Done> PostgresSession::prepare(const std::string& name, const std::string& text) {
    if (!connection_) return whyNot_;
    const auto prepared =
        finish(pq_.sendPrepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr) == 1);
    if (!prepared) return prepared.error();
    return Done{};
}

DatabaseResult<LibpqResult> PostgresSession::askPrepared(const std::string& name,
                                                         const std::vector<PostgresValue>& values) {
    if (!connection_) return whyNot_;
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const auto& value : values)
        texts.push_back(value ? value->c_str() : nullptr);
    return finish(pq_.sendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()),
                                        texts.data(), nullptr, nullptr, 0) == 1);
}

PostgresSession::TimePoint PostgresSession::deadline() const {
    if (end_) return *end_ + kGrace;
    return steady_clock::now() + options_.statementTimeout + kGrace;
}

bool PostgresSession::waitForAnswer(TimePoint deadline) {
    for (bool unsent = true; unsent || pq_.isBusy(connection_.get()) != 0;) {
        const int flushed = unsent ? pq_.flush(connection_.get()) : 0;
        if (flushed < 0) return false;
        unsent = flushed == 1;
        if (!unsent && pq_.isBusy(connection_.get()) == 0) return true;
        const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd look{pq_.socket(connection_.get()), static_cast<short>(POLLIN | (unsent ? POLLOUT : 0)), 0};
        if (::poll(&look, 1, static_cast<int>(left.count())) < 0 && errno != EINTR) return false;
        if ((look.revents & ~POLLOUT) != 0 && pq_.consumeInput(connection_.get()) != 1) return false;
    }
    return true;
}

DatabaseResult<LibpqResult> PostgresSession::finish(bool sent) {
    if (!sent) return broken(lineOf(pq_.errorMessage(connection_.get())));
    LibpqResult last(nullptr, {&pq_});
    std::optional<DatabaseError> error;
    const TimePoint end = deadline();
    for (;;) {
        if (!waitForAnswer(end)) {
            const std::string words = lineOf(pq_.errorMessage(connection_.get()));
            return broken(error           ? error->reason
                          : words.empty() ? "the server did not answer in time"
                                          : words);
        }
        LibpqResult next(pq_.getResult(connection_.get()), {&pq_});
        if (!next) break;
        const auto status = pq_.resultStatus(next.get());
        const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!good && !error) error = errorOf(next.get());
        last = std::move(next);
    }
    if (pq_.status(connection_.get()) != CONNECTION_OK)
        return broken(error ? error->reason : "the connection broke");
    if (error && error->fault == DatabaseFault::Unreachable) return broken(error->reason);
    if (error) return *error;
    return last;
}

}  // namespace smartca::store
