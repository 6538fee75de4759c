// The log: one JSON object a line. A request's line has a closed list of fields; there is no level that adds
// bodies, paths, queries, headers or addresses.
//
//   {"time":"2026-11-22T08:04:00.123Z","event":"request","id":"0f3a…","method":"POST","route":"/api/v1/certificates",
//    "status":201,"ms":12.3,"upstreamMs":9.8,"outcome":"created"}
//
// Threads: any. Each line is one write().
#pragma once

#include <string_view>

#include "proxy/http/message.h"

namespace smartca::ops {

class Log {
  public:
    explicit Log(int fd) : fd_(fd) {}
    void request(const http::RequestRecord& record) const;
    // Something the operator should know: an event's name (a constant) and a sentence without secrets.
    void event(std::string_view name, std::string_view text) const;

  private:
    const int fd_;
};

}  // namespace smartca::ops
