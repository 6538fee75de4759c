#include "proxy/http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace smartca::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queueLimit, const std::vector<std::size_t>& bulkheads)
    : queueLimit_(queueLimit) {
    for (const auto limit : bulkheads)
        queues_.push_back({.limit = limit});
    if (queues_.empty()) queues_.push_back({.limit = threads});
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

std::optional<WorkerPool::Ticket> WorkerPool::submit(std::function<void()> task, std::size_t queue) {
    Ticket ticket;
    {
        const std::lock_guard lock(mutex_);
        auto& waiting = queues_.at(queue).waiting;
        if (stopping_ || waiting.size() >= queueLimit_) return std::nullopt;
        ticket = ++lastTicket_;
        waiting.push_back({ticket, std::move(task)});
    }
    wake_.notify_one();
    return ticket;
}

bool WorkerPool::withdraw(Ticket ticket) {
    const std::lock_guard lock(mutex_);
    const auto isIt = [ticket](const Waiting& waiting) { return waiting.ticket == ticket; };
    return std::any_of(queues_.begin(), queues_.end(),
                       [&](Queue& queue) { return std::erase_if(queue.waiting, isIt) != 0; });
}

WorkerPool::Queue* WorkerPool::next() {
    Queue* first = nullptr;
    for (Queue& queue : queues_) {
        if (queue.waiting.empty() || queue.running >= queue.limit) continue;
        if (first == nullptr || queue.waiting.front().ticket < first->waiting.front().ticket) first = &queue;
    }
    return first;
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || next() != nullptr; });
        Queue* const queue = next();
        // What must still wait for its turn is begun by those that work now.
        if (queue == nullptr) return;
        std::function<void()> task = std::move(queue->waiting.front().task);
        queue->waiting.pop_front();
        ++queue->running;
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        --queue->running;
        // This thread may take up something older than the queue's next one. Woken for nothing, another one would cost
        // two changes of context.
        if (queue->limit < threads_.size() && next() != nullptr) wake_.notify_one();
    }
}

}  // namespace smartca::http
