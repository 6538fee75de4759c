#include "proxy/ops/options.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>
#include <variant>

#include "proxy/base/file.h"
#include "proxy/base/text.h"
#include "proxy/ops/command_line.h"
#include "shared/json_file.h"
#include "shared/text.h"

namespace smartca::ops {
namespace {

using Problem = std::optional<std::string>;
using Text = std::string Options::*;
using Number = int Options::*;
using Flag = bool Options::*;
using List = std::vector<std::string> Options::*;

struct Row {
    std::string_view name;
    std::string_view placeholder;
    std::variant<Text, Number, Flag, List> member;
    std::string_view help;
    int minimum = 0;  // of a Number
    int maximum = 0;
};

constexpr std::array kTable = {
    Row{"listen", "ADDRESS", &Options::listen,
        "where the page and its API are served: 127.0.0.1:8080, [::1]:8080 or unix:/path; port 0 picks a "
        "free one"},
    Row{"ops-listen", "ADDRESS", &Options::opsListen,
        "where /livez, /readyz, /version and /metrics are served; off without it"},
    Row{"trusted-listen", "unix:/PATH", &Options::trustedListen,
        "where the portal's server is believed without a token, and names the person in headers; off without "
        "it"},
    Row{"static-dir", "DIR", &Options::staticDir, "the folder with the built page"},
    Row{"ready-file", "FILE", &Options::readyFile, "written with the bound address once requests are served"},
    Row{"auth", "none|bearer", &Options::auth, "how callers prove who they are"},
    Row{"auth-token-file", "FILE", &Options::authTokenFile,
        "the portal's server's token, or two while one is being replaced, one a line, of 32 characters or "
        "more"},
    Row{"session-keys-file", "FILE", &Options::sessionKeysFile,
        "a JWK set: the keys that the portal's server signs session tokens with; read again when it changes"},
    Row{"session-audience", "NAME", &Options::sessionAudience, "what such a token has to name as its aud"},
    Row{"company", "NAME", &Options::company,
        "whose data this is, unless a token or the server names another company"},
    Row{"companies-file", "FILE", &Options::companiesFile,
        "JSON: the companies that are served, each with its accounts; a secret file, read again when it "
        "changes"},
    Row{"unsafe-no-auth", "", &Options::unsafeNoAuth,
        "allow --auth=none although other machines can reach --listen"},
    Row{"unsafe-plain-http", "", &Options::unsafePlainHttp,
        "allow a --listen or --ops-listen that other machines can reach, though what passes there can be "
        "read "
        "on the way"},
    Row{"allowed-origins", "ORIGIN,...", &Options::allowedOrigins,
        "portals of other origins that embed the dialog, as https://portal.example.vn"},
    Row{"allowed-hosts", "NAME,...", &Options::allowedHosts,
        "names accepted in the Host header; without it the loopback names, or any when --listen is not a "
        "loopback address"},
    Row{"trusted-proxies", "CIDR,...", &Options::trustedProxies,
        "reverse proxies whose word on the client's address counts, as 10.0.0.0/8,::1, and unix for a "
        "socket"},
    Row{"forwarded-header", "x-forwarded-for|forwarded", &Options::forwardedHeader,
        "where they say it; the other header is ignored"},
    Row{"database", "FILE|URL", &Options::database,
        "what holds the journal, users and certificates: an SQLite file, or postgresql://user@host/name to "
        "share"},
    Row{"database-password-file", "FILE", &Options::databasePasswordFile,
        "holds the password for that URL; or set SMARTCA_DATABASE_PASSWORD, or PGPASSFILE"},
    Row{"key-file", "FILE", &Options::keyFile, "the key that stored passwords are encrypted with"},
    Row{"demo-data", "FILE", &Options::demoData,
        "fills an empty registry from this file: users, settings, certificates; assets/demo/registry.json "
        "shows its form"},
    Row{"company-settings", "FILE", &Options::companySettings,
        "the company's signature text, display mode and image, put into the database at each start"},
    Row{"registry", "database|econtract", &Options::registry,
        "where users and certificates live: the database, or the portal's VNPT eContract"},
    Row{"econtract-url", "URL", &Options::econtractUrl,
        "eContract's base URL, without /api: https://econtract.example.vn"},
    Row{"econtract-ca-file", "FILE", &Options::econtractCaFile,
        "the authorities to trust there, in PEM; the system's without it"},
    Row{"econtract-username-file", "FILE", &Options::econtractUsernameFile,
        "holds the account's name; or set SMARTCA_ECONTRACT_USERNAME"},
    Row{"econtract-password-file", "FILE", &Options::econtractPasswordFile,
        "holds its password; or set SMARTCA_ECONTRACT_PASSWORD"},
    Row{"econtract-login", "v1|v2", &Options::econtractLogin,
        "how to log in: v1 with the company, v2 with choose-company after it"},
    Row{"econtract-company", "ID", &Options::econtractCompany,
        "the company to work in; with v2 only for an account of several; 0: none", 0, 2'147'483'647},
    Row{"econtract-field-map", "FILE", &Options::econtractFieldMap,
        "where the fields go that eContract's public API has no place for; without it they are reported as "
        "not saved"},
    Row{"econtract-write-signature-text", "", &Options::econtractWriteSignatureText,
        "save the signature content as the user's own text for everything that user signs (users/update)"},
    Row{"econtract-list-users", "N", &Options::econtractListUsers,
        "how many users are looked through for the list of all certificates", 1, 100'000},
    Row{"econtract-timeout-ms", "MS", &Options::econtractTimeoutMs, "for one whole call to eContract", 100,
        120'000},
    Row{"smartca-url", "URL", &Options::smartcaUrl, "SmartCA's base URL, as https://gwsca.vnpt.vn/sca/sp769"},
    Row{"smartca-ca-file", "FILE", &Options::smartcaCaFile,
        "the authorities to trust there, in PEM; the system's without it"},
    Row{"smartca-id-file", "FILE", &Options::smartcaIdFile, "holds sp_id; or set SMARTCA_SP_ID"},
    Row{"smartca-password-file", "FILE", &Options::smartcaPasswordFile,
        "holds sp_password; or set SMARTCA_SP_PASSWORD"},
    Row{"smartca-timeout-ms", "MS", &Options::smartcaTimeoutMs, "for one whole call to SmartCA", 100,
        120'000},
    Row{"subscriber-ca-file", "FILE", &Options::subscriberCaFile,
        "roots and intermediates, in PEM, to verify subscribers' certificates with; without it none is "
        "verified"},
    Row{"requests-per-minute", "N", &Options::requestsPerMinute,
        "that one person may make, as a token or the server names them; 0: no limit, here and below", 0,
        1'000'000},
    Row{"lookups-per-hour", "N", &Options::lookupsPerHour, "of identities at SmartCA, by one person", 0,
        1'000'000},
    Row{"creates-per-hour", "N", &Options::createsPerHour, "by one person", 0, 1'000'000},
    Row{"maximum-connections", "N", &Options::maximumConnections, "of clients at a time", 8, 100'000},
    Row{"idle-timeout-ms", "MS", &Options::idleTimeoutMs,
        "how long a connection is kept between requests; longer than a balancer keeps it", 1'000, 3'600'000},
    Row{"upstream-workers", "N", &Options::upstreamWorkers,
        "requests that may wait for SmartCA at a time, and as many for eContract", 1, 512},
    Row{"drain-delay-ms", "MS", &Options::drainDelayMs,
        "on SIGTERM: how long requests are still taken after /readyz says no, each the last of its "
        "connection",
        0, 600'000},
    Row{"drain-timeout-ms", "MS", &Options::drainTimeoutMs, "on SIGTERM: how long begun requests may take", 0,
        600'000},
};

constexpr std::array<std::pair<Option, Action>, 5> kActions = {{
    {{"help", "", "say this"}, Action::Help},
    {{"version", "", "say the version"}, Action::Version},
    {{"print-config", "", "print the resulting configuration and stop"}, Action::PrintConfig},
    {{"check-config", "",
      "say whether the configuration could be served, and stop; leaves the database as it is"},
     Action::CheckConfig},
    {{"migrate", "", "bring the database's tables up to date, and stop"}, Action::Migrate},
}};

std::string nameOf(Action action) {
    return std::string(std::ranges::find(kActions, action, &std::pair<Option, Action>::second)->first.name);
}

constexpr Option kConfig = {"config", "FILE", "a JSON object with the names above as keys"};

// The rows of the table, --config and the actions, in that order.
std::vector<Option> allOptions() {
    std::vector<Option> options;
    options.reserve(kTable.size() + 1 + kActions.size());
    for (const auto& row : kTable)
        options.push_back({row.name, row.placeholder, row.help});
    options.push_back(kConfig);
    for (const auto& action : kActions)
        options.push_back(action.first);
    return options;
}

// SMARTCA_ and the name. Those of SmartCA do not say it twice, and those of its account have its "sp".
std::string variableOf(const Row& row) {
    std::string name(row.name);
    if (name == "smartca-id-file" || name == "smartca-password-file") name.replace(0, 7, "sp");
    if (name.starts_with("smartca-")) name.erase(0, 8);
    std::ranges::transform(name, name.begin(), [](char c) { return c == '-' ? '_' : asciiUpper(c); });
    return "SMARTCA_" + name;
}

std::string rangeOf(const Row& row) {
    return std::to_string(row.minimum) + " to " + std::to_string(row.maximum);
}

// Puts a value as it is written into its member. Returns what is wrong with it, or nothing.
Problem assign(Options& options, const Row& row, std::string_view value) {
    if (const auto* text = std::get_if<Text>(&row.member)) {
        options.*(*text) = value;
    } else if (const auto* list = std::get_if<List>(&row.member)) {
        const auto parts = base::partsOf(value, ',');
        options.*(*list) = {parts.begin(), parts.end()};
    } else if (const auto* flag = std::get_if<Flag>(&row.member)) {
        if (value != "true" && value != "false") return "must be true or false";
        options.*(*flag) = value == "true";
    } else if (const auto* number = std::get_if<Number>(&row.member)) {
        const auto parsed = base::wholeNumberOf(value, row.minimum, row.maximum);
        if (!parsed) return "must be a number from " + rangeOf(row);
        options.*(*number) = static_cast<int>(*parsed);
    }
    return std::nullopt;
}

// A JSON value as it would be written on the command line. Nothing where it is of a type that the option does
// not take; each can be given as text.
std::optional<std::string> textOf(const Row& row, const nlohmann::json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean() && std::holds_alternative<Flag>(row.member)) return value.dump();
    if (value.is_number_integer() && std::holds_alternative<Number>(row.member)) return value.dump();
    if (!value.is_array() || !std::holds_alternative<List>(row.member)) return std::nullopt;
    std::string joined;
    for (const auto& item : value) {
        if (!item.is_string()) return std::nullopt;
        joined += (joined.empty() ? "" : ",") + item.get<std::string>();
    }
    return joined;
}

// "must be a string, as in "listen": "127.0.0.1:8080""
std::string typeWanted(const Row& row) {
    constexpr std::array kTypes = {"a string", "a whole number", "true or false", "a list of strings"};
    const Options defaults;
    nlohmann::json example =
        std::visit([&](auto member) { return nlohmann::json(defaults.*member); }, row.member);
    const std::string placeholder(row.placeholder.substr(0, row.placeholder.find_first_of(",|")));
    if (example.is_string() && example.get_ref<const std::string&>().empty()) example = placeholder;
    if (example.is_array()) example.push_back(placeholder);
    if (example.is_boolean()) example = true;
    return std::string("must be ") + kTypes[row.member.index()] + ", as in \"" + std::string(row.name) +
           "\": " + example.dump();
}

Problem readFile(const std::string& path, Options& options) {
    const auto text = base::readFile(path);
    if (!text) return "--config: Cannot read " + path + "; name a file with a JSON object.";
    const auto json = parseJsonFile(*text);
    if (!json) return "--config: " + path + ", " + json.error() + ".";
    if (!json.value().is_object())
        return "--config: " + path + " holds no JSON object; --print-config shows how one looks.";
    for (const auto& [key, value] : json.value().items()) {
        const auto row = std::ranges::find(kTable, key, &Row::name);
        if (row == kTable.end()) {
            const auto known = allOptions();
            return "--config: " + path + " has an unknown key \"" + key + "\". " +
                   suggestionFor(key, std::span(known).first(kTable.size()));
        }
        const auto written = textOf(*row, value);
        const auto wrong = written ? assign(options, *row, *written) : typeWanted(*row);
        if (wrong)
            return "--config: \"" + key + "\" in " + path + " " + *wrong + "; --help tells what it takes.";
    }
    return std::nullopt;
}

// The files of secrets that are named nowhere, as systemd's LoadCredential= hands them over.
void takeCredentials(Options& options, const Environment& environment) {
    constexpr std::array kSecrets = {&Options::keyFile,
                                     &Options::databasePasswordFile,
                                     &Options::smartcaIdFile,
                                     &Options::smartcaPasswordFile,
                                     &Options::authTokenFile,
                                     &Options::sessionKeysFile,
                                     &Options::companiesFile,
                                     &Options::econtractUsernameFile,
                                     &Options::econtractPasswordFile};
    const auto folder = environment("CREDENTIALS_DIRECTORY");
    if (!folder) return;
    for (const auto& row : kTable) {
        const auto* text = std::get_if<Text>(&row.member);
        if (!text || std::ranges::find(kSecrets, *text) == kSecrets.end() || !(options.*(*text)).empty())
            continue;
        const auto file = *folder + '/' + std::string(row.name.substr(0, row.name.rfind('-')));
        std::error_code unknown;
        if (std::filesystem::exists(file, unknown)) options.*(*text) = file;
    }
}

// The option's variable, its range, and what holds without it.
std::string noteOf(const Row& row) {
    const Options defaults;
    std::string note = "[" + variableOf(row);
    if (const auto* number = std::get_if<Number>(&row.member))
        note += "; " + rangeOf(row) + ", default " + std::to_string(defaults.*(*number));
    if (const auto* text = std::get_if<Text>(&row.member); text && !(defaults.*(*text)).empty())
        note += "; default " + defaults.*(*text);
    return note + "]";
}

}  // namespace

Result<Options, std::string> readOptions(const std::vector<std::string>& arguments,
                                         const Environment& environment) {
    auto options = readSettings(arguments, environment);
    if (!options) return options;
    const Action action = options.value().action;
    if (action == Action::Help || action == Action::Version || action == Action::PrintConfig) return options;
    if (auto wrong = faultOfServing(options.value())) return *wrong;
    return options;
}

Result<Options, std::string> readSettings(const std::vector<std::string>& arguments,
                                          const Environment& environment) {
    const auto given = readArguments(arguments, allOptions(), "See --help.");
    if (!given) return given.error();
    Options options;
    std::string configFile = environment("SMARTCA_CONFIG").value_or("");
    for (const auto& [index, value] : given.value()) {
        if (index == kTable.size()) configFile = value;
        if (index <= kTable.size()) continue;
        const Action action = kActions[index - kTable.size() - 1].second;
        if (options.action == Action::Help || options.action == action) continue;
        if (options.action != Action::Serve && action != Action::Help)
            return "--" + nameOf(options.action) + " and --" + nameOf(action) +
                   " are not done together; leave one out.";
        options.action = action;
    }
    if (options.action == Action::Help || options.action == Action::Version) return options;

    if (!configFile.empty()) {
        if (auto wrong = readFile(configFile, options)) return *wrong;
    }
    for (const auto& row : kTable) {
        const auto value = environment(variableOf(row));
        const auto wrong = value ? assign(options, row, *value) : std::nullopt;
        if (wrong) return variableOf(row) + " " + *wrong + ".";
    }
    for (const auto& [index, value] : given.value()) {
        const auto wrong = index < kTable.size() ? assign(options, kTable[index], value) : std::nullopt;
        if (wrong) return "--" + std::string(kTable[index].name) + " " + *wrong + ".";
    }
    takeCredentials(options, environment);
    if (auto wrong = faultOfDatabase(options)) return *wrong;
    return options;
}

std::string helpText() {
    std::string text =
        "smartca-proxy serves the dialog 'Create new VNPT SmartCA certificate' and its API, and holds the "
        "SmartCA account.\n\n"
        "  smartca-proxy --database proxy.db --key-file proxy.key --smartca-url "
        "https://gwsca.vnpt.vn/sca/sp769 \\\n"
        "                --smartca-id-file id --smartca-password-file password --static-dir dist\n\n"
        "  smartca-proxy audit --help     who attached what for whom, and what came of it\n"
        "  smartca-proxy doctor           whether it could be served, and whether each upstream answers; "
        "asks eContract once\n"
        "                                 with the account, and SmartCA for a number that nobody has\n"
        "  smartca-proxy healthcheck      asks /readyz at --ops-listen: status 0 ready, 1 not ready, 2 "
        "cannot be asked\n"
        "  smartca-proxy wait SECONDS     the same, until it is ready, for so long at the most\n"
        "  smartca-proxy version          its version, and those of the libraries that it runs with\n\n"
        "Each option before --config is also an environment variable and a key of that file. Order: option, "
        "variable, file.\n"
        "A secret's file that none of them names is taken from $CREDENTIALS_DIRECTORY, by the option's name "
        "without "
        "-file.\n\n";
    for (const auto& row : kTable)
        text += helpOf({row.name, row.placeholder, row.help}, noteOf(row));
    text += helpOf(kConfig, "[SMARTCA_CONFIG]");
    for (const auto& action : kActions)
        text += helpOf(action.first);
    return text;
}

std::string configText(const Options& options) {
    auto json = nlohmann::ordered_json::object();
    for (const auto& row : kTable)
        std::visit([&](auto member) { json[std::string(row.name)] = options.*member; }, row.member);
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace smartca::ops
