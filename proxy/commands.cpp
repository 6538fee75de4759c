#include "proxy/commands.h"

#include <gnu/libc-version.h>
#include <openssl/crypto.h>
#include <png.h>
#include <sqlite3.h>
#include <utf8proc.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/http/listener.h"
#include "proxy/proxy.h"
#include "proxy/upstream/http_client.h"

namespace smartca {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kProbe = 3s;       // for one question to /readyz
constexpr auto kBetween = 200ms;  // two of them, while it is waited
constexpr int kLongestWait = 3600;
// No person's: the first three digits of a citizen's number are a province's, and there is none of that number.
constexpr const char* kNobody = "000000000000";

CommandEnding cannot(std::string sentence) {
    return {CommandStatus::Cannot, std::move(sentence)};
}

Result<upstream::BaseUrl, std::string> opsUrl(const std::vector<std::string>& arguments,
                                              const ops::Environment& environment) {
    const auto options = ops::readSettings(arguments, environment);
    if (!options) return options.error();
    const auto& listen = options.value().opsListen;
    if (listen.empty()) return std::string("It is asked at --ops-listen ADDRESS, and there is none.");
    const auto address = http::parseAddress(listen);
    if (!address) return "--ops-listen: " + address.error();
    if (address.value().kind == http::Address::Kind::Unix || address.value().port == 0)
        return "It is asked at --ops-listen, which has to be an address with a port for that; it is " +
               listen + ".";
    return upstream::BaseUrl{.transport = upstream::Transport::Plain,
                             .host = address.value().host,
                             .port = address.value().port,
                             .path = {}};
}

CommandEnding askReadiness(const upstream::BaseUrl& url) {
    const auto client = upstream::HttpClient::make(url, {.maximumConnections = 1});
    if (!client) return cannot(client.error());
    const auto answer = client.value()->send({.method = "GET", .path = "/readyz"}, Clock::now() + kProbe);
    if (!answer) return {CommandStatus::Bad, "not ready: " + answer.error().detail + "\n"};
    return {answer.value().status == 200 ? CommandStatus::Good : CommandStatus::Bad, answer.value().body};
}

// What an operator can do, for those of an upstream's faults that are in their hands.
std::string_view remedyOf(ProblemCode code) {
    switch (code) {
        case ProblemCode::UpstreamUnreachable:
        case ProblemCode::UpstreamTimeout:
        case ProblemCode::PortalUnreachable:
            return "see whether the address is right and a firewall lets this machine reach it";
        case ProblemCode::UpstreamUntrusted:
        case ProblemCode::PortalUntrusted:
            return "name its authorities with --smartca-ca-file or --econtract-ca-file";
        case ProblemCode::UpstreamBlocked:
            return "have this machine's address admitted there";
        case ProblemCode::UpstreamCredentials:
        case ProblemCode::UpstreamAccessDenied:
        case ProblemCode::PortalCredentials:
            return "correct the files of its account; several wrong passwords may lock it";
        default:
            return "ask VNPT";
    }
}

// "SmartCA for main: it answers."
std::string lineOf(const std::string& who, const base::Fault* fault) {
    if (fault == nullptr) return who + ": it answers.\n";
    std::string line = who + ": " + std::string(nameOf(fault->code));
    for (const auto* text : {&fault->detail, &fault->message})
        if (!text->empty()) line += ", " + *text;
    return line + "; " + std::string(remedyOf(fault->code)) + ".\n";
}

template <class Value>
void report(CommandEnding& ending, const std::string& who, const base::Outcome<Value>& answer) {
    if (!answer) ending.status = CommandStatus::Bad;
    ending.text += lineOf(who, answer ? nullptr : &answer.error());
}

}  // namespace

CommandEnding runHealthcheck(const std::vector<std::string>& arguments, const ops::Environment& environment) {
    const auto url = opsUrl(arguments, environment);
    return url ? askReadiness(url.value()) : cannot(url.error());
}

CommandEnding runWait(const std::vector<std::string>& arguments, const ops::Environment& environment) {
    const auto seconds =
        arguments.empty() ? std::nullopt : base::wholeNumberOf(arguments.front(), 1, kLongestWait);
    if (!seconds) return cannot("Say for how many seconds at the most, 1 to 3600: smartca-proxy wait 60");
    const auto url = opsUrl({arguments.begin() + 1, arguments.end()}, environment);
    if (!url) return cannot(url.error());
    const auto end = Clock::now() + std::chrono::seconds(*seconds);
    for (;;) {
        auto ending = askReadiness(url.value());
        if (ending.status != CommandStatus::Bad || Clock::now() + kBetween >= end) return ending;
        std::this_thread::sleep_for(kBetween);
    }
}

CommandEnding runDoctor(const std::vector<std::string>& arguments, const ops::Environment& environment,
                        const ops::Log& log) {
    auto words = arguments;
    words.emplace_back("--check-config");
    const auto options = ops::readOptions(words, environment);
    if (!options) return cannot(options.error());
    const auto proxy = Proxy::open(options.value(), log);
    if (!proxy) return cannot(proxy.error());
    CommandEnding ending{.text = "Options, files, key and database: they can be served.\n"};
    for (const auto& [name, company] : proxy.value()->companies()) {
        report(ending, "SmartCA for " + name, company->smartCa->certificatesOf(kNobody, ""));
        if (company->portal)
            report(ending, "eContract for " + name, company->portal->users({.page = 1, .pageSize = 1}));
    }
    return ending;
}

std::string versionText() {
    const auto line = [](const char* name, const std::string& version) {
        return std::string(name) + ' ' + version + '\n';
    };
    return line("smartca-proxy", SMARTCA_VERSION) + OpenSSL_version(OPENSSL_VERSION) + '\n' +
           line("SQLite", sqlite3_libversion()) + line("libpng", png_get_libpng_ver(nullptr)) +
           line("utf8proc", utf8proc_version()) +
           line("nlohmann/json", std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + '.' +
                                     std::to_string(NLOHMANN_JSON_VERSION_MINOR) + '.' +
                                     std::to_string(NLOHMANN_JSON_VERSION_PATCH)) +
           line("glibc", gnu_get_libc_version()) + line("compiled with", __VERSION__);
}

}  // namespace smartca
