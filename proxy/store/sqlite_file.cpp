// One SQLite file: locked against other processes, its owner's alone, in WAL mode.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "proxy/base/unique_descriptor.h"
#include "proxy/store/sqlite_driver.h"
#include "proxy/store/store.h"

namespace smartca::store {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

// A lock file of its own: closing any descriptor of the database file would drop SQLite's POSIX locks on it.
Result<base::UniqueDescriptor, std::string> lockAlone(const std::string& path) {
    base::UniqueDescriptor lock(::open((path + "-lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
    if (!lock) return std::strerror(errno) + std::string("; its folder must be there and writable");
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return std::string(errno == EWOULDBLOCK
                               ? "another process has it open; stop that one, or name another file"
                               : std::strerror(errno));
    }
    return lock;
}

// SQLite gives -wal and -shm the mode of the database file, so it is right before SQLite sees it.
Result<Done, std::string> makePrivate(const std::string& path) {
    const base::UniqueDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
    if (!file || ::fchmod(file.get(), kOwnerOnly) != 0)
        return std::strerror(errno) + std::string("; name a file that the proxy's user owns");
    // Another name would have a lock of its own.
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return std::string(std::strerror(errno));
    if (status.st_nlink > 1) return std::string("the file has other names (hard links); remove them");
    return Done{};
}

class SqliteFile final : public Connector {
  public:
    SqliteFile(base::UniqueDescriptor lock, const StoreOptions& options)
        : lock_(std::move(lock)),
          path_(options.path),
          busyTimeout_(options.busyTimeout),
          maximumPages_(options.maximumPages) {}

    DatabaseResult<Database> openWriter() override {
        const auto run = newRun();
        if (!run) return run.error();
        auto database = openSqlite(path_, OpenMode::ReadWriteCreate, busyTimeout_, run.value());
        if (!database) return database;
        std::string settings =
            "PRAGMA journal_mode = WAL;"
            "PRAGMA synchronous = FULL;"
            "PRAGMA secure_delete = ON;";
        if (maximumPages_ > 0) settings += "PRAGMA max_page_count = " + std::to_string(maximumPages_);
        if (auto set = database.value().execute(settings); !set) return set.error();
        return database;
    }
    DatabaseResult<Database> openReader() override {
        auto database = openSqlite(path_, OpenMode::ReadOnly, busyTimeout_);
        if (!database) return database;
        // A search walks the whole index of the list, 20 MB for 100 000 certificates; SQLite's own cache of 2
        // MB would read it anew each time. KiB, filled as far as needed.
        if (auto set = database.value().execute("PRAGMA cache_size = -32768"); !set) return set.error();
        return database;
    }

  private:
    const base::UniqueDescriptor lock_;
    const std::string path_;
    const std::chrono::milliseconds busyTimeout_;
    const std::int64_t maximumPages_;
};

}  // namespace

std::string refusalOfPlace(const std::string& path) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown))
        return "it is a folder; name the file in it, as " + path + (path.ends_with('/') ? "" : "/") +
               "registry.sqlite";
    if (!std::filesystem::is_symlink(path, unknown) || std::filesystem::exists(path, unknown)) return {};
    return "it is a link to a file that is not there; name the file itself, or make it first";
}

Result<std::unique_ptr<Connector>, std::string> sqliteConnector(const StoreOptions& options) {
    // By the name that it has for everybody, so that two links to one file are one lock.
    std::error_code fault;
    StoreOptions resolved = options;
    resolved.path = std::filesystem::weakly_canonical(options.path, fault).string();
    if (fault) return fault.message();
    if (auto refusal = refusalOfPlace(resolved.path); !refusal.empty()) return refusal;
    auto lock = lockAlone(resolved.path);
    if (!lock) return lock.error();
    if (auto made = makePrivate(resolved.path); !made) return made.error();
    return std::unique_ptr<Connector>(std::make_unique<SqliteFile>(std::move(lock).value(), resolved));
}

}  // namespace smartca::store
