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
#include "proxy/commands.h"
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
constexpr auto kHurry = 100ms;  // to close what nobody waits for

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

// A second's work. Whoever does it no more hangs, and is to be restarted.
void tick(Proxy& proxy) {
    proxy.tick();
    ops::tellServiceManager("WATCHDOG=1");
}

enum class Wait : unsigned char { Done, TooLong, Hurried };

// Until `done`, the limit or another stop signal. A second's work is gone on with, and SIGHUP means nothing.
template <class Done>
Wait waitUntil(Done done, std::chrono::milliseconds limit, ops::Signals& signals, Proxy& proxy) {
    const auto end = Clock::now() + limit;
    for (auto nextTick = Clock::now() + 1s; !done();) {
        const auto now = Clock::now();
        if (now >= end) return Wait::TooLong;
        if (signals.wait(std::min<std::chrono::milliseconds>(
                20ms, std::chrono::ceil<std::chrono::milliseconds>(end - now))) == Event::Stop)
            return Wait::Hurried;
        if (now < nextTick) continue;
        tick(proxy);
        nextTick = now + 1s;
    }
    return Wait::Done;
}

int serve(Proxy& proxy, const ops::Options& options, ops::Signals& signals, const ops::Log& log) {
    if (ops::lockMemory() == ops::Memory::MayBeSwapped)
        log.event("memoryNotLocked",
                  "Secrets may come to lie in swap; set LimitMEMLOCK=infinity, or have no swap.");
    const auto address = proxy.serve();
    if (!address) return fail(address.error());
    log.event("listening", address.value().text());
    ops::tellServiceManager("READY=1");
    ops::releaseSpareMemory();
    for (auto event = Event::None; event != Event::Stop; event = signals.wait(1s))
        tick(proxy);

    ops::tellServiceManager("STOPPING=1");
    log.event("stopping", "Each answer is the last of its connection; begun requests are finished.");
    proxy.announceStop();
    const auto never = [] { return false; };
    const auto delay = waitUntil(never, std::chrono::milliseconds(options.drainDelayMs), signals, proxy);
    const auto limit = delay == Wait::Hurried ? kHurry : std::chrono::milliseconds(options.drainTimeoutMs);
    const auto drained = [&] { return proxy.drained(1ms); };
    if (waitUntil(drained, limit, signals, proxy) == Wait::Done) {
        log.event("stopped", "Every begun request was answered.");
        return 0;
    }
    proxy.cutOff();
    log.event("cutOff", "Some begun requests were not answered.");
    // Threads may still wait for SmartCA; the journal knows what they were doing.
    ::_exit(1);
}

// Nothing where the first word is no command.
std::optional<CommandEnding> runCommand(const std::vector<std::string>& words) {
    if (words.empty()) return std::nullopt;
    const auto& word = words.front();
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (word == "healthcheck") return runHealthcheck(rest, variable);
    if (word == "wait") return runWait(rest, variable);
    if (word == "doctor") return runDoctor(rest, variable, ops::Log(STDERR_FILENO));
    if (word == "version") return CommandEnding{.text = versionText()};
    return std::nullopt;
}

}  // namespace

int run(int count, char** arguments, store::CommitWatch watch) {
    ops::hardenProcess();
    const std::vector<std::string> words(arguments + std::min(count, 1), arguments + count);
    if (!words.empty() && words.front() == "audit") {
        const auto ending = runAudit({words.begin() + 1, words.end()}, variable, STDOUT_FILENO);
        if (!ending.error.empty()) std::fprintf(stderr, "smartca-proxy: %s\n", ending.error.c_str());
        return ending.status;
    }
    if (const auto ending = runCommand(words)) {
        if (ending->status == CommandStatus::Cannot) return fail(ending->text);
        say(ending->text);
        return static_cast<int>(ending->status);
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
    ops::Signals signals;
    const ops::Log log(STDOUT_FILENO);
    auto proxy = Proxy::open(options.value(), log, std::move(watch));
    if (!proxy) return fail(proxy.error());
    if (options.value().action == Action::CheckConfig) return say("The configuration can be served.\n");
    if (options.value().action == Action::Migrate) return say("The database's tables are up to date.\n");
    return serve(*proxy.value(), options.value(), signals, log);
}

}  // namespace smartca
