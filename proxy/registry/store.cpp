#include "proxy/registry/store.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "proxy/registry/migrations.h"

namespace smartca::registry {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

std::string because(const std::string& path, const std::string& what) {
    return "database " + path + ": " + what;
}

// A lock file of its own: closing any descriptor of the database file would drop SQLite's POSIX locks on it.
Result<UniqueDescriptor, std::string> lockAlone(const std::string& path) {
    UniqueDescriptor lock(::open((path + "-lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
    if (!lock)
        return because(path, std::strerror(errno) + std::string("; its folder must be there and writable"));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return because(path, errno == EWOULDBLOCK
                                 ? "another process has it open; stop that one, or name another file"
                                 : std::strerror(errno));
    }
    return lock;
}

// SQLite gives -wal and -shm the mode of the database file, so it is right before SQLite sees it.
Result<Done, std::string> makePrivate(const std::string& path) {
    const UniqueDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
    if (!file || ::fchmod(file.get(), kOwnerOnly) != 0)
        return because(path, std::strerror(errno) + std::string("; name a file that the proxy's user owns"));
    return Done{};
}

DatabaseResult<Database> openWriter(const StoreOptions& options) {
    auto database = Database::open(options.path, OpenMode::ReadWriteCreate, options.busyTimeout);
    if (!database) return database;
    std::string settings =
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL;"
        "PRAGMA secure_delete = ON;";
    if (options.maximumPages > 0)
        settings += "PRAGMA max_page_count = " + std::to_string(options.maximumPages);
    if (auto set = database.value().execute(settings); !set) return set.error();
    return database;
}

Result<std::int64_t, std::string> randomNumber() {
    std::int64_t number = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) != 1)
        return std::string("no randomness");
    return number;
}

}  // namespace

Result<std::shared_ptr<Store>, std::string> Store::open(const StoreOptions& options) {
    auto lock = lockAlone(options.path);
    if (!lock) return lock.error();
    if (auto made = makePrivate(options.path); !made) return made.error();
    auto writer = openWriter(options);
    if (!writer) return because(options.path, writer.error().forOperator());
    if (auto migrated = migrate(writer.value()); !migrated) return because(options.path, migrated.error());
    const auto run = randomNumber();
    if (!run) return run.error();

    std::shared_ptr<Store> store(
        new Store(std::move(lock).value(), std::move(writer).value(), options, run.value()));
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
        auto reader = Database::open(options.path, OpenMode::ReadOnly, options.busyTimeout);
        if (!reader) return because(options.path, reader.error().forOperator());
        // A search walks the whole index of the list, 20 MB for 100 000 certificates; SQLite's own cache of 2
        // MB would read it anew each time. KiB, filled as far as needed.
        if (auto set = reader.value().execute("PRAGMA cache_size = -32768"); !set) {
            return because(options.path, set.error().forOperator());
        }
        store->readers_.push_back(std::make_unique<Database>(std::move(reader).value()));
    }
    return store;
}

Store::Reader Store::read() {
    std::unique_lock lock(readersMutex_);
    readerFree_.wait(lock, [this] { return !readers_.empty(); });
    auto database = std::move(readers_.back());
    readers_.pop_back();
    database->runUntil(std::chrono::steady_clock::now() + readTime_);
    return {*this, std::move(database)};
}

void Store::giveBack(std::unique_ptr<Database> database) {
    {
        const std::lock_guard lock(readersMutex_);
        readers_.push_back(std::move(database));
    }
    readerFree_.notify_one();
}

Store::Writer Store::write(Durability durability) {
    std::unique_lock lock(writerMutex_);
    if (durability != durability_) {
        const char* level =
            durability == Durability::PowerLoss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
        if (writer_.execute(level)) durability_ = durability;
    }
    return {std::move(lock), writer_};
}

}  // namespace smartca::registry
