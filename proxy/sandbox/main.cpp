// smartca-sandbox: see helpText(). SIGTERM and SIGINT stop it cleanly, with exit status 0; 1 is a failure, 2
// a wrong option.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "proxy/sandbox/files.h"
#include "proxy/sandbox/options.h"
#include "proxy/sandbox/server.h"

namespace smartca::sandbox {
namespace {

int fail(const std::string& reason) {
    std::fprintf(stderr, "smartca-sandbox: %s\n", reason.c_str());
    return 1;
}

Result<std::vector<IdentityPlan>, std::string> identitiesOf(const Options& options) {
    if (options.identities.empty()) return parseIdentities(demoIdentities());
    const auto text = readFile(options.identities);
    if (!text)
        return "--identities: cannot read " + options.identities +
               "; name a file like assets/demo/identities.json";
    auto plans = parseIdentities(*text);
    if (!plans) return "--identities: " + options.identities + ": " + plans.error();
    return plans;
}

Result<PortalPlan, std::string> portalOf(const Options& options) {
    if (options.portal.empty()) return parsePortalPlan(demoPortal(), systemClock());
    const auto text = readFile(options.portal);
    if (!text)
        return "--portal: cannot read " + options.portal + "; name a file like assets/demo/registry.json";
    auto plan = parsePortalPlan(*text, systemClock());
    if (!plan) return "--portal: " + options.portal + ": " + plan.error();
    return plan;
}

Result<StoredAnswers, std::string> answersOf(const Options& options) {
    if (options.answers.empty()) return StoredAnswers{};
    const auto text = readFile(options.answers);
    if (!text)
        return "--answers: cannot read " + options.answers +
               "; name a file like tests/cases/smartca-answers.json";
    auto answers = parseStoredAnswers(*text);
    if (!answers) return "--answers: " + options.answers + ": " + answers.error();
    return answers;
}

// The file's first line; nothing when there is no such file or line.
std::optional<std::string> spPasswordOf(const Options& options) {
    if (options.spPasswordFile.empty()) return kDemoSpPassword;
    auto text = readFile(options.spPasswordFile);
    if (text) text->resize(std::min(text->size(), text->find_first_of("\r\n")));
    return text && !text->empty() ? text : std::nullopt;
}

sigset_t stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

// Serves on another thread while this one waits for a signal; a listener that fails sends one itself.
bool serveUntilSignalled(SandboxServer& server) {
    std::atomic<bool> listened{true};
    std::thread serving([&] {
        listened = server.run();
        ::kill(::getpid(), SIGTERM);
    });
    const sigset_t signals = stopSignals();
    int received = 0;
    sigwait(&signals, &received);
    server.stop();
    serving.join();
    return listened;
}

int run(const Options& options) {
    auto plans = identitiesOf(options);
    if (!plans) return fail(plans.error());
    auto password = spPasswordOf(options);
    if (!password)
        return fail("--sp-password-file: no password in " + options.spPasswordFile +
                    "; write it on the first line");
    auto portal = portalOf(options);
    if (!portal) return fail(portal.error());
    auto answers = answersOf(options);
    if (!answers) return fail(answers.error());
    const auto vault = openVault(options.state, std::move(plans).value(), systemClock());
    if (!vault) return fail("--state: " + vault.error());

    GatewayOptions gateway;
    gateway.spId = options.spId;
    gateway.spPassword = *std::move(password);
    gateway.confirmAfter = options.confirmAfter;
    SandboxServer server(vault.value(), std::move(gateway), std::move(portal).value(),
                         {options.tokenLife.count(), systemClock}, std::move(answers).value());
    const auto port = server.bind(options.host, options.port);
    if (!port) return fail("--listen: " + port.error());

    const bool ipv6 = options.host.find(':') != std::string::npos;
    const std::string host = ipv6 ? "[" + options.host + "]" : options.host;
    const std::string address = host + ':' + std::to_string(port.value());
    // The socket listens already, so whoever reads the address can connect.
    if (!options.readyFile.empty()) {
        const auto written = writeFile(options.readyFile, address + '\n', Readers::Everybody);
        if (!written) return fail(written.error());
    }
    std::fprintf(stderr, "smartca-sandbox: https://%s/sca/sp769 and /api, root certificate in %s\n",
                 address.c_str(), (std::filesystem::path(options.state) / "ca.pem").c_str());
    const bool listened = serveUntilSignalled(server);
    std::error_code ignored;  // somebody may have cleaned up before us
    if (!options.readyFile.empty()) std::filesystem::remove(options.readyFile, ignored);
    return listened ? 0 : fail("the listening socket failed");
}

}  // namespace
}  // namespace smartca::sandbox

int main(int argc, char** argv) {
    using namespace smartca::sandbox;
    // Before any thread starts, so that all of them leave these two to sigwait().
    const sigset_t signals = stopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const auto options = parseOptions({argv + 1, argv + argc});
    if (!options) {
        fail(options.error());
        return 2;
    }
    if (options.value().help) {
        std::fputs(helpText().c_str(), stdout);
        return 0;
    }
    return run(options.value());
}
