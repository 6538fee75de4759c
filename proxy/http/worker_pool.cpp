#include "proxy/http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace smartca::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queueLimit) : queueLimit_(queueLimit) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

std::optional<WorkerPool::Ticket> WorkerPool::submit(std::function<void()> task) {
    Ticket ticket;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= queueLimit_) return std::nullopt;
        ticket = ++lastTicket_;
        queue_.push_back({ticket, std::move(task)});
    }
    wake_.notify_one();
    return ticket;
}

bool WorkerPool::withdraw(Ticket ticket) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(queue_.begin(), queue_.end(),
                                    [ticket](const Waiting& waiting) { return waiting.ticket == ticket; });
    if (found == queue_.end()) return false;
    queue_.erase(found);
    return true;
}

void WorkerPool::work() {
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            task = std::move(queue_.front().task);
            queue_.pop_front();
        }
        task();
    }
}

}  // namespace smartca::http
