// W3C Trace Context, the header `traceparent`: "00-" TRACE "-" SPAN "-" FLAGS, in small hexadecimal digits. Nothing is
// exported: the trace's id is logged, and calls to upstreams carry it on.
//
// Pure but for the random digits; any thread.
#pragma once

#include <string>
#include <string_view>

namespace smartca::http {

// For the calls that a request with that header makes: its trace and flags with a span of our own. Where the header
// is absent or cannot be read, which is no error, a trace of our own, not sampled.
std::string traceparentFor(std::string_view header);

// The trace's id in what traceparentFor() gives.
std::string_view traceOf(std::string_view traceparent);

}  // namespace smartca::http
