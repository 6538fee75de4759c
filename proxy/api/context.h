// What the routes act on: of one company, that of the caller. The owner (main, or a test) outlives the server that
// calls them.
//
// Threads: routes run on any worker; everything in here may be used from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/api/lookups.h"
#include "proxy/http/message.h"
#include "proxy/journal/journal.h"
#include "proxy/registry/registry.h"
#include "proxy/session/token.h"
#include "proxy/upstream/smartca_client.h"
#include "proxy/x509/authorities.h"
#include "shared/calendar.h"

namespace smartca::api {

struct Context {
    registry::Registry& registry;
    journal::Journal& journal;
    upstream::SmartCaClient& smartCa;
    std::function<Instant()> now;
    // Of this installation alone: digests of requests are made with it, so that a reader of the journal
    // cannot guess at passwords by trying.
    std::string fingerprintKey;
    // Signs session tokens for the portal's server.
    session::Issuer issuer{};
    // Called when a create has been left open: what became of it has to be found out (outcomes.h).
    std::function<void()> leftOpen{};
    // The authorities that subscribers' certificates are verified against.
    std::shared_ptr<const x509::AuthorityShelf> authorities = std::make_shared<const x509::AuthorityShelf>();
    // What SmartCA has said to its account a moment ago.
    std::shared_ptr<LookupCache> lookups = std::make_shared<LookupCache>(smartCa);
    // How many creates one person may begin; null: nobody is limited.
    std::shared_ptr<http::Limiter> limiter{};
};

// The context of that company, which stays where it is; null: it is not served (any more). Any thread.
using ContextOf = std::function<const Context*(const std::string& company)>;

// Every route of /api/v1. `elsewhere`: what reads the registry waits for another server (Registry::isElsewhere).
std::vector<http::Route> routes(const ContextOf& contextOf, bool elsewhere);

// The workers for those of them that wait for SmartCA or, with `elsewhere`, for the registry's server: `each`
// for each upstream. While one upstream hangs, a quarter of that is left to what needs only the other one.
// Details take a quarter at the most.
http::UpstreamWorkers upstreamWorkers(std::size_t each, bool elsewhere);

}  // namespace smartca::api
