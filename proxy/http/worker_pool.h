// A fixed number of threads behind a bounded queue. A full queue refuses at once, so that a stalled upstream
// turns into honest 503 answers and not into memory.
//
// There may be several queues, each a bulkhead: its tasks are worked on by so many threads at once and no
// more, so that however many they are, and however long they take, other queues' tasks find threads. Tasks
// that may be begun are begun in the order in which they came, whichever their queue.
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
    // `queueLimit`: tasks that may wait in each queue. `bulkheads`: how many threads each queue's tasks may
    // take; none given: one queue, which may take them all.
    WorkerPool(std::size_t threads, std::size_t queueLimit, const std::vector<std::size_t>& bulkheads = {});
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
        std::size_t limit;
        std::deque<Waiting> waiting{};
        std::size_t running = 0;
    };
    void work();
    // That of the oldest task which may be begun; null: there is none.
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
