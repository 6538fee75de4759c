// smartca-bench-registry: what the registry's own work costs, in this process.
//
//   smartca-bench-registry audit                  an audit entry
//   smartca-bench-registry search                 searches among 100 000 certificates
//   smartca-bench-registry fill DATABASE NUMBER   that many certificates, for sidecar.mjs
//
// BENCH_FOLDER names where its databases are made; the system's temporary folder without it.
#include <stdlib.h>

#include <cstdio>

#include "registry.h"

int main(int count, char** arguments) {
    using namespace smartca::bench;
    const std::string task = count > 1 ? arguments[1] : "";
    if (task == "fill" && count == 4) {
        fill(*openStore({.path = arguments[2], .readers = 1}), std::atoll(arguments[3]));
        return 0;
    }
    const char* chosen = std::getenv("BENCH_FOLDER");
    std::filesystem::path parent = std::filesystem::temp_directory_path();
    if (chosen != nullptr) parent = chosen;
    std::string folder = parent / "smartca-bench-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) {
        std::perror("a folder for the databases");
        return 2;
    }
    int status = 2;
    if (task == "audit") {
        status = benchAudit(folder);
    } else if (task == "search") {
        status = benchSearch(folder);
    } else {
        std::fprintf(stderr, "smartca-bench-registry audit|search|fill; tests/bench/README.md tells more.\n");
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return status;
}
