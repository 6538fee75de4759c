// What no single option can tell by itself: whether they fit together.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/http/forwarded.h"
#include "proxy/http/listener.h"
#include "proxy/ops/options.h"
#include "proxy/session/caller.h"
#include "shared/text.h"

namespace smartca::ops {
namespace {

using Problem = std::optional<std::string>;

Problem checkOrigins(const Options& options) {
    for (const auto& origin : options.allowedOrigins) {
        if (!base::isOrigin(origin))
            return "'" + origin +
                   "' in --allowed-origins is no origin; write scheme, host and port only, as browsers do: "
                   "https://portal.example.vn.";
    }
    return std::nullopt;
}

// As a browser writes it into Host, without the port.
bool isHost(std::string_view text) {
    const bool isAddress = text.size() > 2 && text.front() == '[' && text.back() == ']';
    if (isAddress) text = text.substr(1, text.size() - 2);
    return std::ranges::all_of(text, [isAddress](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '.' ||
               (isAddress ? c == ':' : c == '-' || c == '_');
    });
}

Problem checkHosts(const Options& options) {
    for (const auto& host : options.allowedHosts) {
        if (!isHost(host))
            return "'" + host +
                   "' in --allowed-hosts is no name; write it without scheme and port: portal.example.vn or "
                   "[::1].";
    }
    return std::nullopt;
}

Problem checkRegistry(const Options& options) {
    if (options.registry == "database") {
        if (!options.econtractUrl.empty()) return "--econtract-url needs --registry=econtract.";
        return std::nullopt;
    }
    if (options.registry != "econtract") return "--registry must be database or econtract.";
    if (options.econtractUrl.empty()) return "--registry=econtract needs --econtract-url URL. See --help.";
    if (options.econtractLogin != "v1" && options.econtractLogin != "v2")
        return "--econtract-login must be v1 or v2.";
    if (options.econtractLogin == "v1" && options.econtractCompany == 0)
        return "--econtract-login=v1 needs --econtract-company ID; --econtract-login=v2 does without for an "
               "account of one company.";
    return std::nullopt;
}

}  // namespace

std::optional<std::string> faultOfDatabase(const Options& options) {
    const std::string_view url = options.database;
    const bool isUrl = url.starts_with("postgresql://") || url.starts_with("postgres://");
    if (!isUrl)
        return options.databasePasswordFile.empty()
                   ? Problem()
                   : "--database-password-file needs --database postgresql://...; a file has no password.";
    const auto after = url.substr(url.find("://") + 3);
    const auto authority = after.substr(0, after.find_first_of("/?"));
    const auto at = authority.rfind('@');
    const bool named = at != std::string_view::npos && authority.find(':') < at;
    if (named || after.find("password=") != std::string_view::npos)
        return "--database must not hold a password, which others could see: use --database-password-file "
               "FILE.";
    return std::nullopt;
}

std::optional<std::string> faultOfServing(const Options& options) {
    const auto address = http::parseAddress(options.listen);
    if (!address) return "--listen: " + address.error();
    if (!options.opsListen.empty()) {
        const auto ops = http::parseAddress(options.opsListen);
        if (!ops) return "--ops-listen: " + ops.error();
        const bool chosen = address.value().kind == http::Address::Kind::Unix || address.value().port != 0;
        if (chosen && ops.value().text() == address.value().text())
            return "--ops-listen must be another address than --listen; give it a port of its own.";
        if (!ops.value().isLocal() && !options.unsafePlainHttp)
            return "Whoever is on the way to " + options.opsListen +
                   " could read and alter what --ops-listen tells: listen on 127.0.0.1 or unix:PATH, or say "
                   "--unsafe-plain-http where nobody else is on the way.";
    }
    if (!options.trustedListen.empty()) {
        const auto trusted = http::parseAddress(options.trustedListen);
        if (!trusted || trusted.value().kind != http::Address::Kind::Unix)
            return "--trusted-listen must be unix:/path: whoever reaches it may do everything.";
        if (trusted.value().text() == address.value().text())
            return "--trusted-listen must be another address than --listen.";
    }
    if (options.auth != "none" && options.auth != "bearer") return "--auth must be none or bearer.";
    if (options.auth == "bearer" && options.authTokenFile.empty() && options.sessionKeysFile.empty())
        return "--auth=bearer needs --auth-token-file FILE, --session-keys-file FILE or both.";
    for (const auto& [file, name] : {std::pair{&options.authTokenFile, "--auth-token-file "},
                                     std::pair{&options.sessionKeysFile, "--session-keys-file "}})
        if (options.auth == "none" && !file->empty())
            return name + *file + " needs --auth=bearer: without it nobody is asked for a token.";
    if (!session::isCompanyName(options.company))
        return "--company must be of 1 to 64 characters, without control characters.";
    if (options.sessionAudience.empty()) return "--session-audience must not be empty.";
    if (options.auth == "none" && !address.value().isLocal() && !options.unsafeNoAuth)
        return "Anyone who reaches " + options.listen +
               " could attach certificates: use --auth=bearer with --auth-token-file, or listen on 127.0.0.1 "
               "or unix:PATH.";
    if (!address.value().isLocal() && !options.unsafePlainHttp)
        return "Tokens and passwords would come to " + options.listen +
               " unencrypted: end TLS in a balancer on this machine and listen on 127.0.0.1 or unix:PATH, or "
               "say "
               "--unsafe-plain-http where nobody else is on the way.";
    if (options.action == Action::Migrate && !options.demoData.empty())
        return "--migrate brings the tables up to date and loads nothing: leave --demo-data out of it; the "
               "start after it fills an empty database.";
    if (options.forwardedHeader != "x-forwarded-for" && options.forwardedHeader != "forwarded")
        return "--forwarded-header must be x-forwarded-for or forwarded.";
    if (const auto proxies =
            http::TrustedProxies::parse(options.trustedProxies, http::ForwardedHeader::XForwardedFor);
        !proxies)
        return "--trusted-proxies: " + proxies.error();
    if (auto wrong = checkOrigins(options)) return wrong;
    if (auto wrong = checkHosts(options)) return wrong;
    if (auto wrong = checkRegistry(options)) return wrong;
    const std::array<std::pair<const std::string*, const char*>, 3> required = {
        {{&options.database, "--database FILE"},
         {&options.keyFile, "--key-file FILE"},
         {&options.smartcaUrl, "--smartca-url URL"}}};
    for (const auto& [value, name] : required) {
        if (value->empty()) return std::string("The option ") + name + " is missing. See --help.";
    }
    return std::nullopt;
}

}  // namespace smartca::ops
