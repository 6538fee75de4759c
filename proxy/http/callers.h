// Who calls, by the head of a request.
//
// `allowLocal` admits every program that can reach the address; for a loopback address or a unix socket behind
// a portal that authenticates. With `requireBearer`, RFC 6750, "Authorization: Bearer TOKEN": the token of the
// portal's server, which may do everything and comes from no browser, or a session token (proxy/session).
//
// With its token the server may name in which company it acts, Smartca-Company, and for whom: Smartca-Actor,
// Smartca-Actor-Name, Smartca-May and Smartca-Users. So it may without one where `trustServer` lets it in, a listener
// that nobody else reaches. From nobody else do these headers mean anything.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "proxy/http/message.h"
#include "proxy/session/key_set.h"
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca::http {

// Any thread.
using Authenticator = std::function<Result<Caller, Refusal>(const RequestHead& head)>;

Authenticator allowLocal(const std::string& company);

// `company`: in which the server acts, unless it names another one of those that are served.
Authenticator trustServer(std::string company, session::Serves serves);

struct Credentials {
    // Each of the server's tokens counts, so that one can be replaced by the next. They and the keys are asked for
    // on every request, so that changed ones count at once.
    std::function<std::vector<std::string>()> serverTokens{};
    std::function<std::shared_ptr<const session::KeySet>()> keys{};  // null: there are none
    std::string audience{};
    std::string company{};  // in which the server acts, unless it names another one
    session::Serves serves{};
    std::function<Instant()> now{};
};
Authenticator requireBearer(Credentials credentials);

}  // namespace smartca::http
