// A state machine: the phases of a connection, and what moves it from one to the next.
#include "proxy/http/connection.h"

#include <openssl/crypto.h>
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

// How many bytes have come: 0 when the other side has ended or is gone, nothing when there are none yet.
std::optional<std::size_t> receive(int fd, char* into, std::size_t size) {
    ssize_t got;
    do {
        got = ::recv(fd, into, size, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
    return static_cast<std::size_t>(std::max<ssize_t>(got, 0));
}

// On the stack, where passwords would stay until something else comes to lie there.
struct ReceiveBuffer : std::array<char, kReadBytes> {
    ReceiveBuffer() = default;
    ~ReceiveBuffer() { OPENSSL_cleanse(data(), size()); }
    ReceiveBuffer(const ReceiveBuffer&) = delete;
    ReceiveBuffer& operator=(const ReceiveBuffer&) = delete;
};

}  // namespace

Connection::Connection(base::UniqueDescriptor fd, std::uint64_t id, std::string peer, const Site& site,
                       const Deadlines& deadlines, Clock::time_point now)
    : fd_(std::move(fd)),
      id_(id),
      peer_(std::move(peer)),
      site_(site),
      deadlines_(deadlines),
      since_(now),
      deadline_(now + deadlines.head) {}

Connection::~Connection() {
    base::wipe(received_);
    base::wipe(admission_.request.body);
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

std::size_t Connection::bodyBytes() const {
    if (phase_ == Phase::Body) return admission_.request.body.size();
    return phase_ == Phase::Working ? worked_ : 0;
}

Connection::Rank Connection::rank(Clock::time_point now) const {
    constexpr auto kSlow = std::chrono::seconds(1);
    constexpr auto kLong = std::chrono::seconds(10);
    const auto age = now - since_;
    switch (phase_) {
        case Phase::Lingering:
        case Phase::Closed:
            return Rank::Ended;
        case Phase::Idle:
            return age > kLong ? Rank::LongIdle : Rank::InUse;
        case Phase::Head:
        case Phase::Body:
        case Phase::Writing:
            return age > kSlow ? Rank::Slow : Rank::Unknown;
        case Phase::Working:
            break;
    }
    return Rank::Working;
}

bool Connection::isBusy() const {
    return phase_ == Phase::Head || phase_ == Phase::Body || phase_ == Phase::Working ||
           phase_ == Phase::Writing;
}

bool Connection::onReadable(Clock::time_point now) {
    if (phase_ == Phase::Lingering) {
        discard();
        return false;
    }
    if (phase_ == Phase::Body) return readBody(now);
    if (phase_ != Phase::Idle && phase_ != Phase::Head) return false;

    // Never more than a head's bound is held: what follows a head is read when its request is being read.
    const std::size_t before = received_.size();
    const std::size_t room = kMaximumHeadBytes + 1 - std::min(before, kMaximumHeadBytes + 1);
    ReceiveBuffer bytes;
    const auto count = receive(fd_.get(), bytes.data(), std::min(room, bytes.size()));
    if (count == 0) phase_ = Phase::Closed;
    if (count.value_or(0) == 0) return false;
    received_.append(bytes.data(), *count);
    if (phase_ == Phase::Idle) enter(Phase::Head, deadlines_.head, now);
    return advance(now);
}

// Reads a head from what has been received, if it is all there.
bool Connection::advance(Clock::time_point now) {
    const auto scan = scanHead(received_, scanned_);
    scanned_ = received_.size();
    if (scan.refusal) {
        refuse(*scan.refusal, {}, now);
        return false;
    }
    if (!scan.end) return false;
    auto head = parseHead(std::string_view(received_).substr(0, *scan.end));
    if (!head) {
        refuse(head.error(), {}, now);
        return false;
    }
    head.value().peer = peer_;
    admission_ = site_.admit(std::move(head).value());
    if (admission_.refusal) {
        refuse(Refusal(*admission_.refusal), now);
        return false;
    }
    return beginBody(*scan.end, now);
}

bool Connection::beginBody(std::size_t headEnd, Clock::time_point now) {
    const auto& head = admission_.request.head;
    base::WipedString received(std::move(received_));
    received_.clear();
    scanned_ = 0;
    chunks_ = {};
    enter(Phase::Body, deadlines_.body, now);
    if (takeBody(std::string_view(received.value()).substr(headEnd), now)) return true;
    if (phase_ == Phase::Body && head.expectsContinue) {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        // A socket that has no room for 25 bytes before its first answer is not worth waiting for.
        if (::send(fd_.get(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(kContinue.size()))
            phase_ = Phase::Closed;
    }
    return false;
}

// Takes what belongs to the body; what follows it is the next request's. True when the body is whole.
bool Connection::takeBody(std::string_view bytes, Clock::time_point now) {
    const auto& head = admission_.request.head;
    auto& body = admission_.request.body;
    if (!head.isChunked) {
        const auto piece = bytes.substr(0, head.contentLength - body.size());
        // All of its room at once, for those who have sent something.
        if (body.size() > kReadBytes) body.reserve(head.contentLength);
        body.append(piece);
        received_ = bytes.substr(piece.size());
        return body.size() == head.contentLength;
    }
    switch (chunks_.take(bytes, body, admission_.route->options.bodyLimit)) {
        case ChunkReader::State::Incomplete:
            return false;
        case ChunkReader::State::Complete:
            received_ = bytes;
            return true;
        case ChunkReader::State::Malformed:
            refuse({400, "The chunks of the body cannot be read."}, now);
            return false;
        case ChunkReader::State::TooLarge:
            refuse({413, "The body is larger than this resource accepts."}, now);
            return false;
    }
    return false;
}

bool Connection::readBody(Clock::time_point now) {
    ReceiveBuffer bytes;
    bool whole = false;
    while (!whole && phase_ == Phase::Body) {
        const auto count = receive(fd_.get(), bytes.data(), bytes.size());
        if (count == 0) phase_ = Phase::Closed;
        if (count.value_or(0) == 0) break;
        // Who sends at the least rate has the whole limit again; who drips gains nothing by it.
        const auto earned = std::chrono::milliseconds(*count * 1000 / deadlines_.bodyRate);
        deadline_ = std::min(deadline_ + earned, now + deadlines_.body);
        whole = takeBody({bytes.data(), *count}, now);
    }
    return whole;
}

Admission Connection::takeRequest(Clock::time_point now) {
    enter(Phase::Working, deadlines_.queue, now);
    keepAlive_ = admission_.request.head.keepAlive;
    worked_ = admission_.request.body.size();
    admission_.request.arrived = now;
    return std::exchange(admission_, {});
}

bool Connection::answer(Output output, Persistence persistence, Clock::time_point now) {
    if (persistence == Persistence::Close) keepAlive_ = false;
    output_ = std::move(output);
    output_.head += keepAlive_ ? "\r\n" : "Connection: close\r\n\r\n";
    written_ = 0;
    enter(Phase::Writing, deadlines_.write, now);
    return flush(now);
}

void Connection::refuse(const Refusal& refusal, Clock::time_point now) {
    auto refused = std::exchange(admission_, {});  // its body's memory goes with it
    refuse(refusal, refused, now);
    base::wipe(refused.request.body);
}

void Connection::refuse(const Refusal& refusal, const Admission& admission, Clock::time_point now) {
    answer(site_.refuse(refusal, admission), Persistence::Close, now);
}

bool Connection::onWritable(Clock::time_point now) {
    return phase_ == Phase::Writing && flush(now);
}

bool Connection::flush(Clock::time_point now) {
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
    if (!keepAlive_) {
        ::shutdown(fd_.get(), SHUT_WR);
        enter(Phase::Lingering, deadlines_.linger, now);
        return false;
    }
    if (received_.empty()) {
        enter(Phase::Idle, deadlines_.idle, now);
        return false;
    }
    enter(Phase::Head, deadlines_.head, now);
    return advance(now);
}

void Connection::discard() {
    ReceiveBuffer bytes;
    for (int round = 0; round < 16; ++round) {  // then it is the turn of other connections
        const auto count = receive(fd_.get(), bytes.data(), bytes.size());
        if (!count) return;
        discarded_ += *count;
        if (count == 0 || discarded_ > kDiscardLimit) {
            phase_ = Phase::Closed;
            return;
        }
    }
}

void Connection::onDeadline(Clock::time_point now) {
    const bool isBegun = phase_ == Phase::Body || (phase_ == Phase::Head && !received_.empty());
    if (!isBegun) {
        phase_ = Phase::Closed;
        return;
    }
    refuse({408, "The request did not arrive in time."}, now);
}

void Connection::retire(Clock::time_point now) {
    keepAlive_ = false;
    if (phase_ == Phase::Idle) phase_ = Phase::Closed;
    // It may have been made a moment ago: what its client wants is on its way.
    if (phase_ == Phase::Head && received_.empty())
        deadline_ = std::min(deadline_, now + deadlines_.firstWord);
}

}  // namespace smartca::http
