// The whole proxy, put together from its rooms.
//
//   auto proxy = Proxy::open(options, log);
//   if (!proxy) { say(proxy.error()); return 2; }
//   auto address = (*proxy.value()).serve();
//   while (...) (*proxy.value()).tick();      // about every second
//   (*proxy.value()).announceStop(); while (!(*proxy.value()).drained(100ms)) ...
//
// Threads: all calls from the owner's.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "proxy/api/context.h"
#include "proxy/api/outcomes.h"
#include "proxy/backend.h"
#include "proxy/http/server.h"
#include "proxy/http/site.h"
#include "proxy/ops/health.h"
#include "proxy/ops/log.h"
#include "proxy/ops/options.h"
#include "proxy/refused_requests.h"
#include "proxy/secrets.h"
#include "proxy/x509/authorities.h"
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca {

class Proxy {
  public:
    // Opens everything that serving needs, and listens to nothing yet; openBackend() (backend.h) has what the
    // arguments mean. The error says what is wrong and what to do, for the operator.
    static Result<std::unique_ptr<Proxy>, std::string> open(const ops::Options& options, const ops::Log& log,
                                                            store::CommitWatch watch = {});

    // Answers requests from now on, and says so in the ready file. The value is where.
    Result<http::Address, std::string> serve();

    // Takes up changed secrets, looks at the database, writes what waits for it and forgets old answers.
    void tick();

    // /readyz says no from now on; requests are still answered, each the last of its connection.
    void announceStop();
    // Takes no new requests; true once every begun one is answered, and what was refused is entered.
    bool drained(std::chrono::milliseconds wait);
    // Enters into the log those that are still not answered.
    void cutOff();

    std::map<std::string, const Company*> companies() const { return backend_->companies->all(); }

  private:
    // What open() has read and checked.
    struct Input {
        std::shared_ptr<const x509::AuthorityShelf> authorities;
        session::Issuer issuer;
        http::Authenticator authenticate;
        http::StaticFiles files;
    };
    Proxy(const ops::Options& options, const ops::Log& log, std::unique_ptr<ops::Health> health,
          std::unique_ptr<Secrets> secrets, std::unique_ptr<Backend> backend, Input input);

    std::vector<http::Route> routes();
    bool isElsewhere() const;
    const api::Context* contextOf(const std::string& company);
    void observe(const http::RequestRecord& record);
    void refreshSecrets();
    void lookAtDatabase();
    void tellPressure();
    void enterRefusedRequests();
    void forgetOldAnswers();

    // In the order in which they are needed; destroyed in the other.
    const ops::Options options_;
    const ops::Log& log_;
    const std::unique_ptr<ops::Health> health_;
    const std::unique_ptr<Secrets> secrets_;
    const std::unique_ptr<Backend> backend_;
    RefusedRequests refusedRequests_;
    const session::Issuer issuer_;
    const std::shared_ptr<const x509::AuthorityShelf> authorities_;
    std::mutex contextsMutex_;
    // By company, since it was first asked for.
    std::map<std::string, std::unique_ptr<const api::Context>> contexts_;
    const std::shared_ptr<http::Limiter> limiter_;
    const http::Site site_, trustedSite_, opsSite_;
    // While serving: of a registry that can leave creates open, and where requests come in.
    std::optional<api::OutcomeFinder> finder_;
    std::optional<api::Outcomes> outcomes_;
    std::optional<http::Server> opsServer_, server_, trustedServer_;
    std::string databaseTrouble_;
    http::ServerState told_;  // of what has been logged
    Instant nextExpiry_ = 0;
};

}  // namespace smartca
