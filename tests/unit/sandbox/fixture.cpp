#include "fixture.h"

#include <cstdlib>

namespace smartca::sandbox {
namespace {

struct DemoVault {
    TemporaryDirectory directory;
    Vault vault;
    std::string root;
    DemoVault() {
        auto opened = openVault(directory.path, demoPlans(), systemClock());
        REQUIRE(opened.ok());
        vault = std::move(opened).value();
        root = directory.path / "ca.pem";
    }
};

const DemoVault& demo() {
    static const DemoVault made;
    return made;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "smartca-sandbox-XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;  // what stays is in the temporary directory
    std::filesystem::remove_all(path, ignored);
}

std::vector<IdentityPlan> demoPlans() {
    auto plans = parseIdentities(demoIdentities());
    REQUIRE(plans.ok());
    return std::move(plans).value();
}

const Vault& demoVault() {
    return demo().vault;
}
const std::string& demoRoot() {
    return demo().root;
}
const RegisteredIdentity& demoIdentity(const char* id) {
    return demoVault().identities.at(id);
}

Json requestFor(const std::string& identity) {
    return {{"sp_id", kDemoSpId},
            {"sp_password", kDemoSpPassword},
            {"user_id", identity},
            {"serial_number", ""},
            {"transaction_id", "SP_CA_09940"}};
}

GatewayOptions demoOptions() {
    GatewayOptions options;
    options.spId = kDemoSpId;
    options.spPassword = kDemoSpPassword;
    return options;
}

PortalPlan demoPlan() {
    auto plan = parsePortalPlan(demoPortal(), systemClock());
    REQUIRE(plan.ok());
    return std::move(plan).value();
}

RunningSandbox::RunningSandbox()
    : server(demoVault(), demoOptions(), demoPlan(), {24 * 60 * 60, systemClock}) {
    const auto bound = server.bind("127.0.0.1", 0);
    REQUIRE(bound.ok());
    port = bound.value();
    serving = std::thread([this] { server.run(); });
    REQUIRE(send("GET", "/sandbox/health").status() == 200);
}

RunningSandbox::~RunningSandbox() {
    server.stop();
    serving.join();
}

RawAnswer RunningSandbox::lookUp(std::chrono::milliseconds deadline) const {
    RawRequest request{demoRoot(), port};
    request.method = "POST";
    request.path = "/sca/sp769/v1/credentials/get_certificate";
    request.body = requestFor("001099000001").dump();
    request.deadline = deadline;
    return sendRaw(request);
}

RawAnswer RunningSandbox::send(const std::string& method, const std::string& path,
                               const std::string& body) const {
    RawRequest request{demoRoot(), port};
    request.method = method;
    request.path = path;
    request.body = body;
    return sendRaw(request);
}

void RunningSandbox::setFault(const Json& fault) const {
    REQUIRE(send("POST", "/sandbox/faults", fault.dump()).status() == 200);
}

}  // namespace smartca::sandbox
