// A fixed number of threads behind a bounded queue. A full queue refuses at once, so that a stalled upstream
// turns into honest 503 answers and not into memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
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

    // False when the queue is full; the task is not taken then. Any thread.
    bool submit(std::function<void()> task);

  private:
    void work();

    const std::size_t queueLimit_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace smartca::http
