// HTTP connections to one upstream: verified, kept alive, and lent to one request at a time.
//
// Threads: any. A lease stays on the thread that took it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "proxy/upstream/channel.h"
#include "proxy/upstream/http_client.h"

namespace smartca::upstream {

class ConnectionPool {
  public:
    // `context` is null for plain HTTP.
    ConnectionPool(BaseUrl url, TlsContext context, HttpClientOptions options)
        : url_(std::move(url)), options_(std::move(options)), context_(std::move(context)) {}

    // The right to one connection, and that connection once there is one. Goes back to the pool with keep(),
    // otherwise it is closed.
    class Lease {
      public:
        Lease(ConnectionPool& pool, TlsContext context, std::unique_ptr<Channel> channel)
            : pool_(pool),
              context_(std::move(context)),
              channel_(std::move(channel)),
              isReused_(channel_ != nullptr) {}
        ~Lease() { pool_.giveBack(keep_ ? std::move(channel_) : nullptr, context_); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        // Has carried an exchange before: the other side may have closed it since.
        bool isReused() const { return isReused_; }
        // The one that was kept, else a new one.
        Result<Channel*, HttpError> channel(Deadline deadline);
        void keep() { keep_ = true; }
        // A new one from now on.
        void drop() {
            channel_.reset();
            isReused_ = false;
        }

      private:
        ConnectionPool& pool_;
        const TlsContext context_;
        std::unique_ptr<Channel> channel_;
        bool isReused_;
        bool keep_ = false;
    };

    // With the most recently used connection where one is kept. Null where all are busy until the deadline.
    std::unique_ptr<Lease> acquire(Deadline deadline);

    // Each connection is made with this one from now on, and none that was made with another one is lent again.
    void use(TlsContext context);

  private:
    struct Kept {
        std::unique_ptr<Channel> channel;
        std::chrono::steady_clock::time_point lastUsed;
    };
    void giveBack(std::unique_ptr<Channel> channel, const TlsContext& context);
    std::unique_ptr<Channel> takeKept();

    const BaseUrl url_;
    const HttpClientOptions options_;

    std::mutex mutex_;  // guards all that follows
    TlsContext context_;
    std::condition_variable free_;
    std::vector<Kept> idle_;  // the most recently used one last
    std::size_t leased_ = 0;
};

}  // namespace smartca::upstream
