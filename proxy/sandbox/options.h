// The command line of smartca-sandbox. One table drives parsing and --help.
//
// Threads: pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "shared/result.h"

namespace smartca::sandbox {

// What an SP uses with the sandbox unless told otherwise; the id has the shape of the gateway's own.
inline constexpr const char* kDemoSpId = "769a-000000000000000769.apps.signserviceapi.com";
inline constexpr const char* kDemoSpPassword = "sandbox-sp-password";

struct Options {
    std::string host = "127.0.0.1";
    int port = 8443;
    std::string state = "smartca-sandbox-state";
    std::string identities;  // file; empty: the compiled-in ones
    std::string answers;     // file; empty: none
    std::string spId = kDemoSpId;
    std::string spPasswordFile;  // empty: kDemoSpPassword
    std::string readyFile;       // empty: none
    std::chrono::seconds confirmAfter{5};
    std::string portal;  // file; empty: the compiled-in one
    std::chrono::seconds tokenLife{24 * 60 * 60};
    bool help = false;
};

// `arguments` without the program's name. The error is one line for standard error.
Result<Options, std::string> parseOptions(const std::vector<std::string>& arguments);

std::string helpText();

}  // namespace smartca::sandbox
