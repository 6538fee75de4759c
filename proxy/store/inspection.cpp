#include "proxy/store/inspection.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "proxy/store/schema.h"
#include "proxy/store/sqlite_driver.h"

namespace smartca::store {
namespace {

bool isThere(const std::string& path) {
    std::error_code unknown;
    return std::filesystem::exists(path, unknown);
}

// Why the process could not write there; empty: it could.
std::string cannotWrite(const std::string& path) {
    if (::access(path.c_str(), R_OK | W_OK) == 0) return {};
    return std::strerror(errno);
}

// What is there belongs to the proxy, or can become its file.
Result<bool, std::string> isFileUsable(const std::string& path) {
    const auto parent = std::filesystem::path(path).parent_path();
    if (auto fault = cannotWrite(parent.empty() ? "." : parent.string()); !fault.empty())
        return fault + "; its folder must be there and writable";
    if (auto refusal = refusalOfPlace(path); !refusal.empty()) return refusal;
    if (!isThere(path)) return false;
    if (auto fault = cannotWrite(path); !fault.empty())
        return fault + "; name a file that the proxy's user owns";
    return true;
}

}  // namespace

Result<Database, std::string> openToRead(const StoreOptions& options) {
    const auto opened = [](DatabaseResult<Database> database) -> Result<Database, std::string> {
        if (!database) return database.error().forOperator();
        return std::move(database).value();
    };
    if (isPostgresUrl(options.path)) {
        const auto server = postgresConnector(options);
        if (!server) return server.error();
        return opened(server.value()->openReader());
    }
    if (!isThere(options.path)) return "there is no database " + options.path;
    return opened(openSqlite(options.path, OpenMode::ReadOnly, options.busyTimeout));
}

// A proxy that works on a file has its -wal beside it. Without one, SQLite would make it, and leave it.
Result<Database, std::string> openToLook(const StoreOptions& options) {
    std::error_code fault;
    const auto file = std::filesystem::canonical(options.path, fault);
    if (isPostgresUrl(options.path) || fault || isThere(file.string() + "-wal")) return openToRead(options);
    auto database = openSqlite(file.string(), OpenMode::Still, options.busyTimeout);
    if (!database) return database.error().forOperator();
    return std::move(database).value();
}

Result<DatabaseState, std::string> inspect(const StoreOptions& options) {
    const auto because = [&](const std::string& what) {
        return "database " + publicNameOf(options.path) + ": " + what;
    };
    if (!isPostgresUrl(options.path)) {
        const auto usable = isFileUsable(options.path);
        if (!usable) return because(usable.error());
        if (!usable.value()) return DatabaseState::Empty;
    }
    auto database = openToLook(options);
    if (!database) return because(database.error());
    const auto state = database.value().driver().schema();
    if (!state) return because(state.error().forOperator());
    if (auto refusal = refusalOf(state.value()); !refusal.empty()) return because(refusal);
    if (state.value().owner == SchemaState::Owner::Nobody) return DatabaseState::Empty;
    return state.value().version == newestSchema() ? DatabaseState::Current : DatabaseState::Old;
}

}  // namespace smartca::store
