// The commands that look at a proxy instead of being one. `smartca-proxy --help` lists them.
//
//   smartca-proxy healthcheck --config FILE     is it ready now?
//   smartca-proxy wait 60 --config FILE         until it is, for so many seconds at the most
//   smartca-proxy doctor --config FILE          could it be served, and do its upstreams answer?
//   smartca-proxy version                       which libraries does it run with?
//
// `arguments`: behind the command's word. Precondition: SIGPIPE is ignored. Any thread.
#pragma once

#include <string>
#include <vector>

#include "proxy/ops/log.h"
#include "proxy/ops/options.h"

namespace smartca {

enum class CommandStatus : unsigned char { Good = 0, Bad = 1, Cannot = 2 };

struct CommandEnding {
    CommandStatus status = CommandStatus::Good;
    std::string text{};  // lines for stdout; with Cannot one sentence for stderr
};

// Both ask /readyz at --ops-listen. Bad: it is not ready, and why; Cannot: there is nobody to ask.
CommandEnding runHealthcheck(const std::vector<std::string>& arguments, const ops::Environment& environment);
CommandEnding runWait(const std::vector<std::string>& arguments, const ops::Environment& environment);

// Does what --check-config does, then asks every company's SmartCA, and eContract, one question that changes nothing.
CommandEnding runDoctor(const std::vector<std::string>& arguments, const ops::Environment& environment,
                        const ops::Log& log);

// The program and what is in it or loaded with it, a line each.
std::string versionText();

}  // namespace smartca
