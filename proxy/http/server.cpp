// A level-triggered epoll loop. Deadlines are found by looking at all connections when the earliest has come.
#include "proxy/http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "proxy/http/server_loop.h"

namespace smartca::http {
namespace {

constexpr std::uint64_t kListenerId = 0;
constexpr std::uint64_t kWakeId = 1;
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::milliseconds kHandshake{20};  // of TCP, with clients in the same network

}  // namespace

Server::Loop::~Loop() {
    join();
}

void Server::Loop::join() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    wake();
    thread_.join();
}

Result<Address, std::string> Server::Loop::start(const Address& address) {
    auto listener = listenOn(address);
    if (!listener) return listener.error();
    listener_ = std::move(listener).value();
    epoll_ = base::UniqueDescriptor(::epoll_create1(EPOLL_CLOEXEC));
    wake_ = base::UniqueDescriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!epoll_ || !wake_)
        return std::string("The system refuses an epoll or event descriptor: ") + std::strerror(errno);
    control(EPOLL_CTL_ADD, wake_.get(), EPOLLIN, kWakeId);
    control(EPOLL_CTL_ADD, listener_.fd.get(), EPOLLIN, kListenerId);
    thread_ = std::thread([this] { run(); });
    return listener_.address;
}

ServerState Server::Loop::state() const {
    const std::lock_guard lock(stateMutex_);
    return state_;
}

bool Server::Loop::drain(std::chrono::milliseconds limit) {
    retiring_ = true;
    draining_ = true;
    wake();
    std::unique_lock lock(mutex_);
    return drainedSignal_.wait_for(lock, limit, [this] { return drained_; });
}

void Server::Loop::cutOff() {
    join();
    for (const auto& [id, entry] : entries_)  // for the log alone: no answer is sent
        if (entry->request)
            static_cast<void>(
                site_.refuse({503, "The proxy stopped before it was answered."}, *entry->request));
}

void Server::Loop::control(int operation, int fd, std::uint32_t events, std::uint64_t id) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    ::epoll_ctl(epoll_.get(), operation, fd, &event);
}

void Server::Loop::tally(std::uint64_t ServerState::* what) {
    const std::lock_guard lock(stateMutex_);
    ++(state_.*what);
}

void Server::Loop::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

void Server::Loop::run() {
    std::array<epoll_event, 64> events;
    while (!stopping_) {
        const int count =
            ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout());
        now_ = Clock::now();
        for (int i = 0; i < count; ++i)
            dispatch(events[static_cast<std::size_t>(i)]);
        expire();
        if (draining_ && listener_.fd) stopListening();
        if (draining_) reportDrained();
        const std::lock_guard lock(stateMutex_);
        state_.connections = entries_.size();
        state_.bodyBytes = bodyBytes_;
    }
}

void Server::Loop::dispatch(const epoll_event& event) {
    const std::uint64_t id = event.data.u64;  // the event is packed: no reference may be made to its part
    if (id == kListenerId) {
        acceptAll();
    } else if (id == kWakeId) {
        std::uint64_t count;
        [[maybe_unused]] const auto got = ::read(wake_.get(), &count, sizeof count);
        takeCompletions();
    } else if (const auto found = entries_.find(id); found != entries_.end()) {
        onEvent(*found->second, event.events);
    }
}

void Server::Loop::onEvent(Entry& entry, std::uint32_t events) {
    auto& connection = entry.connection;
    if (connection.phase() == Connection::Phase::Working) {
        onEventWhileWorking(entry, events);
        return;
    }
    const bool ready = connection.phase() == Connection::Phase::Writing ? connection.onWritable(now_)
                                                                        : connection.onReadable(now_);
    if ((events & EPOLLERR) != 0 && connection.phase() != Connection::Phase::Working && !ready) {
        close(connection.id());
        return;
    }
    settle(entry, ready);
}

void Server::Loop::acceptAll() {
    for (int round = 0; round < 64; ++round) {
        base::UniqueDescriptor fd(
            ::accept4(listener_.fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!fd) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) pauseAccepting();
            return;
        }
        if (entries_.size() >= options_.maximumConnections && !makeRoom()) continue;
        if (listener_.address.kind != Address::Kind::Unix) {
            const int on = 1;  // Nagle's algorithm costs 40 ms whenever an answer takes two writes
            ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        }
        const auto id = nextId_++;
        control(EPOLL_CTL_ADD, fd.get(), EPOLLIN, id);
        auto peer = peerOf(fd.get());
        auto entry =
            std::make_unique<Entry>(std::move(fd), id, std::move(peer), site_, options_.deadlines, now_);
        nextScan_ = std::min(nextScan_, entry->connection.deadline());
        entries_.emplace(id, std::move(entry));
    }
}

// Out of descriptors or memory: trying again at once would only burn the processor.
void Server::Loop::pauseAccepting() {
    tally(&ServerState::noDescriptor);
    if (!makeRoom()) control(EPOLL_CTL_MOD, listener_.fd.get(), 0, kListenerId);
    acceptAgain_ = now_ + kAcceptPause;
    nextScan_ = std::min(nextScan_, acceptAgain_);
}

bool Server::Loop::makeRoom() {
    const Connection* victim = nullptr;
    const auto order = [this](const Connection& one) {
        return std::tuple(one.rank(now_), one.since(), one.id());
    };
    for (const auto& [id, entry] : entries_)
        if (!victim || order(entry->connection) < order(*victim)) victim = &entry->connection;
    if (!victim || victim->rank(now_) == Connection::Rank::Working) return false;
    tally(&ServerState::madeRoom);
    close(victim->id());
    return true;
}

// Closing its descriptor takes it out of epoll.
void Server::Loop::close(std::uint64_t id) {
    const auto found = entries_.find(id);
    bodyBytes_ -= found->second->bodyBytes;
    entries_.erase(found);
}

// Milliseconds until the next deadline, rounded up, or -1 for none.
int Server::Loop::timeout() const {
    if (nextScan_ == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(nextScan_ - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

// All connections are looked at only when the earliest of their deadlines has come.
void Server::Loop::expire() {
    if (now_ < nextScan_) return;
    nextScan_ = Clock::time_point::max();
    std::vector<std::uint64_t> due;
    for (const auto& [id, entry] : entries_) {
        const auto next = std::min(entry->connection.deadline(), entry->again);
        if (next <= now_) {
            due.push_back(id);
        } else {
            nextScan_ = std::min(nextScan_, next);
        }
    }
    for (const auto id : due) {
        auto& entry = *entries_.at(id);
        if (entry.isWaiting()) {
            askAgain(entry);
        } else if (entry.connection.phase() == Connection::Phase::Working) {
            giveUpWaiting(entry);
        } else {
            entry.connection.onDeadline(now_);
        }
        settle(entry, false);
    }
    if (acceptAgain_ != Clock::time_point::max() && acceptAgain_ <= now_ && listener_.fd) {
        control(EPOLL_CTL_MOD, listener_.fd.get(), EPOLLIN, kListenerId);
        acceptAgain_ = Clock::time_point::max();
    }
    nextScan_ = std::min(nextScan_, acceptAgain_);
}

// First no connection begins any more, and those that are being made come here; then nobody listens.
void Server::Loop::stopListening() {
    if (listenUntil_ == Clock::time_point::max()) {
        beginNone(listener_);
        listenUntil_ = now_ + kHandshake;
    }
    nextScan_ = std::min(nextScan_, listenUntil_);
    if (now_ < listenUntil_) return;
    acceptAll();
    listener_.fd.reset();
    std::vector<std::uint64_t> closed;
    for (const auto& [id, entry] : entries_) {
        entry->connection.retire(now_);
        if (entry->connection.phase() == Connection::Phase::Closed) closed.push_back(id);
    }
    for (const auto id : closed)
        close(id);
    nextScan_ = now_;
}

void Server::Loop::reportDrained() {
    if (listener_.fd) return;
    const bool busy = std::any_of(entries_.begin(), entries_.end(),
                                  [](const auto& item) { return item.second->connection.isBusy(); });
    if (busy) return;
    const std::lock_guard lock(mutex_);
    drained_ = true;
    drainedSignal_.notify_all();
}

Server::Server(const Site& site, const ServerOptions& options)
    : loop_(std::make_unique<Loop>(site, options)) {}
Server::~Server() = default;

Result<Address, std::string> Server::start(const Address& address) {
    return loop_->start(address);
}

void Server::retire() {
    loop_->retire();
}

ServerState Server::state() const {
    return loop_->state();
}

bool Server::drain(std::chrono::milliseconds limit) {
    return loop_->drain(limit);
}

void Server::cutOff() {
    loop_->cutOff();
}

}  // namespace smartca::http
