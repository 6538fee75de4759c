#include "proxy/ops/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>
#include <variant>

#include "proxy/base/file.h"
#include "proxy/ops/nearest_name.h"
#include "proxy/ops/option_checks.h"
#include "shared/json_file.h"

namespace smartca::ops {
namespace {

using Text = std::string Options::*;
using Number = int Options::*;
using Flag = bool Options::*;
using List = std::vector<std::string> Options::*;

struct Row {
    std::string_view name;
    std::string_view placeholder;
    std::variant<Text, Number, Flag, List> member;
    std::string_view help;
    std::string_view environment = {};  // where it is not SMARTCA_ and the name
    int minimum = 0;
    int maximum = 0;
};

constexpr std::array kTable = {
    Row{"listen", "ADDRESS", &Options::listen,
        "where the page and its API are served: 127.0.0.1:8080, [::1]:8080 or unix:/path; port 0 picks a "
        "free one"},
    Row{"ops-listen", "ADDRESS", &Options::opsListen,
        "where /livez, /readyz and /metrics are served; off without it"},
    Row{"static-dir", "DIR", &Options::staticDir, "the folder with the built page"},
    Row{"ready-file", "FILE", &Options::readyFile, "written with the bound address once requests are served"},
    Row{"auth", "none|bearer", &Options::auth, "how callers prove who they are"},
    Row{"auth-token-file", "FILE", &Options::authTokenFile,
        "one or two bearer tokens, one a line, of 32 characters or more; read again when it changes"},
    Row{"unsafe-no-auth", "", &Options::unsafeNoAuth,
        "allow --auth=none although other machines can reach --listen"},
    Row{"allowed-origins", "ORIGIN,...", &Options::allowedOrigins,
        "portals of other origins that embed the dialog, as https://portal.example.vn"},
    Row{"allowed-hosts", "NAME,...", &Options::allowedHosts,
        "names accepted in the Host header; without it the loopback names, or any when --listen is not a "
        "loopback address"},
    Row{"database", "FILE|URL", &Options::database,
        "what holds the journal, users and certificates: an SQLite file, or postgresql://user@host/name to "
        "share"},
    Row{"database-password-file", "FILE", &Options::databasePasswordFile,
        "holds the password for that URL; or set SMARTCA_DATABASE_PASSWORD, or PGPASSFILE"},
    Row{"key-file", "FILE", &Options::keyFile, "the key that stored passwords are encrypted with"},
    Row{"demo-data", "FILE", &Options::demoData,
        "fills an empty registry from this file: users, settings, certificates; assets/demo/registry.json "
        "shows "
        "its form"},
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
    Row{"econtract-company",
        "ID",
        &Options::econtractCompany,
        "the company to work in; with v2 only for an account of several; 0: none",
        {},
        0,
        2'147'483'647},
    Row{"econtract-field-map", "FILE", &Options::econtractFieldMap,
        "where the fields go that eContract's public API has no place for; without it they are reported as "
        "not "
        "saved"},
    Row{"econtract-write-signature-text", "", &Options::econtractWriteSignatureText,
        "save the signature content as the user's own text for everything that user signs (users/update)"},
    Row{"econtract-list-users",
        "N",
        &Options::econtractListUsers,
        "how many users are looked through for the list of all certificates",
        {},
        1,
        100'000},
    Row{"econtract-timeout-ms",
        "MS",
        &Options::econtractTimeoutMs,
        "for one whole call to eContract",
        {},
        100,
        120'000},
    Row{"smartca-url", "URL", &Options::smartcaUrl, "SmartCA's base URL, as https://gwsca.vnpt.vn/sca/sp769",
        "SMARTCA_URL"},
    Row{"smartca-ca-file", "FILE", &Options::smartcaCaFile,
        "the authorities to trust there, in PEM; the system's without it", "SMARTCA_CA_FILE"},
    Row{"smartca-id-file", "FILE", &Options::smartcaIdFile, "holds sp_id; or set SMARTCA_SP_ID",
        "SMARTCA_SP_ID_FILE"},
    Row{"smartca-password-file", "FILE", &Options::smartcaPasswordFile,
        "holds sp_password; or set SMARTCA_SP_PASSWORD", "SMARTCA_SP_PASSWORD_FILE"},
    Row{"smartca-timeout-ms", "MS", &Options::smartcaTimeoutMs, "for one whole call to SmartCA",
        "SMARTCA_TIMEOUT_MS", 100, 120'000},
    Row{"subscriber-ca-file", "FILE", &Options::subscriberCaFile,
        "roots and intermediates, in PEM, to verify subscribers' certificates with; without it none is "
        "verified"},
    Row{"maximum-connections", "N", &Options::maximumConnections, "of clients at a time", {}, 8, 100'000},
    Row{"upstream-workers",
        "N",
        &Options::upstreamWorkers,
        "requests that may wait for SmartCA at a time, and as many for eContract",
        {},
        1,
        512},
    Row{"drain-delay-ms",
        "MS",
        &Options::drainDelayMs,
        "on SIGTERM: how long requests are still taken after /readyz says no",
        {},
        0,
        600'000},
    Row{"drain-timeout-ms",
        "MS",
        &Options::drainTimeoutMs,
        "on SIGTERM: how long begun requests may take",
        {},
        0,
        600'000},
};

struct ActionFlag {
    std::string_view name;
    Action action;
    std::string_view help;
};
constexpr std::array kActions = {
    ActionFlag{"help", Action::Help, "say this"},
    ActionFlag{"version", Action::Version, "say the version"},
    ActionFlag{"print-config", Action::PrintConfig, "print the resulting configuration and stop"},
    ActionFlag{"check-config", Action::CheckConfig,
               "say whether the configuration could be served, and stop; leaves the database as it is"},
    ActionFlag{"migrate", Action::Migrate, "bring the database's tables up to date, and stop"},
};
constexpr std::string_view kConfigFlag = "config";

const Row* rowOf(std::string_view name) {
    const auto found =
        std::find_if(kTable.begin(), kTable.end(), [&](const Row& row) { return row.name == name; });
    return found == kTable.end() ? nullptr : found;
}

std::string variableOf(const Row& row) {
    if (!row.environment.empty()) return std::string(row.environment);
    std::string name = "SMARTCA_";
    for (const char c : row.name)
        name += c == '-' ? '_' : static_cast<char>(c - (c >= 'a' && c <= 'z' ? 'a' - 'A' : 0));
    return name;
}

std::string suggestionFor(std::string_view name) {
    std::vector<std::string_view> names = {kConfigFlag};
    for (const auto& row : kTable)
        names.push_back(row.name);
    for (const auto& action : kActions)
        names.push_back(action.name);
    const auto nearest = nearestName(name, names);
    return nearest.empty() ? "" : " Did you mean --" + std::string(nearest) + "?";
}

std::vector<std::string> splitAtCommas(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (comma > 0) parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

// Puts a value as it is written into its member. Returns what is wrong with it, or nothing.
std::optional<std::string> assign(Options& options, const Row& row, std::string_view value) {
    if (const auto* text = std::get_if<Text>(&row.member)) {
        options.*(*text) = value;
    } else if (const auto* list = std::get_if<List>(&row.member)) {
        options.*(*list) = splitAtCommas(value);
    } else if (const auto* flag = std::get_if<Flag>(&row.member)) {
        if (value != "true" && value != "false") return "must be true or false";
        options.*(*flag) = value == "true";
    } else if (const auto* number = std::get_if<Number>(&row.member)) {
        int parsed = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        if (error != std::errc{} || end != value.data() + value.size() || parsed < row.minimum ||
            parsed > row.maximum)
            return "must be a number from " + std::to_string(row.minimum) + " to " +
                   std::to_string(row.maximum);
        options.*(*number) = parsed;
    }
    return std::nullopt;
}

using Problem = std::optional<std::string>;

Problem readFlags(const std::vector<std::string>& arguments, Options& options, std::string& configFile,
                  std::vector<const Row*>& given) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view argument = arguments[i];
        if (argument == "-h") argument = "--help";
        if (!argument.starts_with("--"))
            return "'" + arguments[i] + "' is not an option; all options begin with --. See --help.";
        const auto equals = argument.find('=');
        const auto name = argument.substr(2, equals == std::string_view::npos ? equals : equals - 2);
        const auto action =
            std::find_if(kActions.begin(), kActions.end(), [&](const auto& a) { return a.name == name; });
        if (action != kActions.end()) {
            options.action = action->action;
            continue;
        }
        const auto* row = rowOf(name);
        if (!row && name != kConfigFlag)
            return "There is no option --" + std::string(name) + "." + suggestionFor(name) + " See --help.";
        std::string value;
        if (equals != std::string_view::npos) {
            value = argument.substr(equals + 1);
        } else if (row && std::holds_alternative<Flag>(row->member)) {
            value = "true";
        } else if (i + 1 < arguments.size()) {
            value = arguments[++i];
        } else {
            return "The option --" + std::string(name) + " needs a value. See --help.";
        }
        if (!row) {
            configFile = value;
            continue;
        }
        if (const auto wrong = assign(options, *row, value))
            return "--" + std::string(name) + " " + *wrong + ".";
        given.push_back(row);
    }
    return std::nullopt;
}

// A JSON value as it would be written on the command line. Nothing where it is of a type that the option does
// not take; each can be given as text.
std::optional<std::string> textOf(const Row& row, const nlohmann::json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean() && std::holds_alternative<Flag>(row.member))
        return value.get<bool>() ? "true" : "false";
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
    const Options defaults;
    const auto placeholder = row.placeholder.substr(0, row.placeholder.find_first_of(",|"));
    const std::string quoted = "\"" + std::string(placeholder) + "\"";
    std::string type = "a string", example = quoted;
    if (const auto* text = std::get_if<Text>(&row.member)) {
        if (!(defaults.*(*text)).empty()) example = "\"" + defaults.*(*text) + "\"";
    } else if (const auto* number = std::get_if<Number>(&row.member)) {
        type = "a whole number";
        example = std::to_string(defaults.*(*number));
    } else if (std::holds_alternative<Flag>(row.member)) {
        type = "true or false";
        example = "true";
    } else {
        type = "a list of strings";
        example = "[" + quoted + "]";
    }
    return "must be " + type + ", as in \"" + std::string(row.name) + "\": " + example;
}

Problem readFile(const std::string& path, Options& options) {
    const auto text = base::readFile(path);
    if (!text) return "--config: Cannot read " + path + "; name a file with a JSON object.";
    const auto json = parseJsonFile(*text);
    if (!json) return "--config: " + path + ", " + json.error() + ".";
    if (!json.value().is_object())
        return "--config: " + path + " holds no JSON object; --print-config shows how one looks.";
    for (const auto& [key, value] : json.value().items()) {
        const auto* row = rowOf(key);
        if (!row) return "--config: " + path + " has an unknown key \"" + key + "\"." + suggestionFor(key);
        const auto written = textOf(*row, value);
        const auto wrong = written ? assign(options, *row, *written) : typeWanted(*row);
        if (wrong)
            return "--config: \"" + key + "\" in " + path + " " + *wrong + "; --help tells what it takes.";
    }
    return std::nullopt;
}

Problem readEnvironment(const Environment& environment, Options& options) {
    for (const auto& row : kTable) {
        const auto name = variableOf(row);
        const auto value = environment(name);
        if (!value) continue;
        if (const auto wrong = assign(options, row, *value)) return name + " " + *wrong + ".";
    }
    return std::nullopt;
}

// What stands in brackets below an option: its variable, and what holds without it.
std::string noteOf(const Row& row) {
    const Options defaults;
    std::string note = variableOf(row);
    if (const auto* number = std::get_if<Number>(&row.member))
        note += "; " + std::to_string(row.minimum) + " to " + std::to_string(row.maximum) + ", default " +
                std::to_string(defaults.*(*number));
    if (const auto* text = std::get_if<Text>(&row.member); text && !(defaults.*(*text)).empty())
        note += "; default " + defaults.*(*text);
    return "[" + note + "]";
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
    // Flags are read first, to know the file and to refuse typing errors early, and applied last.
    Options flags;
    std::string configFile = environment("SMARTCA_CONFIG").value_or("");
    std::vector<const Row*> given;
    if (auto wrong = readFlags(arguments, flags, configFile, given)) return *wrong;
    if (flags.action == Action::Help || flags.action == Action::Version) return flags;

    Options options;
    if (!configFile.empty()) {
        if (auto wrong = readFile(configFile, options)) return *wrong;
    }
    if (auto wrong = readEnvironment(environment, options)) return *wrong;
    for (const auto* row : given)
        std::visit([&](auto member) { options.*member = flags.*member; }, row->member);
    options.action = flags.action;
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
        "  smartca-proxy audit --help     who attached what for whom, and what came of it\n\n"
        "Each option is also an environment variable and a key of the --config file. Order: option, "
        "variable, file.\n\n";
    const auto add = [&text](const std::string& left, std::string_view help) {
        text += "  " + left + std::string(left.size() < 34 ? 34 - left.size() : 1, ' ') + std::string(help) +
                "\n";
    };
    for (const auto& row : kTable) {
        add("--" + std::string(row.name) +
                (row.placeholder.empty() ? "" : " " + std::string(row.placeholder)),
            row.help);
        add("", noteOf(row));
    }
    add("--config FILE", "a JSON object with the names above as keys");
    add("", "[SMARTCA_CONFIG]");
    for (const auto& action : kActions)
        add("--" + std::string(action.name), action.help);
    return text;
}

std::string configText(const Options& options) {
    auto json = nlohmann::ordered_json::object();
    for (const auto& row : kTable)
        std::visit([&](auto member) { json[std::string(row.name)] = options.*member; }, row.member);
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace smartca::ops
