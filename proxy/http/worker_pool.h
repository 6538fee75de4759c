// A fixed number of threads behind a bounded queue. A full queue refuses at once, so that a stalled upstream
// turns into honest 503 answers and not into memory.
//
// Tasks that can wait for others have a queue of their own and some of the threads at the most, so that
// however many of them there are, they hold up nothing else.
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
    // `queueLimit` of each queue; `patientThreads`: on so many at once are patient tasks worked.
    WorkerPool(std::size_t threads, std::size_t queueLimit, std::size_t patientThreads = 1);
    // Finishes what is queued, then joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    enum class Manner : std::uint8_t { Prompt, Patient };
    // What withdraw() needs; nothing when the queue is full: the task is not taken then. Any thread.
    using Ticket = std::uint64_t;
    std::optional<Ticket> submit(std::function<void()> task, Manner manner = Manner::Prompt);

    // Takes a task out of the queue. False when it has begun, or has ended. Any thread.
    bool withdraw(Ticket ticket);

  private:
    struct Waiting {
        Ticket ticket;
        std::function<void()> task;
    };
    using Queue = std::deque<Waiting>;
    void work();
    // The one whose turn it is; null: nothing that may be begun.
    Queue* next();
    static bool take(Queue& queue, Ticket ticket);

    const std::size_t queueLimit_;
    const std::size_t patientThreads_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Queue prompt_;
    Queue patient_;
    std::size_t patientAtWork_ = 0;
    Ticket lastTicket_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace smartca::http
