#include "proxy/audit_command.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "proxy/journal/sql_journal.h"
#include "proxy/store/store.h"

namespace smartca {
namespace {

std::optional<std::string> noVariable(const std::string&) {
    return std::nullopt;
}

struct Log {
    Log() {
        std::string pattern = std::filesystem::temp_directory_path() / "smartca-audit-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        auto opened = store::Store::open({.path = folder / "proxy.db"});
        REQUIRE(opened);
        store = std::move(opened).value();
        journal::SqlJournal journal(store);
        for (const char* code : {"A", "B", "C"}) {
            audit::Entry entry;
            entry.outcome = audit::Outcome::Attached;
            entry.userCode = code;
            REQUIRE(journal.audit(entry));
        }
    }
    ~Log() {
        store.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    AuditResult run(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--database", folder / "proxy.db"});
        const int fd = ::open((folder / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        REQUIRE(fd >= 0);
        const AuditResult ending = runAudit(arguments, noVariable, fd);
        ::close(fd);
        std::ifstream file(folder / "out", std::ios::binary);
        output.assign(std::istreambuf_iterator<char>(file), {});
        return ending;
    }

    std::filesystem::path folder;
    std::shared_ptr<store::Store> store;
    std::string output;
};

}  // namespace

TEST_CASE_FIXTURE(Log, "entries come oldest first, while the proxy has its database open") {
    CHECK(run({"--format", "jsonl"}).status == 0);
    CHECK(std::count(output.begin(), output.end(), '\n') == 3);
    CHECK(output.find("\"userCode\":\"A\"") < output.find("\"userCode\":\"B\""));
}

TEST_CASE_FIXTURE(Log, "a filter chooses") {
    CHECK(run({"--format", "csv", "--user", "B"}).status == 0);
    CHECK(std::count(output.begin(), output.end(), '\n') == 2);
    CHECK(output.find(",B,") != std::string::npos);
}

TEST_CASE_FIXTURE(Log, "where no entry fits, a person is told so, and a program gets nothing") {
    const AuditResult told = run({"--user", "nobody"});
    CHECK(told.status == 0);
    CHECK(told.error == "No entry fits.");
    CHECK(output.empty());
    CHECK(run({"--user", "nobody", "--format", "jsonl"}).error.empty());
}

TEST_CASE_FIXTURE(Log,
                  "what verify prints of a log that is still empty can be kept as well as any later head") {
    CHECK(run({"verify", "--anchor", "0:" + std::string(64, '0')}).status == 0);
    CHECK(run({"verify", "--anchor", "0:" + std::string(64, 'a')}).status == 1);
}

TEST_CASE_FIXTURE(Log, "verify says that all is well and what to keep, with status 0") {
    const AuditResult ending = run({"verify"});
    CHECK(ending.status == 0);
    CHECK(output.starts_with("The chain of 3 entries is whole.\nhead 3:"));
    const std::string anchor = output.substr(output.find("3:"), 2 + 64);
    CHECK(run({"verify", "--anchor", anchor}).status == 0);
}

TEST_CASE_FIXTURE(Log, "verify says what was changed, with status 1") {
    {
        store::Store::Writer writer = store->write();
        REQUIRE(writer.database().execute("UPDATE audit SET actor = 'x' WHERE seq = 2"));
    }
    const AuditResult ending = run({"verify"});
    CHECK(ending.status == 1);
    CHECK(output.find("entry 2 is not what was written") != std::string::npos);
}

TEST_CASE_FIXTURE(Log, "a reader that has gone is no fault") {
    ::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    ::close(ends[0]);
    const AuditResult ending = runAudit({"--database", folder / "proxy.db"}, noVariable, ends[1]);
    ::close(ends[1]);
    CHECK(ending.status == 0);
    CHECK(ending.error.empty());
}

TEST_CASE_FIXTURE(Log, "output that cannot be written is told, with status 2") {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    const AuditResult ending = runAudit({"--database", folder / "proxy.db"}, noVariable, full);
    ::close(full);
    CHECK(ending.status == 2);
    CHECK(ending.error.find("No space left") != std::string::npos);
}

TEST_CASE_FIXTURE(Log, "a database that is not there is told, with status 2, and not made") {
    const AuditResult ending = runAudit({"--database", folder / "absent.db"}, noVariable, STDOUT_FILENO);
    CHECK(ending.status == 2);
    CHECK(ending.error.find("absent.db") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "absent.db"));
}

}  // namespace smartca
