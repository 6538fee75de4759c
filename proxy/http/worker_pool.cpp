#include "proxy/http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace smartca::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queueLimit, std::size_t patientThreads)
    : queueLimit_(queueLimit), patientThreads_(patientThreads) {
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

std::optional<WorkerPool::Ticket> WorkerPool::submit(std::function<void()> task, Manner manner) {
    Ticket ticket;
    {
        const std::lock_guard lock(mutex_);
        Queue& queue = manner == Manner::Patient ? patient_ : prompt_;
        if (stopping_ || queue.size() >= queueLimit_) return std::nullopt;
        ticket = ++lastTicket_;
        queue.push_back({ticket, std::move(task)});
    }
    wake_.notify_one();
    return ticket;
}

bool WorkerPool::withdraw(Ticket ticket) {
    const std::lock_guard lock(mutex_);
    return take(prompt_, ticket) || take(patient_, ticket);
}

bool WorkerPool::take(Queue& queue, Ticket ticket) {
    const auto found = std::find_if(queue.begin(), queue.end(),
                                    [ticket](const Waiting& waiting) { return waiting.ticket == ticket; });
    if (found == queue.end()) return false;
    queue.erase(found);
    return true;
}

WorkerPool::Queue* WorkerPool::next() {
    const bool patientMay = !patient_.empty() && patientAtWork_ < patientThreads_;
    if (prompt_.empty()) return patientMay ? &patient_ : nullptr;
    return patientMay && patient_.front().ticket < prompt_.front().ticket ? &patient_ : &prompt_;
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || next() != nullptr; });
        Queue* const queue = next();
        // What must still wait for its turn is begun by those that work now.
        if (queue == nullptr) return;
        const bool patient = queue == &patient_;
        std::function<void()> task = std::move(queue->front().task);
        queue->pop_front();
        if (patient) ++patientAtWork_;
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        if (!patient) continue;
        --patientAtWork_;
        wake_.notify_one();  // this thread may take up something older than the next patient one
    }
}

}  // namespace smartca::http
