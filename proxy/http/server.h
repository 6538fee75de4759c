// The transport: one thread waits for all sockets (epoll), reads each request whole and under a deadline into
// memory, and only then gives it to a worker. So an idle, slow or hostile client costs a few kilobytes and
// never a thread.
//
//   Server server(site, {});
//   auto address = server.start(parseAddress("127.0.0.1:0").value());
//   ...
//   server.retire();        // each connection's next answer is its last, and says so
//   server.drain(20s);      // no new requests; true when every begun one was answered
//
// Requests wait for one of two pools of workers: local work, and what waits for other servers, in bulkheads.
//
// Threads: start(), retire(), drain() and the destructor belong to the owner's thread; the Site is called from the
// loop's thread (admit, refuse) and from the workers' (serve). It must outlive the Server.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "proxy/http/connection.h"
#include "proxy/http/listener.h"
#include "proxy/http/site.h"
#include "shared/result.h"

namespace smartca::http {

struct ServerOptions {
    Deadlines deadlines{};
    // When they are all taken, one makes room: Connection::Rank says which.
    std::size_t maximumConnections = 1024;
    // Of all bodies that are being received or worked on. Beyond it the one that makes the least haste is refused.
    std::size_t bodyBytes = 32 * 1024 * 1024;
    std::size_t localWorkers = 4;
    UpstreamWorkers upstreamWorkers{};
    std::size_t queueLimit =
        256;  // for local work and for each bulkhead; beyond it a request is answered 503
};

// What a server has now, and what it has had to do under pressure since it began.
struct ServerState {
    std::size_t connections = 0;
    std::size_t bodyBytes = 0;        // of bodies that are received or worked on
    std::uint64_t madeRoom = 0;       // connections that were closed for new ones
    std::uint64_t bodiesRefused = 0;  // beyond ServerOptions::bodyBytes
    std::uint64_t queueFull = 0;      // requests that found too many waiting
    std::uint64_t queueLate = 0;      // requests that no worker took in time
    std::uint64_t noDescriptor = 0;   // times that a connection could not be accepted
};

class Server {
  public:
    Server(const Site& site, const ServerOptions& options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Listens and begins to serve. The address carries the port that the system chose for port 0.
    Result<Address, std::string> start(const Address& address);

    // From now on every answer closes its connection, so that none is closed while a request is on its way
    // to it. New connections and requests are still taken.
    void retire();

    // Any thread.
    ServerState state() const;

    // Takes no new connection or request and waits for what has begun.
    bool drain(std::chrono::milliseconds limit);

    // After that: gives up what has begun, of which the observer is told. Nothing is served any more.
    void cutOff();

  private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace smartca::http
