// A fixed number of threads behind a bounded queue. A full queue refuses at once, so that a stalled upstream
// turns into honest 503 answers and not into memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace smartca::http {

class WorkerPool {
  public:
    WorkerPool(std::size_t threads, std::size_t queueLimit);
    // Finishes what is queued, then joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // What withdraw() needs; nothing when the queue is full: the task is not taken then. Any thread.
    using Ticket = std::uint64_t;
    std::optional<Ticket> submit(std::function<void()> task);

    // Takes a task out of the queue. False when it has begun, or has ended. Any thread.
    bool withdraw(Ticket ticket);

  private:
    struct Waiting {
        Ticket ticket;
        std::function<void()> task;
    };
    void work();

    const std::size_t queueLimit_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    Ticket lastTicket_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace smartca::http
