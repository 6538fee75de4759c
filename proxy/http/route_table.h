// Which routes there are: asked before a body is read, so that nobody uploads to a path that does not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::http {

class RouteTable {
  public:
    explicit RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {}

    // The route of that method (HEAD counts as GET) and path; null when there is none. A parameter matches 1
    // to 32 ASCII letters, digits, '-' and '_'; everything else must be written exactly as in the pattern,
    // unencoded.
    const Route* find(std::string_view method, std::string_view path) const;

    // "GET, HEAD, OPTIONS, POST" of a path; empty when the path does not exist.
    std::string methodsOf(std::string_view path) const;

    const std::vector<Route>& routes() const { return routes_; }

  private:
    std::vector<Route> routes_;
};

}  // namespace smartca::http
