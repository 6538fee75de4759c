// The table of routes, asked once for each request, when its head is complete.
//
// Immutable after construction; any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::http {

struct Match {
    const Route* route = nullptr;  // of that method and path (HEAD counts as GET); null: there is none
    PathParameters parameters{};
    // Without a route: what the path has, as in "GET, HEAD, OPTIONS"; empty when there is no such path.
    std::string methods{};
};

class Router {
  public:
    explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

    // Everything but the parameters must be written exactly as in the pattern, not percent-encoded.
    Match match(std::string_view method, std::string_view path) const;

  private:
    std::vector<Route> routes_;
};

}  // namespace smartca::http
