// Routing and the head of an answer, by cpp-httplib's Server without its sockets, threads and parser of
// foreign bytes: it is given a request line that this program wrote itself, of a route that is known to
// exist, and nothing else. What clients send in headers and bodies never passes through it, so that the
// library's version does not decide what an attacker can do.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "proxy/http/message.h"

namespace smartca::http {

class Dispatcher {
  public:
    explicit Dispatcher(const std::vector<Route>& routes);
    ~Dispatcher();

    // Calls the route's handler with the path's parameters filled in. A handler that throws gives a 500 of
    // ours, without a word of the exception. Any thread.
    Response dispatch(Request& request) const;

    // "HTTP/1.1 200 OK" and the answer's own headers, each line with its CR LF, without the final blank line.
    static std::string headOf(const Response& response);

  private:
    class Library;
    std::unique_ptr<Library> library_;
};

}  // namespace smartca::http
