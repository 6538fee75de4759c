// The proxy's options. One table (options.cpp) is the source of the flags, the environment variables, the
// keys of the JSON file, --help and --print-config.
//
//   const auto options = readOptions(words, [](const std::string& name) { return variable(name); });
//   if (!options) return fail(options.error());
//
// Order: flags, then the environment, then --config FILE, then the default. Unknown flags and keys are
// errors.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/result.h"

namespace smartca::ops {

enum class Action : unsigned char { Serve, Help, Version, PrintConfig, CheckConfig, Migrate };

struct Options {
    Action action = Action::Serve;

    // Surfaces
    std::string listen = "127.0.0.1:8080";
    std::string opsListen;      // empty: none
    std::string trustedListen;  // empty: none
    std::string staticDir;
    std::string readyFile;

    // Who may call
    std::string auth = "none";
    std::string authTokenFile;
    std::string sessionKeysFile;
    std::string sessionAudience = "smartca-proxy";
    std::string company = "main";
    std::string companiesFile;
    bool unsafeNoAuth = false;
    bool unsafePlainHttp = false;
    std::vector<std::string> allowedOrigins;
    std::vector<std::string> allowedHosts;

    // The store
    std::string database;  // a file, or a URL without a password
    std::string databasePasswordFile;
    std::string keyFile;
    std::string demoData;
    std::string companySettings;

    // Where users and certificates live
    std::string registry = "database";
    std::string econtractUrl;
    std::string econtractCaFile;
    std::string econtractUsernameFile;
    std::string econtractPasswordFile;
    std::string econtractLogin = "v1";
    int econtractCompany = 0;  // 0: not given
    std::string econtractFieldMap;
    bool econtractWriteSignatureText = false;
    int econtractListUsers = 500;
    int econtractTimeoutMs = 10'000;

    // Whom subscribers' certificates are verified against; empty: they are not verified
    std::string subscriberCaFile;

    // SmartCA
    std::string smartcaUrl;
    std::string smartcaCaFile;
    std::string smartcaIdFile;
    std::string smartcaPasswordFile;
    int smartcaTimeoutMs = 10'000;

    // Reverse proxies in front
    std::vector<std::string> trustedProxies;
    std::string forwardedHeader = "x-forwarded-for";

    // Bounds
    int requestsPerMinute = 600;
    int lookupsPerHour = 300;
    int createsPerHour = 300;
    int maximumConnections = 1024;
    int idleTimeoutMs = 75'000;
    int upstreamWorkers = 16;
    int drainDelayMs = 1'000;
    int drainTimeoutMs = 20'000;
};

// What no single option can tell by itself: whether they fit together. Nothing where they do.
// A password in a database's URL could be seen in the list of processes, and --print-config would print it.
std::optional<std::string> faultOfDatabase(const Options& options);
// Whether a proxy could be served with them.
std::optional<std::string> faultOfServing(const Options& options);

// The value of a variable, or nothing.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// Errors are one sentence with what to do.
Result<Options, std::string> readOptions(const std::vector<std::string>& arguments,
                                         const Environment& environment);

// The same without asking whether a proxy could be served with them: for commands that need the database
// alone.
Result<Options, std::string> readSettings(const std::vector<std::string>& arguments,
                                          const Environment& environment);

std::string helpText();
// All options as the JSON file that would give them. No option holds a secret; secrets come from the files
// they name.
std::string configText(const Options& options);

}  // namespace smartca::ops
