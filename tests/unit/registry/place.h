// Where a test's database is: a file in a folder of its own, or, with SMARTCA_TEST_POSTGRES set to a server's
// URL (tests/postgres.sh), a schema of its own there. Goes when the test ends.
//
// The cases of the suite "sqlite" are of files alone, those of "postgres" of a server alone.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "proxy/store/postgres_driver.h"
#include "proxy/store/sqlite_driver.h"

namespace smartca::registry {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "smartca-registry-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

class Place {
  public:
    Place() {
        const char* server = std::getenv("SMARTCA_TEST_POSTGRES");
        if (server == nullptr) {
            path_ = folder_.file("registry.db");
            return;
        }
        static int count = 0;
        server_ = server;
        schema_ = "t" + std::to_string(++count) + "_" + std::to_string(::getpid());
        administer("CREATE SCHEMA " + schema_);
        path_ = server_ + "&options=-csearch_path%3D" + schema_;
    }
    ~Place() {
        if (schema_.empty()) return;
        auto database = store::openPostgres({.url = server_, .role = store::SessionRole::Writer});
        if (database) static_cast<void>(database.value().execute("DROP SCHEMA " + schema_ + " CASCADE"));
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    // As StoreOptions::path.
    const std::string& path() const { return path_; }
    std::string file(const std::string& name) const { return folder_.file(name); }
    const std::string& server() const { return server_; }
    const std::string& schema() const { return schema_; }

    // A connection of its own, beside those of a store.
    store::Database connect() const {
        auto database = server_.empty()
                            ? store::openSqlite(path_, store::OpenMode::ReadWriteCreate)
                            : store::openPostgres({.url = path_, .role = store::SessionRole::Writer});
        if (!database) FAIL(database.error().message);
        return std::move(database).value();
    }
    // On the server, where there is one.
    void administer(const std::string& sql) const {
        auto database = store::openPostgres({.url = server_, .role = store::SessionRole::Writer});
        if (!database) FAIL(database.error().message);
        const auto done = database.value().execute(sql);
        if (!done) FAIL(done.error().message);
    }
    // After a process has been killed: until the server has seen that it is gone.
    void waitUntilAlone() const {
        if (server_.empty()) return;
        store::Database database = connect();
        const char* others =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'smartca-proxy' AND pid <> "
            "pg_backend_pid()";
        while (database.number(others).value() > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }

  private:
    TemporaryFolder folder_;
    std::string server_;
    std::string schema_;
    std::string path_;
};

}  // namespace smartca::registry
