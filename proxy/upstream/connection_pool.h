// HTTP connections to one upstream: verified, kept alive, and lent to one request at a time.
//
// Threads: any. A lease stays on the thread that took it.
#pragma once

#include <httplib.h>
#include <openssl/ssl.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "proxy/upstream/http_client.h"
#include "proxy/upstream/socket_watchdog.h"

namespace smartca::upstream {

// The authorities that an upstream's certificate is verified with, parsed once and shared by all connections:
// reading the system's bundle takes tens of milliseconds.
using TrustStore = std::shared_ptr<X509_STORE>;
// A PEM bundle, or the system's where the path is empty. The error names the file.
Result<TrustStore, std::string> loadTrustStore(const std::string& caFile);

class Connection {
  public:
    Connection(const BaseUrl& url, const TrustStore& trust, SocketWatchdog& watchdog);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // False where the TLS settings were refused.
    bool usable() const { return client_ != nullptr; }
    // Has carried an exchange before: the other side may have closed it since.
    bool reused() const { return exchanges_ > 0; }

    // Sends the request and waits for the answer until the deadline.
    httplib::Result send(httplib::Request& request, Deadline deadline);
    // The deadline passed while the last request was on its way.
    bool wasCut() const { return watchdog_.wasCut(socket_); }

  private:
    friend class ConnectionPool;

    SocketWatchdog& watchdog_;
    WatchedSocket socket_;
    std::unique_ptr<httplib::ClientImpl> client_;
    std::size_t exchanges_ = 0;
    std::chrono::steady_clock::time_point lastUsed_;
};

class ConnectionPool {
  public:
    ConnectionPool(BaseUrl url, TrustStore trust, HttpClientOptions options);

    // A connection for one request. Goes back to the pool with keep(), otherwise it is closed.
    class Lease {
      public:
        Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
            : pool_(pool), connection_(std::move(connection)) {}
        ~Lease() { pool_.giveBack(keep_ ? std::move(connection_) : nullptr); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        Connection& connection() { return *connection_; }
        void keep() { keep_ = true; }
        // Another connection in place of one that turned out to be dead.
        void replace() { connection_ = pool_.connect(); }

      private:
        ConnectionPool& pool_;
        std::unique_ptr<Connection> connection_;
        bool keep_ = false;
    };

    // The most recently used connection, or a new one. Null where all are busy until the deadline.
    std::unique_ptr<Lease> acquire(Deadline deadline);

  private:
    std::unique_ptr<Connection> connect();
    void giveBack(std::unique_ptr<Connection> connection);
    void dropIdle();

    BaseUrl url_;
    TrustStore trust_;
    HttpClientOptions options_;
    SocketWatchdog watchdog_;

    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the most recently used one last
    std::size_t leased_ = 0;
};

}  // namespace smartca::upstream
