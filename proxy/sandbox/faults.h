// Which misbehaviour the sandbox shows at the moment: set through POST /sandbox/faults, taken by each request
// to /sca and /api.
//
//   {"mode": "delay", "milliseconds": 500, "count": 2}   the next two requests; without "count", until it is
//   changed
//   {"mode": "drop", "path": "/api/users/smart-ca/add"}  only requests whose path begins so
//   {"mode": "status401", "message": "User not found"}
//   {"mode": "answer", "http": 200, "body": {"status_code": 200, "data": []}}   see stored_answers.h
//   {"mode": "none"}
//
// Threads: any. A request that is being held wakes when the plan changes or the sandbox stops.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "proxy/sandbox/stored_answers.h"
#include "proxy/sandbox/wire.h"
#include "shared/result.h"

namespace smartca::sandbox {

enum class FaultMode : std::uint8_t {
    None,
    Delay,
    Drop,
    DropUndone,
    Reset,
    ResetInBody,
    Hang,
    Truncated,
    Drip,
    Garbage,
    Html502,
    Html503,
    Html403,
    Busy,
    Redirect,
    Status500,
    Status403,
    Status401,
    Status429,
    ErrorsAsHttp200,
    WrongContentType,
    HugeBody,
    DeepJson,
    InvalidUtf8,
    DuplicateKeys,
    Chunked,
    LegacyZero,
    EmptyData,
    NullData,
    Wrapped,
    ByteOrderMark,
    Interim,
    UntilClose,
    UntilCut,
    LongHead,
    Answer,
};

struct FaultDescription {
    FaultMode mode;
    const char* name;
    const char* meaning;
    std::int64_t milliseconds;  // default; 0 where it plays no part
    std::int64_t size;          // default; 0 where it plays no part
};
// The row of `mode`; every mode has one.
const FaultDescription& describe(FaultMode mode);
// All modes with their meaning, as GET /sandbox/faults shows them.
Json describeFaults();

struct Fault {
    FaultMode mode = FaultMode::None;
    std::chrono::milliseconds pause{0};
    std::size_t size = 0;
    std::int64_t count = -1;  // requests it still applies to; negative: all
    std::string path{};       // what their path begins with
    std::string message{};    // of the envelope
    StoredAnswer answer{};    // what FaultMode::Answer sends
};
// The error says which key is wrong.
Result<Fault, std::string> parseFault(std::string_view json);
Json jsonOf(const Fault& fault);

class FaultPlan {
  public:
    void set(const Fault& fault);
    Fault current() const;
    // For one request: the fault it gets, with the count taken down.
    Fault take(std::string_view path);
    // How many requests got each fault, by name ("none" too).
    Json counters() const;

    // Waits until `pause` is over, `gone` says so (asked every 20 ms), the plan is set anew, or stop() was
    // called. True when the whole pause went by.
    bool hold(std::chrono::milliseconds pause, const std::function<bool()>& gone);
    // Lets every held request go, for good.
    void stop();

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Fault fault_;
    std::uint64_t generation_ = 0;
    bool stopped_ = false;
    std::map<std::string, std::uint64_t> taken_;
};

}  // namespace smartca::sandbox
