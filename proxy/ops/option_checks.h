// What no single option can tell by itself: whether they fit together.
//
// Pure; any thread. Faults are sentences with what to do.
#pragma once

#include <optional>
#include <string>

#include "proxy/ops/options.h"

namespace smartca::ops {

// A password in a URL could be seen in the list of processes, and --print-config would print it.
std::optional<std::string> faultOfDatabase(const Options& options);

// Whether a proxy could be served with them.
std::optional<std::string> faultOfServing(const Options& options);

}  // namespace smartca::ops
