// What has to outlive a loss of power is on the disk when its commit has returned: SQLite has asked the system for that.
#include <sqlite3.h>

#include <map>

#include "../registry/fixture.h"
#include "proxy/store/store.h"

namespace smartca::store {

using namespace registry;  // for its fixture

namespace {

// The system's files, and how often SQLite wanted what was written to them to be on the disk. SQLite calls functions without
// a context, hence one for all.
struct CountedFiles {
    static inline int syncs = 0;

    CountedFiles() : vfs_(*base()) {
        vfs_.zName = "counted";
        vfs_.xOpen = [](sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* given) {
            const int result = base()->xOpen(base(), name, file, flags, given);
            if (file->pMethods != nullptr) file->pMethods = countedMethods(file->pMethods);
            return result;
        };
        REQUIRE(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK);
    }
    ~CountedFiles() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(base(), 1);
    }
    CountedFiles(const CountedFiles&) = delete;
    CountedFiles& operator=(const CountedFiles&) = delete;

  private:
    static sqlite3_vfs* base() { return sqlite3_vfs_find("unix"); }
    static const sqlite3_io_methods* countedMethods(const sqlite3_io_methods* methods) {
        static std::map<const sqlite3_io_methods*, sqlite3_io_methods> counted;
        static int (*sync)(sqlite3_file*, int) = methods->xSync;  // the same of each kind of file
        const bool isTheSame = methods->xSync == sync;
        REQUIRE(isTheSame);
        auto& copy = counted[methods] = *methods;
        copy.xSync = [](sqlite3_file* file, int flags) {
            ++syncs;
            return sync(file, flags);
        };
        return &copy;
    }
    sqlite3_vfs vfs_;
};

int syncsOf(Store& store, Durability durability) {
    Store::Writer writer = store.write(durability);
    const int before = CountedFiles::syncs;
    Transaction transaction(writer.database(), TransactionKind::Write);
    REQUIRE(writer.database().execute("INSERT INTO companies(name) VALUES (hex(randomblob(8)))"));
    REQUIRE(transaction.commit());
    return CountedFiles::syncs - before;
}

}  // namespace

TEST_CASE(
    "a commit that has to outlive a loss of power is on the disk before it returns, another one need not be" *
    doctest::test_suite("sqlite")) {
    const CountedFiles files;
    const Place place;
    const auto store = openStore({.path = place.path()});
    for (int time = 0; time < 3; ++time) {
        CHECK(syncsOf(*store, Durability::PowerLoss) >= 1);
        CHECK(syncsOf(*store, Durability::ProcessCrash) == 0);
    }
}

}  // namespace smartca::store
