#include "proxy/audit_command.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/ops/command_line.h"
#include "proxy/secrets.h"
#include "shared/calendar.h"
#include "shared/identity.h"
#include "shared/serial.h"

namespace smartca {
namespace {

enum ExitStatus : int { kWhole = 0, kChanged = 1, kCannot = 2 };

// What is wrong with an option's value.
using Refusal = std::optional<std::string>;

template <std::string audit::Filter::* member>
Refusal takeText(AuditQuery& query, std::string_view value) {
    query.filter.*member = value;
    return std::nullopt;
}

// A day in Vietnam, or an instant. `daysAfter`: how many days past its beginning a day stands for.
template <std::optional<std::int64_t> audit::Filter::* member, int daysAfter>
Refusal takeMoment(AuditQuery& query, std::string_view value) {
    const auto day = parseDay(value);
    const auto instant = day ? *day + daysAfter * 24 * 3600 : parseInstant(value);
    if (!instant)
        return "must be a day (2026-11-22 or 22/11/2026, in Vietnam) or an instant (2026-11-22T08:04:00Z)";
    query.filter.*member = *instant * 1000;
    return std::nullopt;
}

template <std::vector<std::string> audit::Filter::* member, const auto& known>
Refusal takeWords(AuditQuery& query, std::string_view value) {
    for (const auto word : base::partsOf(value, ',')) {
        if (std::ranges::find(known, word) == known.end()) {
            std::string all;
            for (const auto each : known)
                all.append(all.empty() ? "" : ", ").append(each);
            return "must be of: " + all;
        }
        (query.filter.*member).emplace_back(word);
    }
    return std::nullopt;
}

Refusal takeIdentity(AuditQuery& query, std::string_view value) {
    query.filter.identity = parseIdentity(value).canonical;
    return std::nullopt;
}

Refusal takeFormat(AuditQuery& query, std::string_view value) {
    if (value != "text" && value != "jsonl" && value != "csv") return "must be text, jsonl or csv";
    query.format = value == "csv"     ? audit::Format::Csv
                   : value == "jsonl" ? audit::Format::JsonLines
                                      : audit::Format::Text;
    return std::nullopt;
}

Refusal takeIdentities(AuditQuery& query, std::string_view value) {
    if (value != "masked" && value != "full") return "must be masked or full";
    query.identities = value == "full" ? audit::Identities::Full : audit::Identities::Masked;
    return std::nullopt;
}

Refusal takeSerial(AuditQuery& query, std::string_view value) {
    const auto serial = parseSerial(value);
    if (!serial) return "must be a serial number";
    query.filter.serial = serial.value().hexadecimal;
    return std::nullopt;
}

Refusal takeAnchor(AuditQuery& query, std::string_view value) {
    const auto parts = base::partsOf(value, ':');
    const auto number =
        base::wholeNumberOf(parts.empty() ? "" : parts.front(), 0, std::numeric_limits<std::int64_t>::max());
    if (!number || parts.size() != 2 || parts[1].size() != 64 ||
        parts[1].find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return "must be a number and a hash as verify prints them, as 17:4f2c…";
    query.anchor = audit::Head{*number, std::string(parts[1])};
    return std::nullopt;
}

// An option, and what puts its value into the query; null for --help and for those that are the proxy's own.
struct Row {
    ops::Option option;
    Refusal (*take)(AuditQuery& query, std::string_view value);
};

constexpr std::array kTable = {
    Row{{"database", "FILE|URL", "the proxy's; or SMARTCA_DATABASE"}, nullptr},
    Row{{"database-password-file", "FILE",
         "of a postgresql:// URL; or SMARTCA_DATABASE_PASSWORD, or PGPASSFILE"},
        nullptr},
    Row{{"config", "FILE", "the proxy's, which names both; or SMARTCA_CONFIG"}, nullptr},
    Row{{"from", "WHEN", "entries of that day or instant and later"}, takeMoment<&audit::Filter::from, 0>},
    Row{{"to", "WHEN", "entries up to the end of that day, or before that instant"},
        takeMoment<&audit::Filter::to, 1>},
    Row{{"user", "CODE|NUMBER", "for that user"}, takeText<&audit::Filter::user>},
    Row{{"actor", "NAME", "by that caller: local, server, unknown, proxy or a session token's sub"},
        takeText<&audit::Filter::actor>},
    Row{{"company", "NAME", "in that company"}, takeText<&audit::Filter::company>},
    Row{{"identity", "NUMBER", "about certificates of that identity (CCCD, passport, MST)"}, takeIdentity},
    Row{{"serial", "SERIAL", "about the certificate with that serial number"}, takeSerial},
    Row{{"action", "WORD,...", "create, rename, setDefault, remove, access"},
        takeWords<&audit::Filter::actions, audit::kActionNames>},
    Row{{"outcome", "WORD,...",
         "attached, alreadyOnList, changed, removed, sent, unknown, rejected, refused, failed"},
        takeWords<&audit::Filter::outcomes, audit::kOutcomeNames>},
    Row{{"format", "text|jsonl|csv", "text for a terminal (default), JSON lines, or CSV (RFC 4180)"},
        takeFormat},
    Row{{"identities", "masked|full",
         "masked (default) shows the last four characters of an identity number and no hashes"},
        takeIdentities},
    Row{{"anchor", "NUMBER:HASH", "with verify: what an earlier verify printed as the head, kept elsewhere"},
        takeAnchor},
    Row{{"help", "", "say this"}, nullptr},
};

constexpr const char* kManual = "See: smartca-proxy audit --help";

std::string helpText() {
    std::string text =
        "smartca-proxy audit shows who attached which certificates for whom, and what came of it.\n\n"
        "  smartca-proxy audit --database FILE|URL [OPTION...]\n"
        "  smartca-proxy audit verify --database FILE|URL [--anchor NUMBER:HASH]\n\n"
        "It reads only, also while a proxy runs. Exit status: 0, or 1 when verify has found that the log was "
        "changed,\nor 2 when it cannot be read or written out.\n\n";
    for (const auto& row : kTable)
        text += ops::helpOf(row.option);
    return text;
}

// A descriptor that is written to in large pieces, until an error.
struct Output {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file;
    int error = 0;  // errno of the first one

    bool put(std::string_view text) {
        if (error == 0 && std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()) error = errno;
        return error == 0;
    }
};

AuditResult exportTo(Output& output, store::Database& log, const AuditQuery& query) {
    bool any = false;
    output.put(audit::beginningOf(query.format));
    const auto read = audit::eachRecord(log, [&](const audit::Record& record) {
        if (!fits(query.filter, record)) return true;
        any = true;
        return output.put(lineOf(record, query.format, query.identities));
    });
    if (!read) return {kCannot, read.error()};
    return {kWhole, any || query.format != audit::Format::Text ? "" : "No entry fits."};
}

AuditResult verify(Output& output, store::Database& log, const AuditQuery& query) {
    const auto verdict = audit::verify(log, query.anchor);
    if (!verdict) return {kCannot, verdict.error()};
    const auto& [head, fault] = verdict.value();
    const std::string count = std::to_string(head.sequence);
    output.put(fault.empty()
                   ? "The chain of " + count + " entries is whole.\nhead " + count + ":" + head.hash + "\n"
                   : "The audit log was changed: " + fault + ". The " + count +
                         " entries before that fit.\n");
    return {fault.empty() ? kWhole : kChanged, {}};
}

AuditResult answer(Output& output, const AuditQuery& query) {
    if (query.task == AuditTask::Help) {
        output.put(helpText());
        return {kWhole, {}};
    }
    Secrets secrets;
    const auto password = secrets.openDatabasePassword(query.databasePasswordFile);
    if (!password) return {kCannot, password.error()};
    auto log = audit::openLog(query.database, password.value());
    if (!log) return {kCannot, "--database: " + log.error()};
    return query.task == AuditTask::Verify ? verify(output, log.value(), query)
                                           : exportTo(output, log.value(), query);
}

}  // namespace

Result<AuditQuery, std::string> readAuditQuery(const std::vector<std::string>& arguments,
                                               const ops::Environment& environment) {
    AuditQuery query;
    std::vector<std::string> words = arguments;
    if (!words.empty() && words.front() == "verify") {
        query.task = AuditTask::Verify;
        words.erase(words.begin());
    }
    std::array<ops::Option, kTable.size()> known;
    std::ranges::transform(kTable, known.begin(), &Row::option);
    const auto given = ops::readArguments(words, known, kManual);
    if (!given) return given.error();
    std::vector<std::string> ofTheProxy;
    for (const auto& [index, value] : given.value()) {
        const auto& row = kTable[index];
        const std::string name = "--" + std::string(row.option.name);
        if (name == "--help") {
            query.task = AuditTask::Help;
            return query;
        }
        if (row.take == nullptr) {
            ofTheProxy.insert(ofTheProxy.end(), {name, value});
            continue;
        }
        if (query.task == AuditTask::Verify && name != "--anchor")
            return "verify walks the whole chain and takes no " + name + ". " + kManual;
        if (const auto wrong = row.take(query, value)) return name + " " + *wrong + ".";
    }
    if (query.anchor && query.task != AuditTask::Verify)
        return std::string("--anchor is of verify: smartca-proxy audit verify --anchor NUMBER:HASH");
    const auto settings = ops::readSettings(ofTheProxy, environment);
    if (!settings) return settings.error();
    query.database = settings.value().database;
    query.databasePasswordFile = settings.value().databasePasswordFile;
    if (query.database.empty()) return std::string("The option --database FILE is missing.");
    return query;
}

AuditResult runAudit(const std::vector<std::string>& arguments, const ops::Environment& environment, int fd) {
    const auto query = readAuditQuery(arguments, environment);
    if (!query) return {kCannot, query.error()};
    Output output{{::fdopen(::dup(fd), "w"), std::fclose}};
    if (!output.file) return {kCannot, std::string("the output cannot be opened: ") + std::strerror(errno)};
    AuditResult result = answer(output, query.value());
    if (output.error == 0 && std::fflush(output.file.get()) != 0) output.error = errno;
    if (result.status == kCannot || output.error == 0 || output.error == EPIPE) return result;
    return {kCannot, std::string("the output could not be written: ") + std::strerror(output.error)};
}

}  // namespace smartca
