// What becomes of requests: who works on them, who waits, who is refused.
#include <sys/epoll.h>

#include <algorithm>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/http/server_loop.h"

namespace smartca::http {

// Nothing is read meanwhile. The request of a client that has left is withdrawn, unless a worker has
// begun it. A peer that only closed its sending side (RFC 9112 section 9.6) counts as one that left.
void Server::Loop::onEventWhileWorking(Entry& entry, std::uint32_t events) {
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
bool Server::Loop::withdraw(Entry& entry) {
    if (!entry.pool->withdraw(entry.ticket)) return false;
    base::wipe(entry.request->request.body);
    return true;
}

void Server::Loop::giveUpWaiting(Entry& entry) {
    if (withdraw(entry)) {
        tally(&ServerState::queueLate);
        entry.connection.refuse({503, "No worker was free in time."}, *entry.request, now_);
    } else {
        entry.connection.begun();
    }
}

// After anything happened to a connection: hand on its request, forget it, or wait for what it needs
// next.
void Server::Loop::settle(Entry& entry, bool ready) {
    count(entry);
    while (bodyBytes_ > options_.bodyBytes && refuseSlowestBody(entry)) {
    }
    if (ready && entry.connection.phase() == Connection::Phase::Body) submit(entry);
    proceed(entry);
}

void Server::Loop::count(Entry& entry) {
    const auto held = entry.connection.bodyBytes();
    bodyBytes_ = bodyBytes_ - entry.bodyBytes + held;
    entry.bodyBytes = held;
}

// The body that has made no haste for the longest time gives way to the others; those that workers have stay.
// False: there is none.
bool Server::Loop::refuseSlowestBody(const Entry& current) {
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

void Server::Loop::proceed(Entry& entry) {
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

void Server::Loop::submit(Entry& entry) {
    auto& connection = entry.connection;
    entry.request = std::make_shared<Admission>(connection.takeRequest(now_));
    entry.since = now_;
    entry.lastTime = false;
    enqueue(entry);
}

void Server::Loop::enqueue(Entry& entry) {
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
void Server::Loop::wait(Entry& entry, std::chrono::milliseconds pause) {
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

void Server::Loop::askAgain(Entry& entry) {
    entry.again = Clock::time_point::max();
    entry.request->request.waited =
        entry.lastTime || retiring_
            ? Request::kNoLonger
            : std::chrono::duration_cast<std::chrono::milliseconds>(now_ - entry.since);
    enqueue(entry);
}

void Server::Loop::takeCompletions() {
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
        settle(entry, entry.connection.answer(std::move(completion.output),
                                              retiring_ ? Persistence::Close : Persistence::KeepAlive, now_));
    }
}

}  // namespace smartca::http
