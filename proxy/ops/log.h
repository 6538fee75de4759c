// The log: one JSON object a line. A request's line has a closed list of fields; there is no level that adds
// bodies, paths, queries, headers or addresses.
//
//   {"time":"2026-11-22T08:04:00.123Z","event":"request","id":"0f3a…","method":"POST","route":"/api/v1/certificates",
//    "status":201,"ms":12.3,"upstreamMs":9.8,"outcome":"created"}
//
// A reader that stalls never stops the proxy: a line that would have to wait (a full pipe or socket) is left
// out, and the next one that is taken follows a line that counts those:
//
//   {"event":"logGap","text":"37 lines before this one were not taken by the log's reader.","time":"…"}
//
// Threads: any. Each line is one write().
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
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
    void write(std::string line) const;

    const int fd_;
    mutable std::mutex mutex_;  // guards the next one, and what lies between asking for room and writing
    mutable std::uint64_t missed_ = 0;
};

}  // namespace smartca::ops
