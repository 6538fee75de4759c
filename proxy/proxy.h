// The whole proxy, put together from its rooms: the only place that knows them all.
//
//   auto proxy = Proxy::open(options, log);
//   if (!proxy) { say(proxy.error().sentence); return 2; }
//   auto address = (*proxy.value()).serve();
//   while (...) (*proxy.value()).tick();      // about every second
//   (*proxy.value()).announceStop(); while (!(*proxy.value()).drained(100ms)) ...
//
// Threads: all calls from the owner's.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "proxy/ops/log.h"
#include "proxy/ops/options.h"
#include "proxy/store/store.h"
#include "shared/result.h"

namespace smartca {

struct StartFault {
    std::string sentence;  // what is wrong and what to do, for the operator
};

class Proxy {
  public:
    // Opens everything that serving needs, and listens to nothing yet. `log` must outlive the result. With
    // Action::CheckConfig the database is looked at alone, and the rest is tried on an empty one that goes
    // with the result. `watch` sees every commit of a create; for tests.
    static Result<std::unique_ptr<Proxy>, StartFault> open(const ops::Options& options, const ops::Log& log,
                                                           store::CommitWatch watch = {});
    ~Proxy();

    // Answers requests from now on, and says so in the ready file. The value is the address as text.
    Result<std::string, StartFault> serve();

    // Takes up changed secrets and forgets old journal records.
    void tick();

    // /readyz says no from now on; requests are still answered.
    void announceStop();
    // Takes no new requests; true once every begun one is answered, and what was turned away is entered.
    bool drained(std::chrono::milliseconds wait);

  private:
    struct Parts;
    explicit Proxy(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace smartca
