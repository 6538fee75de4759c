// The portal's paths on the sandbox's server: /api as eContract Premium has them, and /sandbox/econtract,
// which is the tests' own.
//
// Threads: the server's. Ownership: portal and plan must outlive the server.
#pragma once

#include <httplib.h>

#include "proxy/sandbox/faults.h"
#include "proxy/sandbox/portal.h"

namespace smartca::sandbox {

void routePortal(httplib::Server& http, Portal& portal, FaultPlan& faults);

}  // namespace smartca::sandbox
