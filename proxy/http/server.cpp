// A level-triggered epoll loop. Deadlines are found by looking at all connections when the earliest has come.
#include "proxy/http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "proxy/base/crypto.h"
#include "proxy/http/worker_pool.h"

namespace smartca::http {
namespace {

constexpr std::uint64_t kListenerId = 0;
constexpr std::uint64_t kWakeId = 1;
constexpr std::uint64_t kFirstConnectionId = 2;
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::milliseconds kHandshake{20};  // of TCP, with clients in the same network

}  // namespace

class Server::Loop {
  public:
    Loop(const Site& site, const ServerOptions& options) : site_(site), options_(options) {}
    ~Loop() {
        if (!thread_.joinable()) return;
        stopping_ = true;
        wake();
        thread_.join();
    }

    Result<Address, std::string> start(const Address& address) {
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

    void retire() { retiring_ = true; }

    ServerState state() const {
        const std::lock_guard lock(stateMutex_);
        return state_;
    }

    bool drain(std::chrono::milliseconds limit) {
        retiring_ = true;
        draining_ = true;
        wake();
        std::unique_lock lock(mutex_);
        return drainedSignal_.wait_for(lock, limit, [this] { return drained_; });
    }

  private:
    struct Entry {
        explicit Entry(auto&&... arguments) : connection(std::forward<decltype(arguments)>(arguments)...) {}
        Connection connection;
        std::uint32_t watched = EPOLLIN;  // what epoll waits for
        bool registered = true;           // in epoll's set
        // While Working.
        std::shared_ptr<Admission> request;
        WorkerPool* pool = nullptr;
        WorkerPool::Ticket ticket = 0;
        std::size_t bodyBytes = 0;  // as counted in the loop's sum
        // Without a worker until `again`, since there is nothing to say yet; max(): that is not so.
        Clock::time_point since{};  // when it was asked first
        Clock::time_point again = Clock::time_point::max();
        bool lastTime = false;
        bool isWaiting() const { return again != Clock::time_point::max(); }
    };
    struct Completion {
        std::uint64_t id;
        Output output;
    };

    void control(int operation, int fd, std::uint32_t events, std::uint64_t id) {
        epoll_event event{};
        event.events = events;
        event.data.u64 = id;
        ::epoll_ctl(epoll_.get(), operation, fd, &event);
    }

    void tally(std::uint64_t ServerState::* what) {
        const std::lock_guard lock(stateMutex_);
        ++(state_.*what);
    }

    void wake() {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
    }

    void run() {
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

    void dispatch(const epoll_event& event) {
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

    void onEvent(Entry& entry, std::uint32_t events) {
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

    // Nothing is read meanwhile. The request of a client that has left is withdrawn, unless a worker has
    // begun it. A peer that only closed its sending side (RFC 9112 section 9.6) counts as one that left.
    void onEventWhileWorking(Entry& entry, std::uint32_t events) {
        const auto& connection = entry.connection;
        const bool left = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
        if (left && entry.isWaiting()) {
            close(connection.id());
        } else if (left && withdraw(entry)) {
            // For the log alone.
            static_cast<void>(site_.refuse({408, "The client left before its turn."}, *entry.request));
            close(connection.id());
        } else if (left) {
            // It would be reported again and again: look away until the answer.
            control(EPOLL_CTL_DEL, connection.fd(), 0, connection.id());
            entry.registered = false;
        } else {
            entry.watched = EPOLLRDHUP;
            control(EPOLL_CTL_MOD, connection.fd(), entry.watched, connection.id());
        }
    }

    // False when a worker has begun: its answer will come.
    bool withdraw(Entry& entry) {
        if (!entry.pool->withdraw(entry.ticket)) return false;
        base::wipe(entry.request->request.body);
        return true;
    }

    void giveUpWaiting(Entry& entry) {
        if (withdraw(entry)) {
            tally(&ServerState::queueLate);
            entry.connection.refuse({503, "No worker was free in time."}, *entry.request, now_);
        } else {
            entry.connection.begun();
        }
    }

    // After anything happened to a connection: hand on its request, forget it, or wait for what it needs
    // next.
    void settle(Entry& entry, bool ready) {
        count(entry);
        while (bodyBytes_ > options_.bodyBytes && refuseSlowestBody(entry)) {
        }
        if (ready && entry.connection.phase() == Connection::Phase::Body) submit(entry);
        proceed(entry);
    }

    void count(Entry& entry) {
        const auto held = entry.connection.bodyBytes();
        bodyBytes_ = bodyBytes_ - entry.bodyBytes + held;
        entry.bodyBytes = held;
    }

    // The body that has made no haste for the longest time gives way to the others; those that workers have stay.
    // False: there is none.
    bool refuseSlowestBody(const Entry& current) {
        Entry* slowest = nullptr;
        const auto order = [](const Connection& one) { return std::pair(one.deadline(), one.id()); };
        for (const auto& [id, entry] : entries_) {
            if (entry->connection.phase() != Connection::Phase::Body || entry->bodyBytes == 0) continue;
            if (!slowest || order(entry->connection) < order(slowest->connection)) slowest = entry.get();
        }
        if (!slowest) return false;
        tally(&ServerState::bodiesRefused);
        slowest->connection.refuse({503, "Too many bodies are being received."}, now_);
        count(*slowest);
        if (slowest != &current) proceed(*slowest);
        return true;
    }

    void proceed(Entry& entry) {
        auto& connection = entry.connection;
        count(entry);
        if (connection.phase() == Connection::Phase::Closed) {
            close(connection.id());
            return;
        }
        if (connection.phase() == Connection::Phase::Working) {  // most answer before epoll needs to know
            nextScan_ = std::min(nextScan_, connection.deadline());
            return;
        }
        entry.request.reset();
        const auto interest = connection.interest();
        if (!entry.registered) {
            control(EPOLL_CTL_ADD, connection.fd(), interest, connection.id());
        } else if (interest != entry.watched) {
            control(EPOLL_CTL_MOD, connection.fd(), interest, connection.id());
        }
        entry.registered = true;
        entry.watched = interest;
        nextScan_ = std::min(nextScan_, connection.deadline());
    }

    void submit(Entry& entry) {
        auto& connection = entry.connection;
        entry.request = std::make_shared<Admission>(connection.takeRequest(now_));
        entry.since = now_;
        entry.lastTime = false;
        enqueue(entry);
    }

    void enqueue(Entry& entry) {
        auto& connection = entry.connection;
        const auto received = entry.request;
        const auto* route = received->route;
        const auto bulkhead = route ? route->options.bulkhead : std::nullopt;
        entry.pool = bulkhead ? &upstream_ : &local_;
        const auto serve = [this, id = connection.id(), received] {
            auto output = site_.serve(*received);
            {
                const std::lock_guard lock(mutex_);
                completions_.push_back({id, std::move(output)});
            }
            wake();
        };
        if (const auto ticket = entry.pool->submit(serve, bulkhead.value_or(0))) {
            entry.ticket = *ticket;
        } else {
            tally(&ServerState::queueFull);
            connection.refuse({503, "Too many requests are waiting."}, *received, now_);
            base::wipe(received->request.body);
        }
    }

    // Its handler has nothing to say yet. Where too many wait, the one that does for the longest time is asked at
    // once, for the last time: connections are for others, too.
    void wait(Entry& entry, std::chrono::milliseconds pause) {
        if (!entry.registered) return close(entry.connection.id());  // the client has left meanwhile
        entry.connection.begun();
        entry.again = retiring_ ? now_ : now_ + pause;
        Entry* oldest = &entry;
        std::size_t waiting = 0;
        for (const auto& [id, other] : entries_) {
            if (!other->isWaiting() || other->lastTime) continue;
            ++waiting;
            if (other->since < oldest->since) oldest = other.get();
        }
        if (waiting > options_.maximumConnections / 8) {
            oldest->lastTime = true;
            oldest->again = now_;
        }
        nextScan_ = std::min({nextScan_, entry.again, oldest->again});
    }

    void askAgain(Entry& entry) {
        entry.again = Clock::time_point::max();
        entry.request->request.waited =
            entry.lastTime || retiring_
                ? Request::kNoLonger
                : std::chrono::duration_cast<std::chrono::milliseconds>(now_ - entry.since);
        enqueue(entry);
    }

    void takeCompletions() {
        std::vector<Completion> done;
        {
            const std::lock_guard lock(mutex_);
            done.swap(completions_);
        }
        for (auto& completion : done) {
            const auto found = entries_.find(completion.id);
            if (found == entries_.end()) continue;
            auto& entry = *found->second;
            if (completion.output.again.count() != 0) {
                wait(entry, completion.output.again);
                continue;
            }
            settle(entry,
                   entry.connection.answer(std::move(completion.output),
                                           retiring_ ? Persistence::Close : Persistence::KeepAlive, now_));
        }
    }

    void acceptAll() {
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
    void pauseAccepting() {
        tally(&ServerState::noDescriptor);
        if (!makeRoom()) control(EPOLL_CTL_MOD, listener_.fd.get(), 0, kListenerId);
        acceptAgain_ = now_ + kAcceptPause;
        nextScan_ = std::min(nextScan_, acceptAgain_);
    }

    bool makeRoom() {
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
    void close(std::uint64_t id) {
        const auto found = entries_.find(id);
        bodyBytes_ -= found->second->bodyBytes;
        entries_.erase(found);
    }

    // Milliseconds until the next deadline, rounded up, or -1 for none.
    int timeout() const {
        if (nextScan_ == Clock::time_point::max()) return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(nextScan_ - Clock::now()).count();
        return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
    }

    // All connections are looked at only when the earliest of their deadlines has come.
    void expire() {
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
    void stopListening() {
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

    void reportDrained() {
        if (listener_.fd) return;
        const bool busy = std::any_of(entries_.begin(), entries_.end(),
                                      [](const auto& item) { return item.second->connection.isBusy(); });
        if (busy) return;
        const std::lock_guard lock(mutex_);
        drained_ = true;
        drainedSignal_.notify_all();
    }

    const Site& site_;
    const ServerOptions options_;
    Listener listener_;
    base::UniqueDescriptor epoll_;
    base::UniqueDescriptor wake_;
    Clock::time_point now_ = Clock::now();
    Clock::time_point nextScan_ = Clock::time_point::max();
    Clock::time_point acceptAgain_ = Clock::time_point::max();
    Clock::time_point listenUntil_ = Clock::time_point::max();
    std::uint64_t nextId_ = kFirstConnectionId;
    std::unordered_map<std::uint64_t, std::unique_ptr<Entry>> entries_;
    std::size_t bodyBytes_ = 0;  // of all of them

    mutable std::mutex stateMutex_;  // guards the next one
    ServerState state_;

    std::atomic<bool> stopping_{false};
    std::atomic<bool> retiring_{false};
    std::atomic<bool> draining_{false};
    std::mutex mutex_;  // guards the next three
    std::vector<Completion> completions_;
    bool drained_ = false;
    std::condition_variable drainedSignal_;

    std::thread thread_;
    // Last, so that their tasks end while everything they touch is still there.
    WorkerPool local_{options_.localWorkers, options_.queueLimit};
    WorkerPool upstream_{options_.upstreamWorkers.threads, options_.queueLimit,
                         options_.upstreamWorkers.bulkheads};
};

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

}  // namespace smartca::http
