// One database, open: its schema up to date, one connection that writes and a few that read beside it. A file
// of SQLite's (WAL), which is this process's alone, or a PostgreSQL server that several proxies share. The
// registry and the journal share it.
//
//   auto store = Store::open({.path = "/var/lib/smartca/registry.db"});   // or "postgresql://host/smartca"
//   if (!store) fail(store.error());
//   Store::Reader reader = store.value()->read();
//   Statement statement(reader.database(), "SELECT …");
//
// Threads: read() and write() from any thread; they wait until a connection is free. What they return stays
// on its thread and is given back when it goes. Hold one at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/store/database.h"
#include "shared/result.h"

namespace smartca::store {

// On which side of a commit.
enum class Moment : std::uint8_t { Before, After };
// Called around each commit that has a name (Store::commit), on its thread: for tests that end the process
// there.
using CommitWatch = std::function<void(std::string_view name, Moment moment)>;

// Whether other proxies may work on the same database beside this one. A file never has more than one.
enum class Sharing : std::uint8_t { WithOthers, Alone };

struct StoreOptions {
    // A file is created with mode 0600 where absent; beside it lie -wal, -shm and -lock. A URL is libpq's,
    // without a password.
    std::string path{};
    std::function<std::string()> password{};  // of a server; asked at each connecting
    Sharing sharing = Sharing::WithOthers;
    std::chrono::milliseconds busyTimeout{5'000};
    std::size_t readers = 4;
    std::chrono::milliseconds readTime{2'000};  // of everything that is done with one Reader; then it fails
    std::int64_t maximumPages =
        0;  // of 4096 bytes; 0: as many as the disk holds. Beyond it, writes are Unavailable
    CommitWatch watch{};
};

// How a store's connections are made.
class Connector {
  public:
    virtual ~Connector() = default;
    Connector() = default;
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;

    // The first: what is wrong with the database is found out here.
    virtual DatabaseResult<Database> openWriter() = 0;
    virtual DatabaseResult<Database> openReader() = 0;
};
// Of a file that nobody else has open, for as long as the connector is there. The error is for an operator.
Result<std::unique_ptr<Connector>, std::string> sqliteConnector(const StoreOptions& options);
// Of a server, which has to answer at first; afterwards it may go and come. A URL with a password is refused:
// the command line and the configuration can be read by too many.
Result<std::unique_ptr<Connector>, std::string> postgresConnector(const StoreOptions& options);
// Whether it names a database on a server, and what it may be called in messages: host and name alone.
bool isPostgresUrl(std::string_view path);
std::string publicNameOf(const std::string& path);

class Store {
  public:
    // Refuses, in words for an operator: a file that is no database, is another program's or has a newer
    // schema, a file that another process has open (two of them would take each other's work in progress for
    // the remains of a crash), and a server that cannot be reached.
    static Result<std::shared_ptr<Store>, std::string> open(const StoreOptions& options);

    class Reader {
      public:
        Reader(Store& store, std::unique_ptr<Database> database)
            : store_(store), database_(std::move(database)) {}
        ~Reader() { store_.giveBack(std::move(database_)); }
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;
        Database& database() { return *database_; }

      private:
        Store& store_;
        std::unique_ptr<Database> database_;
    };

    class Writer {
      public:
        Writer(Store& store, std::unique_lock<std::mutex> lock, Database& database)
            : store_(store), lock_(std::move(lock)), database_(database) {}
        ~Writer() { store_.note(database_); }
        Writer(const Writer&) = delete;
        Writer& operator=(const Writer&) = delete;
        Database& database() { return database_; }
        std::int64_t run() const { return database_.driver().run(); }

      private:
        Store& store_;
        std::unique_lock<std::mutex> lock_;
        Database& database_;
    };

    Reader read();
    Writer write(Durability durability = Durability::PowerLoss);

    Dialect dialect() const { return writer_.driver().dialect(); }

    // Whether the database can be read now. A file always counts as readable: what is wrong with one stays.
    bool isReachable();

    // What has gone wrong since this was asked, other than by a constraint, and the database's words for the last time.
    struct Faults {
        std::uint64_t count = 0;
        std::string last{};
    };
    Faults takeFaults();
    // Why nothing can be written now, in the database's words: its disk is full, or this user may not. Empty: it can, as
    // far as is known; after such a failure this tries.
    std::string cannotWrite();

    // Commits, and calls StoreOptions::watch before, and after where it was committed.
    DatabaseResult<Done> commit(Transaction& transaction, std::string_view name) const;

  private:
    Store(std::unique_ptr<Connector> connector, Database writer, const StoreOptions& options)
        : connector_(std::move(connector)),
          writer_(std::move(writer)),
          path_(options.path),
          readTime_(options.readTime),
          watch_(options.watch) {}
    void giveBack(std::unique_ptr<Database> database);
    void note(Database& database);

    std::unique_ptr<Connector> connector_;  // first, so that it goes last

    std::mutex writerMutex_;
    Database writer_;

    std::mutex readersMutex_;
    std::condition_variable readerFree_;
    std::vector<std::unique_ptr<Database>> readers_;
    const std::string path_;
    const std::chrono::milliseconds readTime_;

    const CommitWatch watch_;

    std::mutex faultsMutex_;  // guards the next two
    Faults faults_;
    std::string cannotWrite_;
};

}  // namespace smartca::store
