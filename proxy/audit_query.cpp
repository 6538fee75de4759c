#include "proxy/audit_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "proxy/ops/command_line.h"
#include "shared/calendar.h"
#include "shared/identity.h"
#include "shared/serial.h"

namespace smartca {
namespace {

using Refusal = std::optional<std::string>;
using Take = Refusal (*)(Query& query, std::string_view value);

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
    while (!value.empty()) {
        const auto comma = std::min(value.find(','), value.size());
        const auto word = wordOf(value.substr(0, comma));
        if (!word) {
            std::string all;
            for (int i = 0; i < static_cast<int>(Word::Count); ++i)
                all.append(i == 0 ? "" : ", ").append(nameOf(static_cast<Word>(i)));
            return "must be of: " + all;
        }
        into.push_back(*word);
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return std::nullopt;
}

Refusal takeAnchor(Query& query, std::string_view value) {
    audit::Anchor anchor;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), anchor.sequence);
    const auto read = static_cast<std::size_t>(end - value.data());
    const auto isHash = [](std::string_view text) {
        return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    };
    if (error != std::errc{} || anchor.sequence < 0 || read >= value.size() || value[read] != ':' ||
        !isHash(value.substr(read + 1)))
        return "must be a number and a hash as verify prints them, as 17:4f2c…";
    anchor.hash = value.substr(read + 1);
    query.anchor = std::move(anchor);
    return std::nullopt;
}

struct Row {
    std::string_view name;
    std::string_view placeholder;
    std::string_view help;
    Take take;
};

constexpr std::array kTable = {
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
};

// Those that are the proxy's own.
constexpr std::array<std::string_view, 3> kOfTheProxy = {"database", "database-password-file", "config"};

std::string unknownOption(std::string_view name) {
    std::vector<ops::Option> known;
    for (const auto own : kOfTheProxy)
        known.push_back({own, {}, {}});
    for (const auto& row : kTable)
        known.push_back({row.name, {}, {}});
    return "There is no option --" + std::string(name) + " of audit. " + ops::suggestionFor(name, known) +
           "See: smartca-proxy audit --help";
}

}  // namespace

Result<Query, std::string> readQuery(const std::vector<std::string>& arguments,
                                     const ops::Environment& environment) {
    Query query;
    std::vector<std::string> ofTheProxy;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--help" || argument == "-h") {
            query.task = Task::Help;
            return query;
        }
        if (i == 0 && argument == "verify") {
            query.task = Task::Verify;
            continue;
        }
        if (!argument.starts_with("--"))
            return "'" + arguments[i] + "' is neither verify nor an option. See: smartca-proxy audit --help";
        const auto equals = argument.find('=');
        const auto name = argument.substr(2, equals == std::string_view::npos ? equals : equals - 2);
        const auto row =
            std::find_if(kTable.begin(), kTable.end(), [&](const Row& one) { return one.name == name; });
        const bool own = std::find(kOfTheProxy.begin(), kOfTheProxy.end(), name) != kOfTheProxy.end();
        if (row == kTable.end() && !own) return unknownOption(name);
        if (query.task == Task::Verify && !own && name != "anchor")
            return "verify walks the whole chain and takes no --" + std::string(name) +
                   ". See: smartca-proxy audit --help";
        if (equals == std::string_view::npos && i + 1 == arguments.size())
            return "The option --" + std::string(name) + " needs a value. See: smartca-proxy audit --help";
        const std::string value =
            equals == std::string_view::npos ? arguments[++i] : std::string(argument.substr(equals + 1));
        if (own) {
            ofTheProxy.insert(ofTheProxy.end(), {"--" + std::string(name), value});
        } else if (const auto wrong = row->take(query, value)) {
            return "--" + std::string(name) + " " + *wrong + ".";
        }
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

std::string queryHelp() {
    std::string text =
        "smartca-proxy audit shows who attached which certificates for whom, and what came of it.\n\n"
        "  smartca-proxy audit --database FILE|URL [OPTION...]\n"
        "  smartca-proxy audit verify --database FILE|URL [--anchor NUMBER:HASH]\n\n"
        "It reads only, also while a proxy runs. Exit status: 0, or 1 when verify has found that the log was "
        "changed,\nor 2 when it cannot be read or written out.\n\n";
    const auto add = [&text](const std::string& left, std::string_view help) {
        text += "  " + left + std::string(left.size() < 32 ? 32 - left.size() : 1, ' ') + std::string(help) +
                "\n";
    };
    add("--database FILE|URL", "the proxy's; or --config FILE, or SMARTCA_DATABASE");
    add("--database-password-file FILE",
        "of a postgresql:// URL; or SMARTCA_DATABASE_PASSWORD, or PGPASSFILE");
    for (const auto& row : kTable)
        add("--" + std::string(row.name) + " " + std::string(row.placeholder), row.help);
    return text;
}

}  // namespace smartca
