#include "proxy/audit_command.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
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

constexpr int kWhole = 0;
constexpr int kChanged = 1;
constexpr int kCannot = 2;

using Refusal = std::optional<std::string>;

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kMilliseconds = 1000;

// A day in Vietnam, or an instant. `daysAfter`: how many days past its beginning a day stands for.
std::optional<std::int64_t> momentOf(std::string_view text, int daysAfter) {
    if (const auto day = parseDay(text)) return (*day + daysAfter * kDay) * kMilliseconds;
    if (const auto instant = parseInstant(text)) return *instant * kMilliseconds;
    return std::nullopt;
}

constexpr const char* kMoments =
    "must be a day (2026-11-22 or 22/11/2026, in Vietnam) or an instant (2026-11-22T08:04:00Z)";

template <class Word>
Refusal takeWords(std::vector<Word>& into, std::string_view value,
                  std::optional<Word> (*wordOf)(std::string_view)) {
    for (const auto part : base::partsOf(value, ',')) {
        const auto word = wordOf(part);
        if (!word) {
            std::string all;
            for (int i = 0; i < static_cast<int>(Word::Count); ++i)
                all.append(i == 0 ? "" : ", ").append(nameOf(static_cast<Word>(i)));
            return "must be of: " + all;
        }
        into.push_back(*word);
    }
    return std::nullopt;
}

Refusal takeAnchor(Query& query, std::string_view value) {
    const auto colon = std::min(value.find(':'), value.size());
    const auto sequence =
        base::wholeNumberOf(value.substr(0, colon), 0, std::numeric_limits<std::int64_t>::max());
    const auto hash = value.substr(std::min(colon + 1, value.size()));
    if (!sequence || hash.size() != 64 ||
        hash.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return "must be a number and a hash as verify prints them, as 17:4f2c…";
    query.anchor = audit::Anchor{*sequence, std::string(hash)};
    return std::nullopt;
}

// An option, and what puts its value into the query; null for those that are the proxy's own.
struct Row {
    std::string_view name;
    std::string_view placeholder;
    std::string_view help;
    Refusal (*take)(Query& query, std::string_view value);
};

constexpr std::array kTable = {
    Row{"database", "FILE|URL", "the proxy's; or SMARTCA_DATABASE", nullptr},
    Row{"database-password-file", "FILE",
        "of a postgresql:// URL; or SMARTCA_DATABASE_PASSWORD, or PGPASSFILE", nullptr},
    Row{"config", "FILE", "the proxy's, which names both; or SMARTCA_CONFIG", nullptr},
    Row{"from", "WHEN", "entries of that day or instant and later",
        [](Query& query, std::string_view value) -> Refusal {
            query.filter.from = momentOf(value, 0);
            return query.filter.from ? Refusal() : kMoments;
        }},
    Row{"to", "WHEN", "entries up to the end of that day, or before that instant",
        [](Query& query, std::string_view value) -> Refusal {
            query.filter.to = momentOf(value, 1);
            return query.filter.to ? Refusal() : kMoments;
        }},
    Row{"user", "CODE|NUMBER", "for that user",
        [](Query& query, std::string_view value) -> Refusal {
            query.filter.user = value;
            return std::nullopt;
        }},
    Row{"actor", "NAME", "by that caller: anyone, bearer, unknown or proxy",
        [](Query& query, std::string_view value) -> Refusal {
            query.filter.actor = value;
            return std::nullopt;
        }},
    Row{"identity", "NUMBER", "about certificates of that identity (CCCD, passport, MST)",
        [](Query& query, std::string_view value) -> Refusal {
            query.filter.identity = parseIdentity(value).canonical;
            return std::nullopt;
        }},
    Row{"serial", "SERIAL", "about the certificate with that serial number",
        [](Query& query, std::string_view value) -> Refusal {
            const auto serial = parseSerial(value);
            if (!serial) return "must be a serial number";
            query.filter.serial = serial.value().hexadecimal;
            return std::nullopt;
        }},
    Row{"action", "WORD,...", "create, rename, setDefault, remove, access",
        [](Query& query, std::string_view value) -> Refusal {
            return takeWords(query.filter.actions, value, audit::actionOfName);
        }},
    Row{"outcome", "WORD,...",
        "attached, alreadyOnList, changed, removed, sent, unknown, rejected, refused, failed",
        [](Query& query, std::string_view value) -> Refusal {
            return takeWords(query.filter.outcomes, value, audit::outcomeOfName);
        }},
    Row{"format", "text|jsonl|csv", "text for a terminal (default), JSON lines, or CSV (RFC 4180)",
        [](Query& query, std::string_view value) -> Refusal {
            if (value != "text" && value != "jsonl" && value != "csv") return "must be text, jsonl or csv";
            query.format = value == "csv"     ? audit::Format::Csv
                           : value == "jsonl" ? audit::Format::JsonLines
                                              : audit::Format::Text;
            return std::nullopt;
        }},
    Row{"identities", "masked|full",
        "masked (default) shows the last four characters of an identity number and no hashes",
        [](Query& query, std::string_view value) -> Refusal {
            if (value != "masked" && value != "full") return "must be masked or full";
            query.identities = value == "full" ? audit::Identities::Full : audit::Identities::Masked;
            return std::nullopt;
        }},
    Row{"anchor", "NUMBER:HASH", "with verify: what an earlier verify printed as the head, kept elsewhere",
        takeAnchor},
    Row{"help", "", "say this",
        [](Query& query, std::string_view) -> Refusal {
            query.task = Task::Help;
            return std::nullopt;
        }},
};

std::vector<ops::Option> allOptions() {
    std::vector<ops::Option> options;
    options.reserve(kTable.size());
    for (const auto& row : kTable)
        options.push_back({row.name, row.placeholder, row.help});
    return options;
}

std::string helpText() {
    std::string text =
        "smartca-proxy audit shows who attached which certificates for whom, and what came of it.\n\n"
        "  smartca-proxy audit --database FILE|URL [OPTION...]\n"
        "  smartca-proxy audit verify --database FILE|URL [--anchor NUMBER:HASH]\n\n"
        "It reads only, also while a proxy runs. Exit status: 0, or 1 when verify has found that the log was "
        "changed,\nor 2 when it cannot be read or written out.\n\n";
    for (const auto& option : allOptions())
        text += ops::helpOf(option);
    return text;
}

// A descriptor that is written to in large pieces, until it says no.
class Output {
  public:
    explicit Output(int fd) : file_(::fdopen(::dup(fd), "w"), std::fclose) {
        if (!file_) error_ = errno;
    }

    // False: nothing more can be written.
    bool put(std::string_view text) {
        if (error_ == 0 && std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size())
            error_ = errno;
        return error_ == 0;
    }
    // The last pieces are written; a reader that has gone has what it wanted.
    CommandResult end(int status) {
        if (error_ == 0 && std::fflush(file_.get()) != 0) error_ = errno;
        if (error_ == 0 || error_ == EPIPE) return {status, {}};
        return {kCannot, std::string("the output could not be written: ") + std::strerror(error_)};
    }

  private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    int error_ = 0;
};

CommandResult exportTo(Output& output, audit::Reader& reader, const Query& query) {
    static_cast<void>(output.put(audit::beginningOf(query.format)));
    bool any = false;
    const auto read = reader.each([&](const audit::Record& record) {
        if (!fits(query.filter, record)) return true;
        any = true;
        return output.put(lineOf(record, query.format, query.identities));
    });
    if (!read) {
        static_cast<void>(output.end(kWhole));
        return {kCannot, read.error()};
    }
    if (!any && query.format == audit::Format::Text) return {kWhole, "No entry fits."};
    return output.end(kWhole);
}

CommandResult verify(Output& output, audit::Reader& reader, const Query& query) {
    const auto verdict = reader.verify(query.anchor);
    if (!verdict) return {kCannot, verdict.error()};
    const auto& found = verdict.value();
    const std::string count = std::to_string(found.entries);
    if (!found.fault.empty()) {
        static_cast<void>(output.put("The audit log was changed: " + found.fault + ". The " + count +
                                     " entries before that fit.\n"));
        return output.end(kChanged);
    }
    static_cast<void>(output.put("The chain of " + count + " entries is whole.\nhead " +
                                 std::to_string(found.head.sequence) + ":" + found.head.hash + "\n"));
    return output.end(kWhole);
}

}  // namespace

Result<Query, std::string> readQuery(const std::vector<std::string>& arguments,
                                     const ops::Environment& environment) {
    const std::string manual = "See: smartca-proxy audit --help";
    Query query;
    std::vector<std::string> words = arguments;
    if (!words.empty() && words.front() == "verify") {
        query.task = Task::Verify;
        words.erase(words.begin());
    }
    const auto given = ops::readArguments(words, allOptions(), manual);
    if (!given) return given.error();
    std::vector<std::string> ofTheProxy;
    for (const auto& [index, value] : given.value()) {
        const auto& row = kTable[index];
        const std::string name = "--" + std::string(row.name);
        if (row.take == nullptr) {
            ofTheProxy.insert(ofTheProxy.end(), {name, value});
            continue;
        }
        if (query.task == Task::Verify && name != "--anchor" && name != "--help")
            return "verify walks the whole chain and takes no " + name + ". " + manual;
        if (const auto wrong = row.take(query, value)) return name + " " + *wrong + ".";
        if (query.task == Task::Help) return query;
    }
    if (query.anchor && query.task != Task::Verify)
        return std::string("--anchor is of verify: smartca-proxy audit verify --anchor NUMBER:HASH");
    const auto settings = ops::readSettings(ofTheProxy, environment);
    if (!settings) return settings.error();
    query.database = settings.value().database;
    query.databasePasswordFile = settings.value().databasePasswordFile;
    if (query.database.empty()) return std::string("The option --database FILE is missing.");
    return query;
}

CommandResult runAudit(const std::vector<std::string>& arguments, const ops::Environment& environment,
                       int fd) {
    const auto query = readQuery(arguments, environment);
    if (!query) return {kCannot, query.error()};
    Output output(fd);
    if (query.value().task == Task::Help) {
        static_cast<void>(output.put(helpText()));
        return output.end(kWhole);
    }
    Secrets secrets;
    std::function<std::string()> askPassword;
    if (const auto source = databasePasswordSource(query.value().databasePasswordFile)) {
        const auto password = secrets.open(*source);
        if (!password) return {kCannot, password.error()};
        askPassword = [secret = password.value()] { return secret->value(); };
    }
    auto reader = audit::Reader::open(query.value().database, askPassword);
    if (!reader) return {kCannot, "--database: " + reader.error()};
    return query.value().task == Task::Verify ? verify(output, reader.value(), query.value())
                                              : exportTo(output, reader.value(), query.value());
}

}  // namespace smartca
