// The request that a thread works for, known to whatever asks other servers on its behalf, without every room between
// them having to pass it on: the 17 functions of the registry's interface would each take it, all of the database's to ignore it,
// and some 300 callers give it. It is there for as long as a frame of Site::serve() is, and no longer.
//
//   const base::CallScope scope({.arrived = …, .traceparent = …});
//   handler(request);                                   // and far below: base::currentCall()
//
// Threads: each has its own; a thread that works for nobody has none.
#pragma once

#include <chrono>
#include <string>

namespace smartca::base {

struct Call {
    std::chrono::steady_clock::time_point arrived{};  // when its last byte came
    std::chrono::steady_clock::time_point begun{};    // when this thread took it up
    std::string traceparent{};                        // W3C Trace Context, for the calls that are made for it
};

// Null: the thread works for no request.
const Call* currentCall();

// It is the current call for as long as this object lives.
class CallScope {
  public:
    explicit CallScope(const Call& call);
    ~CallScope();
    CallScope(const CallScope&) = delete;
    CallScope& operator=(const CallScope&) = delete;

  private:
    const Call* const outer_;
};

}  // namespace smartca::base
