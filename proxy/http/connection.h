// One client connection: bytes in, one request at a time, bytes out. Driven by the server's loop;
// single-threaded.
//
// A connection is always in one phase, and each phase has an absolute deadline, so that a client that sends
// or reads one byte a second gains nothing by it. Only what a worker has begun is waited for.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/base/unique_descriptor.h"
#include "proxy/http/chunks.h"
#include "proxy/http/request_head.h"
#include "proxy/http/site.h"

namespace smartca::http {

using Clock = std::chrono::steady_clock;

// What the server wants to follow an answer on its connection; the client may want less.
enum class Persistence : std::uint8_t { KeepAlive, Close };

struct Deadlines {
    // From the connection, or from a later request's first byte, to its blank line.
    std::chrono::milliseconds head{5'000};
    std::chrono::milliseconds body{15'000};    // at less than `bodyRate`
    std::chrono::milliseconds write{15'000};   // of one answer
    std::chrono::milliseconds idle{75'000};    // between requests; balancers close theirs after 60 s
    std::size_t bodyRate = 16 * 1024;          // bytes a second: an image over a poor mobile connection
    std::chrono::milliseconds queue{10'000};   // of a whole request, until a worker takes it
    std::chrono::milliseconds firstWord{250};  // of a new connection, when no further request is wanted
    std::chrono::milliseconds linger{1'000};   // after a refusal, for what the client is still sending
};

class Connection {
  public:
    enum class Phase : std::uint8_t {
        Idle,  // between requests
        Head,  // a head has begun, or the connection is new
        Body,
        Working,  // a worker has the request
        Writing,
        Lingering,  // the last answer is sent; what still arrives is thrown away, so that no reset loses it
        Closed,
    };

    // `peer`: peerOf() of the socket. `site` and `deadlines` must outlive it.
    Connection(base::UniqueDescriptor fd, std::uint64_t id, std::string peer, const Site& site,
               const Deadlines& deadlines, Clock::time_point now);
    ~Connection();

    // The socket is readable. True when a whole request is there: take it with takeRequest().
    bool onReadable(Clock::time_point now);
    // The socket is writable again. True as for onReadable: the next request may have been waiting already.
    bool onWritable(Clock::time_point now);
    // The deadline has passed.
    void onDeadline(Clock::time_point now);

    // Leaves the connection Working, with the deadline of the queue.
    Admission takeRequest(Clock::time_point now);
    // A worker has begun: no deadline until the answer.
    void begun() { deadline_ = Clock::time_point::max(); }
    // The answer of a Working connection. True as for onReadable.
    bool answer(Output output, Persistence persistence, Clock::time_point now);
    // Refuses what is being received; closes after that.
    void refuse(const Refusal& refusal, Clock::time_point now);
    // The same of a request that was taken and not served.
    void refuse(const Refusal& refusal, const Admission& admission, Clock::time_point now);
    // No further request on this connection; closes at once between two of them.
    void retire(Clock::time_point now);

    int fd() const { return fd_.get(); }
    std::uint64_t id() const { return id_; }
    Phase phase() const { return phase_; }
    Clock::time_point deadline() const { return deadline_; }
    // When it came into its phase.
    Clock::time_point since() const { return since_; }
    // Of a body: what has come of it, until its request is answered.
    std::size_t bodyBytes() const;
    // How ready it is to make room for a new connection; of the same rank the older one is.
    enum class Rank : std::uint8_t {
        Ended,     // its last answer is sent
        Slow,      // says or reads something for a second
        LongIdle,  // has had nothing to ask for ten seconds
        Unknown,   // has not said yet what it wants
        InUse,     // a kept connection that was used a moment ago
        Working,   // never: a worker has its request
    };
    Rank rank(Clock::time_point now) const;
    // What epoll should wait for.
    std::uint32_t interest() const;
    // An answer is awaited, or may be: a new connection's request is on its way.
    bool isBusy() const;

  private:
    void enter(Phase phase, std::chrono::milliseconds limit, Clock::time_point now);
    bool advance(Clock::time_point now);
    bool beginBody(std::size_t headEnd, Clock::time_point now);
    bool takeBody(std::string_view bytes, Clock::time_point now);
    bool readBody(Clock::time_point now);
    bool flush(Clock::time_point now);
    void discard();

    base::UniqueDescriptor fd_;
    const std::uint64_t id_;
    const std::string peer_;
    const Site& site_;
    const Deadlines& deadlines_;
    Phase phase_ = Phase::Head;
    Clock::time_point since_;
    Clock::time_point deadline_;
    std::string received_;  // of the head being read, and what follows it
    std::size_t scanned_ = 0;
    Admission admission_;     // of the request whose head is complete
    std::size_t worked_ = 0;  // bytes of the body that a worker has
    ChunkReader chunks_;      // of its body
    bool keepAlive_ = true;   // after the answer that is being made or written
    Output output_;
    std::size_t written_ = 0;
    std::size_t discarded_ = 0;
};

}  // namespace smartca::http
