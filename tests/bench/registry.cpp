// smartca-bench-registry: what the registry's own work costs, in this process.
//
//   smartca-bench-registry audit             an audit entry
//   smartca-bench-registry search            searches among 100 000 certificates
//   smartca-bench-registry attach [LARGEST] [SVG]   a create among 100 to LARGEST (1 000 000) certificates
//
// BENCH_FOLDER names where its databases are made; the system's temporary folder without it.
#include <stdlib.h>

#include <cstdio>

#include "registry.h"

int main(int count, char** arguments) {
    using namespace smartca::bench;
    const std::string task = count > 1 ? arguments[1] : "";
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
    } else if (task == "attach") {
        status = benchAttach(folder, count > 2 ? std::atoll(arguments[2]) : 1'000'000,
                             count > 3 ? arguments[3] : "");
    } else {
        std::fprintf(stderr,
                     "smartca-bench-registry audit|search|attach; tests/bench/README.md tells more.\n");
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return status;
}
