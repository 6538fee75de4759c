#include <doctest/doctest.h>

#include "proxy/audit_command.h"

namespace smartca {
namespace {

std::optional<std::string> noneSet(const std::string&) {
    return std::nullopt;
}

AuditQuery read(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--database", "a.db"});
    auto query = readAuditQuery(arguments, noneSet);
    if (!query) FAIL(query.error());
    return std::move(query).value();
}
std::string fault(const std::vector<std::string>& arguments) {
    const auto query = readAuditQuery(arguments, noneSet);
    REQUIRE_FALSE(query);
    return query.error();
}

audit::Record oneRecord() {
    audit::Record record;
    record.milliseconds = 1'795'000'000'000;
    record.action = "create";
    record.outcome = "attached";
    record.actor = "bearer";
    record.userId = 3;
    record.userCode = "USER03";
    record.identity = "001099000001";
    record.serials = "5401 5401ab";
    return record;
}
bool admits(const std::vector<std::string>& arguments) {
    return fits(read(arguments).filter, oneRecord());
}

}  // namespace

TEST_CASE("without options everything is shown, as text and masked") {
    const AuditQuery query = read({});
    CHECK(query.task == AuditTask::Export);
    CHECK(query.database == "a.db");
    CHECK(query.format == audit::Format::Text);
    CHECK(query.identities == audit::Identities::Masked);
    CHECK(fits(query.filter, oneRecord()));
}

TEST_CASE("the database may come from the environment, as the proxy's own") {
    const auto query = readAuditQuery({"--format=csv"}, [](const std::string& name) {
        return name == "SMARTCA_DATABASE" ? std::optional<std::string>("b.db") : std::nullopt;
    });
    REQUIRE(query);
    CHECK(query.value().database == "b.db");
    CHECK(query.value().format == audit::Format::Csv);
}

TEST_CASE("entries are chosen by time: days are Vietnam's, the last one whole") {
    CHECK(admits({"--from", "2026-11-18"}));
    CHECK_FALSE(admits({"--from", "2026-11-19"}));
    CHECK(admits({"--to", "2026-11-18"}));
    CHECK_FALSE(admits({"--to", "2026-11-17"}));
    CHECK(admits({"--from", "2026-11-18T11:06:40Z"}));
    CHECK_FALSE(admits({"--to", "2026-11-18T11:06:40Z"}));
    CHECK(admits({"--to", "2026-11-18T18:06:41+07:00"}));
}

TEST_CASE("entries are chosen by user, caller, identity, serial, action and outcome") {
    CHECK(admits({"--user", "USER03"}));
    CHECK(admits({"--user", "3"}));
    CHECK_FALSE(admits({"--user", "USER0"}));
    CHECK(admits({"--actor", "bearer"}));
    CHECK_FALSE(admits({"--actor", "anyone"}));
    CHECK(admits({"--identity", "CCCD: 001 099 000 001"}));
    CHECK_FALSE(admits({"--identity", "001099000002"}));
    CHECK(admits({"--serial", "54:01:AB"}));
    CHECK(admits({"--serial", "5401"}));
    CHECK_FALSE(admits({"--serial", "01ab"}));
    CHECK(admits({"--action", "remove,create"}));
    CHECK_FALSE(admits({"--action", "remove"}));
    CHECK(admits({"--outcome", "attached"}));
    CHECK_FALSE(admits({"--outcome=refused,failed"}));
}

TEST_CASE("mistakes are named, with what to do") {
    CHECK(fault({}).find("--database FILE is missing") != std::string::npos);
    CHECK(fault({"--formt", "csv"}).find("Did you mean --format?") != std::string::npos);
    CHECK(fault({"--format", "xml"}).find("must be text, jsonl or csv") != std::string::npos);
    CHECK(fault({"--outcome", "done"}).find("attached, alreadyOnList") != std::string::npos);
    CHECK(fault({"--from", "yesterday"}).find("must be a day") != std::string::npos);
    CHECK(fault({"everything"}).find("'everything' is not an option") != std::string::npos);
    CHECK(fault({"--user"}).find("needs a value") != std::string::npos);
    CHECK(fault({"--anchor", "3:" + std::string(64, 'a')}).find("of verify") != std::string::npos);
    CHECK(fault({"verify", "--anchor", "3:abc"}).find("as verify prints them") != std::string::npos);
    CHECK(fault({"verify", "--anchor", "3"}).find("as verify prints them") != std::string::npos);
}

TEST_CASE("a database on a server has its password in a file, never in the URL") {
    const auto query = readAuditQuery({"--database", "postgresql://auditor@db.example.vn/smartca",
                                       "--database-password-file", "/run/secrets/auditor"},
                                      noneSet);
    REQUIRE(query);
    CHECK(query.value().database == "postgresql://auditor@db.example.vn/smartca");
    CHECK(query.value().databasePasswordFile == "/run/secrets/auditor");
    const std::string refused = fault({"--database", "postgresql://auditor:canary@db.example.vn/smartca"});
    CHECK(refused.find("--database-password-file") != std::string::npos);
    CHECK(refused.find("canary") == std::string::npos);
    CHECK(fault({"--database", "a.db", "--database-password-file", "f"}).find("a file has no password") !=
          std::string::npos);
}

TEST_CASE("verify takes nothing that would make it look at less than the whole chain") {
    for (const char* option : {"--user", "--from", "--format"})
        CHECK(fault({"verify", option, "2026-11-22"}).find(std::string("takes no ") + option) !=
              std::string::npos);
}

TEST_CASE("verify takes the anchor that it has printed before") {
    const AuditQuery query = read({"verify", "--anchor", "17:" + std::string(64, 'a')});
    CHECK(query.task == AuditTask::Verify);
    REQUIRE(query.anchor);
    CHECK(query.anchor->sequence == 17);
    CHECK(query.anchor->hash == std::string(64, 'a'));
}

}  // namespace smartca
