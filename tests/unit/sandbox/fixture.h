// What the sandbox's tests share: one vault of the demo's identities, made once, and a sandbox running on a
// free port.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <thread>

#include "proxy/sandbox/options.h"
#include "proxy/sandbox/server.h"
#include "raw_client.h"

namespace smartca::sandbox {

// A directory of its own under the system's temporary one, gone with it.
struct TemporaryDirectory {
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    std::filesystem::path path;
};

std::vector<IdentityPlan> demoPlans();
const Vault& demoVault();
const std::string& demoRoot();  // path of its ca.pem
const RegisteredIdentity& demoIdentity(const char* id);

// An SP769 request with the demo's credentials.
Json requestFor(const std::string& identity);

GatewayOptions demoOptions();
PortalPlan demoPlan();

struct RunningSandbox {
    RunningSandbox();
    ~RunningSandbox();
    RunningSandbox(const RunningSandbox&) = delete;
    RunningSandbox& operator=(const RunningSandbox&) = delete;

    // A look-up of Nguyễn Văn A, sent by a client that keeps every octet and how the connection ended.
    RawAnswer lookUp(std::chrono::milliseconds deadline = std::chrono::seconds(5)) const;
    RawAnswer send(const std::string& method, const std::string& path, const std::string& body = {}) const;
    void setFault(const Json& fault) const;

    SandboxServer server;
    int port = 0;
    std::thread serving;
};

}  // namespace smartca::sandbox
