// One session with a PostgreSQL server: connects, asks, and waits for the answer no longer than it may. A
// session that broke is made anew the next time it is handed out.
//
// Threads: one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/store/driver.h"
#include "proxy/store/libpq.h"

namespace smartca::store {

// What a session is for.
enum class SessionRole : std::uint8_t {
    Reader,
    Writer,      // holds its run's lock (Driver::run)
    LoneWriter,  // and one that no other lone writer on the same schema can hold beside it
};

struct PostgresOptions {
    std::string url{};  // postgresql://…, without a password
    std::function<std::string()>
        password{};  // asked at each connecting; empty: libpq's own ways, as PGPASSFILE
    std::chrono::milliseconds connectTimeout{3'000};
    std::chrono::milliseconds lockTimeout{5'000};
    std::chrono::milliseconds statementTimeout{10'000};
    SessionRole role = SessionRole::Reader;
};

// A value for $1, $2 …, as text, of the type that the server finds for its place; nothing is NULL.
using PostgresValue = std::optional<std::string>;

class PostgresSession {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    PostgresSession(const Libpq& pq, PostgresOptions options)
        : pq_(pq), options_(std::move(options)), connection_(nullptr, {&pq}) {}
    // libpq is given its address.
    PostgresSession(const PostgresSession&) = delete;
    PostgresSession& operator=(const PostgresSession&) = delete;

    // Connected, or the error says why not. Cheap where the connection is there.
    DatabaseResult<Done> ensure();

    // Commands, or one question without values.
    DatabaseResult<LibpqResult> ask(const std::string& text);
    DatabaseResult<Done> prepare(const std::string& name, const std::string& text);
    DatabaseResult<LibpqResult> askPrepared(const std::string& name,
                                            const std::vector<PostgresValue>& values);

    // What is asked has its answer by then, or an error. Nothing: statementTimeout from each question on.
    void runUntil(std::optional<TimePoint> end) { end_ = end; }

    const Libpq& pq() const { return pq_; }
    bool isConnected() const { return connection_ != nullptr; }
    bool isInTransaction() const;
    // Changes with each connection that is made.
    int number() const { return number_; }
    // A random number of this connection, whose lock it holds; 0 for a reader or before the first connection.
    std::int64_t run() const { return run_; }
    // That of the schema's write lock, in SQL.
    const std::string& writeLock() const { return writeLock_; }

  private:
    bool isAlive();
    static void hear(void* session, const PGresult* notice);

    DatabaseResult<Done> connect();
    DatabaseResult<Done> introduce();
    DatabaseResult<Done> takeLocks();
    DatabaseResult<LibpqResult> finish(bool sent);
    // Waits until there is an answer; false at the deadline or when the connection breaks.
    bool waitForAnswer(TimePoint deadline);
    TimePoint deadline() const;
    DatabaseError broken(std::string reason);
    DatabaseError errorOf(const PGresult* result) const;

    const Libpq& pq_;
    const PostgresOptions options_;
    LibpqConnection connection_;
    bool farewell_ = false;  // the server has said that it goes
    std::optional<TimePoint> end_;
    int number_ = 0;
    std::int64_t run_ = 0;
    std::string writeLock_;
    TimePoint nextTry_;
    DatabaseError whyNot_;  // of the connection that is not there
};

}  // namespace smartca::store
