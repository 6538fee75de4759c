// The sandbox as an HTTPS server: SP769 under /sca/sp769, eContract Premium under /api (portal_routes.h), and
// its own controls under /sandbox, which neither has in reality:
//
//   GET  /sandbox/health                    200 once it answers
//   GET  /sandbox/faults                    {"fault", "faults", "requests", "modes"}: now, counters by fault
//                                           and by path, meanings
//   POST /sandbox/faults                    {"mode": …}, see faults.h
//   GET  /sandbox/answers                   which number gets which answer of --answers, see stored_answers.h
//   GET  /sandbox/ledger, DELETE the same   the requests seen, see ledger.h
//   POST /sandbox/transactions/{id}         {"decision": "confirm" | "reject"}: what the phone's owner does
//   GET  /sandbox/econtract, POST the same  {"quirks", "logins", …}; changes them, see portal.h
//   GET  /sandbox/econtract/ledger, DELETE the same   the requests that the portal saw, see portal.h
//
// Use:  SandboxServer server(vault, options, plan, portal);  if (auto bound = server.bind("127.0.0.1", 0))
// server.run(); Threads: run() serves until stop() is called from another thread and every request has ended;
// held ones are let go. Ownership: the vault must outlive the server.
#pragma once

#include <memory>
#include <string>

#include "proxy/sandbox/gateway.h"
#include "proxy/sandbox/portal.h"
#include "proxy/sandbox/stored_answers.h"
#include "proxy/sandbox/vault.h"
#include "shared/result.h"

namespace smartca::sandbox {

class SandboxServer {
  public:
    SandboxServer(const Vault& vault, GatewayOptions options, PortalPlan plan, PortalOptions portal,
                  StoredAnswers answers = {});
    ~SandboxServer();

    // The port it listens on, which is `port` unless that is 0. Connections queue from now on; run() answers
    // them.
    Result<int, std::string> bind(const std::string& host, int port);
    // False when the listening socket failed.
    bool run();
    void stop();

  private:
    struct Rooms;
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace smartca::sandbox
