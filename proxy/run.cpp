#include "proxy/run.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proxy/audit_command.h"
#include "proxy/ops/log.h"
#include "proxy/ops/options.h"
#include "proxy/ops/process.h"
#include "proxy/proxy.h"

namespace smartca {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using ops::Action;
using Event = ops::Signals::Event;

constexpr int kCannotStart = 2;

int fail(const std::string& sentence) {
    std::fprintf(stderr, "smartca-proxy: %s\n", sentence.c_str());
    return kCannotStart;
}

int say(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    return 0;
}

std::optional<std::string> variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

// Waits as long as `done` says no; false when a second stop signal or the limit comes first.
template <class Done>
bool waitUntil(Done done, std::chrono::milliseconds limit, ops::Signals& signals) {
    const auto end = Clock::now() + limit;
    while (!done()) {
        if (signals.wait(0ms) == Event::Stop || Clock::now() >= end) return false;
    }
    return true;
}

int serve(Proxy& proxy, const ops::Options& options, ops::Signals& signals, const ops::Log& log) {
    const auto address = proxy.serve();
    if (!address) return fail(address.error());
    log.event("listening", address.value().text());
    ops::releaseSpareMemory();
    for (auto event = Event::None; event != Event::Stop; event = signals.wait(1s))
        proxy.tick();

    log.event("stopping", "No new requests will be taken; begun ones are finished.");
    proxy.announceStop();
    const auto delay = std::chrono::milliseconds(options.drainDelayMs);
    const bool hurried = delay > 0ms && signals.wait(delay) == Event::Stop;
    const auto limit = hurried ? 0ms : std::chrono::milliseconds(options.drainTimeoutMs);
    if (waitUntil([&] { return proxy.drained(20ms); }, limit, signals)) {
        log.event("stopped", "Every begun request was answered.");
        return 0;
    }
    log.event("cutOff", "Some begun requests were not answered.");
    // Threads may still wait for SmartCA; the journal knows what they were doing.
    ::_exit(1);
}

}  // namespace

int run(int count, char** arguments, store::CommitWatch watch) {
    ops::hardenProcess();
    ops::Signals signals;
    const std::vector<std::string> words(arguments + std::min(count, 1), arguments + count);
    if (!words.empty() && words.front() == "audit") {
        const auto ending = runAudit({words.begin() + 1, words.end()}, variable, STDOUT_FILENO);
        if (!ending.error.empty()) std::fprintf(stderr, "smartca-proxy: %s\n", ending.error.c_str());
        return ending.status;
    }
    const auto options = ops::readOptions(words, variable);
    if (!options) return fail(options.error());
    switch (options.value().action) {
        case Action::Help:
            return say(ops::helpText());
        case Action::Version:
            return say("smartca-proxy " SMARTCA_VERSION "\n");
        case Action::PrintConfig:
            return say(ops::configText(options.value()));
        case Action::CheckConfig:
        case Action::Migrate:
        case Action::Serve:
            break;
    }
    const ops::Log log(STDOUT_FILENO);
    auto proxy = Proxy::open(options.value(), log, std::move(watch));
    if (!proxy) return fail(proxy.error());
    if (options.value().action == Action::CheckConfig) return say("The configuration can be served.\n");
    if (options.value().action == Action::Migrate) return say("The database's tables are up to date.\n");
    return serve(*proxy.value(), options.value(), signals, log);
}

}  // namespace smartca
