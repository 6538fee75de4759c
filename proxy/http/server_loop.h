// The server's loop: its own thread, which all members but the public ones and completions belong to. What happens to
// sockets is in server.cpp, what happens to requests in server_requests.cpp.
#pragma once

#include <sys/epoll.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "proxy/http/server.h"
#include "proxy/http/worker_pool.h"

namespace smartca::http {

class Server::Loop {
  public:
    Loop(const Site& site, const ServerOptions& options) : site_(site), options_(options) {}
    ~Loop();

    Result<Address, std::string> start(const Address& address);
    void retire() { retiring_ = true; }
    ServerState state() const;
    bool drain(std::chrono::milliseconds limit);
    void cutOff();

  private:
    struct Entry {
        explicit Entry(auto&&... arguments) : connection(std::forward<decltype(arguments)>(arguments)...) {}
        Connection connection;
        std::uint32_t watched = EPOLLIN;  // what epoll waits for
        bool registered = true;           // in epoll's set
        // While Working.
        std::shared_ptr<Admission> request;
        WorkerPool* pool = nullptr;
        WorkerPool::Ticket ticket = 0;
        std::size_t bodyBytes = 0;  // as counted in the loop's sum
        // Without a worker until `again`, since there is nothing to say yet; max(): that is not so.
        Clock::time_point since{};  // when it was asked first
        Clock::time_point again = Clock::time_point::max();
        bool lastTime = false;
        bool isWaiting() const { return again != Clock::time_point::max(); }
    };
    struct Completion {
        std::uint64_t id;
        Output output;
    };

    void control(int operation, int fd, std::uint32_t events, std::uint64_t id);
    void tally(std::uint64_t ServerState::* what);
    void wake();
    void join();

    // Sockets.
    void run();
    void dispatch(const epoll_event& event);
    void onEvent(Entry& entry, std::uint32_t events);
    void acceptAll();
    void pauseAccepting();
    bool makeRoom();
    void close(std::uint64_t id);
    int timeout() const;
    void expire();
    void stopListening();
    void reportDrained();

    // Requests.
    void onEventWhileWorking(Entry& entry, std::uint32_t events);
    bool withdraw(Entry& entry);
    void giveUpWaiting(Entry& entry);
    void settle(Entry& entry, bool ready);
    void count(Entry& entry);
    bool refuseSlowestBody(const Entry& current);
    void proceed(Entry& entry);
    void submit(Entry& entry);
    void enqueue(Entry& entry);
    void wait(Entry& entry, std::chrono::milliseconds pause);
    void askAgain(Entry& entry);
    void takeCompletions();

    const Site& site_;
    const ServerOptions options_;
    Listener listener_;
    base::UniqueDescriptor epoll_;
    base::UniqueDescriptor wake_;
    Clock::time_point now_ = Clock::now();
    Clock::time_point nextScan_ = Clock::time_point::max();
    Clock::time_point acceptAgain_ = Clock::time_point::max();
    Clock::time_point listenUntil_ = Clock::time_point::max();
    std::uint64_t nextId_ = 2;  // 0 and 1 are the listener and what wakes the loop
    std::unordered_map<std::uint64_t, std::unique_ptr<Entry>> entries_;
    std::size_t bodyBytes_ = 0;  // of all of them

    mutable std::mutex stateMutex_;  // guards the next one
    ServerState state_;

    std::atomic<bool> stopping_{false};
    std::atomic<bool> retiring_{false};
    std::atomic<bool> draining_{false};
    std::mutex mutex_;  // guards the next three
    std::vector<Completion> completions_;
    bool drained_ = false;
    std::condition_variable drainedSignal_;

    std::thread thread_;
    // Last, so that their tasks end while everything they touch is still there.
    WorkerPool local_{options_.localWorkers, options_.queueLimit};
    WorkerPool upstream_{options_.upstreamWorkers.threads, options_.queueLimit,
                         options_.upstreamWorkers.bulkheads};
};

}  // namespace smartca::http
