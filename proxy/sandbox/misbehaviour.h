// Puts an answer on the wire, or what a fault makes of it.
//
// The work has been done by then, but for the fault "dropUndone": a dropped or reset answer is the case where
// the client cannot know what happened. Threads: the worker thread of the request; it may be held as long as
// the fault says.
#pragma once

#include <httplib.h>

#include "proxy/sandbox/faults.h"
#include "proxy/sandbox/wire.h"

namespace smartca::sandbox {

inline constexpr const char* kJson = "application/json; charset=utf-8";

bool clientGone(const httplib::Request& request);
// Without a fault.
void answerJson(httplib::Response& response, int status, const Json& body);
void respond(const Reply& reply, const Fault& fault, FaultPlan& plan, const httplib::Request& request,
             httplib::Response& response);

}  // namespace smartca::sandbox
