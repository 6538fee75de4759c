// Who may call the API.
//
// `none`: anyone who can reach the address; for a loopback address or a unix socket behind a portal that
// authenticates. `bearer`: RFC 6750, "Authorization: Bearer TOKEN". Two tokens may be valid at once, so that
// one can be rotated.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::http {

// Empty: refused with 401. Any thread.
using Authenticator = std::function<std::optional<Caller>(const RequestHead& head)>;

Authenticator allowAnyone();

// `tokens` is asked on every request, so that a changed file counts at once.
Authenticator requireBearer(std::function<std::vector<std::string>()> tokens);

}  // namespace smartca::http
