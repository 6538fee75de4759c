// A fixed number of threads behind a bounded queue. A full queue refuses at once, so that a stalled upstream
// turns into honest 503 answers and not into memory.
//
// There may be several queues, each with its share of the threads: however many tasks it has, and however
// long they take, it holds up nothing else.
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
    // `queueLimit` of each queue. `shares`: on so many threads at once are each queue's tasks worked; none
    // given: one queue, with all of them.
    WorkerPool(std::size_t threads, std::size_t queueLimit, const std::vector<std::size_t>& shares = {});
    // Finishes what is queued, then joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // What withdraw() needs; nothing when the queue is full: the task is not taken then. Any thread.
    using Ticket = std::uint64_t;
    std::optional<Ticket> submit(std::function<void()> task, std::size_t queue = 0);

    // Takes a task out of the queue. False when it has begun, or has ended. Any thread.
    bool withdraw(Ticket ticket);

  private:
    struct Waiting {
        Ticket ticket;
        std::function<void()> task;
    };
    struct Queue {
        std::size_t share;
        std::deque<Waiting> waiting{};
        std::size_t atWork = 0;
    };
    void work();
    // The one whose turn it is: that of the oldest task which may be begun. Null: there is none.
    Queue* next();

    const std::size_t queueLimit_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Queue> queues_;
    Ticket lastTicket_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace smartca::http
