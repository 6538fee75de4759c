#include "proxy/upstream/connection_pool.h"

#include <algorithm>

namespace smartca::upstream {

Result<Channel*, HttpError> ConnectionPool::Lease::channel(Deadline deadline) {
    if (!channel_) {
        auto opened = Channel::open(pool_.url_, context_.get(), deadline);
        if (!opened) return opened.error();
        channel_ = std::move(opened).value();
    }
    return channel_.get();
}

std::unique_ptr<Channel> ConnectionPool::takeKept() {
    const auto oldest = std::chrono::steady_clock::now() - options_.idleConnection;
    std::erase_if(idle_, [&](const Kept& kept) { return kept.lastUsed < oldest; });
    while (!idle_.empty()) {
        auto channel = std::move(idle_.back().channel);
        idle_.pop_back();
        if (channel->isIdle()) return channel;
    }
    return nullptr;
}

std::unique_ptr<ConnectionPool::Lease> ConnectionPool::acquire(Deadline deadline) {
    std::unique_lock lock(mutex_);
    const auto most = std::max<std::size_t>(options_.maximumConnections, 1);
    if (!free_.wait_until(lock, deadline, [&] { return leased_ < most; })) return nullptr;
    ++leased_;
    return std::make_unique<Lease>(*this, context_, takeKept());
}

void ConnectionPool::use(TlsContext context) {
    const std::lock_guard lock(mutex_);
    context_ = std::move(context);
    idle_.clear();
}

void ConnectionPool::giveBack(std::unique_ptr<Channel> channel, const TlsContext& context) {
    {
        const std::lock_guard lock(mutex_);
        --leased_;
        if (channel && context == context_)
            idle_.push_back({std::move(channel), std::chrono::steady_clock::now()});
    }
    free_.notify_one();
}

}  // namespace smartca::upstream
