#include "proxy/http/connection.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "proxy/base/crypto.h"

namespace smartca::http {
namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr std::size_t kDiscardLimit = 8 * 1024 * 1024;

enum class ReadOutcome : std::uint8_t { Bytes, Nothing, End };

ReadOutcome receive(int fd, char* into, std::size_t size, std::size_t& count) {
    ssize_t got;
    do {
        got = ::recv(fd, into, size, 0);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        count = static_cast<std::size_t>(got);
        return ReadOutcome::Bytes;
    }
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? ReadOutcome::Nothing : ReadOutcome::End;
}

}  // namespace

Connection::Connection(base::UniqueDescriptor fd, std::uint64_t id, const Deadlines& deadlines,
                       Clock::time_point now, std::string peer)
    : fd_(std::move(fd)),
      id_(id),
      peer_(std::move(peer)),
      deadlines_(deadlines),
      since_(now),
      deadline_(now + deadlines.head) {}

Connection::~Connection() {
    base::wipe(received_);
    base::wipe(body_);
}

void Connection::enter(Phase phase, std::chrono::milliseconds limit, Clock::time_point now) {
    phase_ = phase;
    since_ = now;
    deadline_ = now + limit;
}

std::uint32_t Connection::interest() const {
    switch (phase_) {
        case Phase::Idle:
        case Phase::Head:
        case Phase::Body:
        case Phase::Lingering:
            return EPOLLIN;
        case Phase::Writing:
            return EPOLLOUT;
        case Phase::Working:
        case Phase::Closed:
            break;
    }
    return 0;
}

bool Connection::isBusy() const {
    return phase_ == Phase::Body || phase_ == Phase::Working || phase_ == Phase::Writing ||
           (phase_ == Phase::Head && !received_.empty());
}

bool Connection::onReadable(Service& service, Clock::time_point now) {
    if (phase_ == Phase::Lingering) {
        discard();
        return false;
    }
    if (phase_ == Phase::Body) return readBody();
    if (phase_ != Phase::Idle && phase_ != Phase::Head) return false;

    // Never more than a head's bound is held: what follows a head is read when its request is being read.
    const std::size_t before = received_.size();
    const std::size_t room = kMaximumHeadBytes + 1 - std::min(before, kMaximumHeadBytes + 1);
    std::array<char, kReadBytes> bytes;
    std::size_t count = 0;
    switch (receive(fd_.get(), bytes.data(), std::min(room, bytes.size()), count)) {
        case ReadOutcome::Nothing:
            return false;
        case ReadOutcome::End:
            phase_ = Phase::Closed;
            return false;
        case ReadOutcome::Bytes:
            break;
    }
    received_.append(bytes.data(), count);
    if (phase_ == Phase::Idle) enter(Phase::Head, deadlines_.head, now);
    return advance(service, now);
}

// Reads a head from what has been received, if it is all there.
bool Connection::advance(Service& service, Clock::time_point now) {
    const auto scan = scanHead(received_, scanned_);
    scanned_ = received_.size();
    if (scan.fault) {
        refuse(service, *scan.fault, nullptr, now);
        return false;
    }
    if (!scan.end) return false;
    auto head = parseHead(std::string_view(received_).substr(0, *scan.end));
    if (!head) {
        refuse(service, head.error(), nullptr, now);
        return false;
    }
    head_ = std::move(head).value();
    head_.peer = peer_;
    return beginBody(service, *scan.end, now);
}

bool Connection::beginBody(Service& service, std::size_t headEnd, Clock::time_point now) {
    const auto admission = service.admit(head_);
    if (admission.refusal) {
        refuse(service, *admission.refusal, &head_, now);
        return false;
    }
    if (head_.contentLength > admission.bodyLimit) {
        refuse(service, {413, "The body is larger than this resource accepts."}, &head_, now);
        return false;
    }
    lane_ = admission.lane;
    // All of its room at once: a string that grows leaves copies of secrets behind on the heap.
    body_.reserve(head_.contentLength);
    const std::size_t there = std::min(received_.size() - headEnd, head_.contentLength);
    body_.assign(received_, headEnd, there);
    std::string rest = received_.substr(headEnd + there);
    base::wipe(received_);
    received_ = std::move(rest);
    scanned_ = 0;
    enter(Phase::Body, deadlines_.body + std::chrono::seconds(head_.contentLength / deadlines_.bodyRate),
          now);
    if (body_.size() == head_.contentLength) return complete_ = true;
    if (head_.expectsContinue) {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        // A socket that has no room for 25 bytes before its first answer is not worth waiting for.
        if (::send(fd_.get(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(kContinue.size()))
            phase_ = Phase::Closed;
    }
    return false;
}

bool Connection::readBody() {
    while (body_.size() < head_.contentLength) {
        std::array<char, kReadBytes> bytes;
        std::size_t count = 0;
        const std::size_t wanted = std::min(bytes.size(), head_.contentLength - body_.size());
        switch (receive(fd_.get(), bytes.data(), wanted, count)) {
            case ReadOutcome::Nothing:
                return false;
            case ReadOutcome::End:
                phase_ = Phase::Closed;
                return false;
            case ReadOutcome::Bytes:
                body_.append(bytes.data(), count);
        }
    }
    return complete_ = true;
}

Connection::Received Connection::takeRequest(Clock::time_point now) {
    enter(Phase::Working, deadlines_.queue, now);
    complete_ = false;
    const auto after = head_.keepAlive && !retiring_ ? After::KeepOpen : After::Close;
    return {std::move(head_), std::move(body_), lane_, after};
}

bool Connection::answer(Output output, After after, Service& service, Clock::time_point now) {
    output_ = std::move(output);
    written_ = 0;
    after_ = after;
    enter(Phase::Writing, deadlines_.write, now);
    return flush(service, now);
}

void Connection::refuse(Service& service, const HeadFault& fault, const RequestHead* head,
                        Clock::time_point now) {
    answer(service.refuse(fault, head, After::Close), After::Close, service, now);
}

bool Connection::onWritable(Service& service, Clock::time_point now) {
    return phase_ == Phase::Writing && flush(service, now);
}

bool Connection::flush(Service& service, Clock::time_point now) {
    const std::string_view head = output_.head;
    const std::string_view body = output_.body ? std::string_view(*output_.body) : std::string_view();
    while (written_ < head.size() + body.size()) {
        std::array<iovec, 2> parts{};
        std::size_t count = 0;
        const auto add = [&](std::string_view part) {
            if (!part.empty()) parts[count++] = {const_cast<char*>(part.data()), part.size()};
        };
        add(head.substr(std::min(written_, head.size())));
        add(body.substr(written_ > head.size() ? written_ - head.size() : 0));
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t sent = ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
        if (sent < 0) {
            phase_ = Phase::Closed;
            return false;
        }
        written_ += static_cast<std::size_t>(sent);
    }
    output_ = {};
    if (after_ == After::Close || retiring_) {
        ::shutdown(fd_.get(), SHUT_WR);
        enter(Phase::Lingering, deadlines_.linger, now);
        return false;
    }
    if (received_.empty()) {
        enter(Phase::Idle, deadlines_.idle, now);
        return false;
    }
    enter(Phase::Head, deadlines_.head, now);
    return advance(service, now);
}

void Connection::discard() {
    std::array<char, kReadBytes> bytes;
    std::size_t count = 0;
    for (int round = 0; round < 16; ++round) {  // then it is somebody else's turn
        const auto outcome = receive(fd_.get(), bytes.data(), bytes.size(), count);
        if (outcome == ReadOutcome::Nothing) return;
        if (outcome == ReadOutcome::Bytes) discarded_ += count;
        if (outcome == ReadOutcome::End || discarded_ > kDiscardLimit) {
            phase_ = Phase::Closed;
            return;
        }
    }
}

void Connection::onDeadline(Service& service, Clock::time_point now) {
    if (!isBusy() || phase_ == Phase::Writing) {
        phase_ = Phase::Closed;
        return;
    }
    refuse(service, {408, "The request did not arrive in time."}, phase_ == Phase::Body ? &head_ : nullptr,
           now);
}

void Connection::retire() {
    retiring_ = true;
    if (!isBusy() && phase_ != Phase::Lingering) phase_ = Phase::Closed;
}

}  // namespace smartca::http
