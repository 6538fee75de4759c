#include "proxy/upstream/connecting.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

namespace smartca::upstream {
namespace {

using Clock = std::chrono::steady_clock;

// RFC 8305 §5: how long one address has before the next is tried beside it.
constexpr std::chrono::milliseconds kHeadStart{250};

int millisecondsUntil(Deadline deadline) {
    constexpr std::chrono::milliseconds kLongest{3'600'000};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), kLongest).count());
}

// The attempts that are under way.
class Race {
  public:
    // Zero, or why the address cannot be tried; EINPROGRESS while it is.
    int begin(const Address& address) {
        base::UniqueDescriptor socket(
            ::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!socket) return errno;
        const int on = 1;  // head and body are written apart
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const auto* bytes = reinterpret_cast<const sockaddr*>(&address.bytes);
        const int error = ::connect(socket.get(), bytes, address.size) == 0 ? 0 : errno;
        if (error == 0)
            winner_ = std::move(socket);
        else if (error == EINPROGRESS)
            attempts_.push_back(std::move(socket));
        return error;
    }
    // Waits for one of them to end; the error of one that failed, or zero.
    int wait(Deadline until) {
        std::vector<pollfd> waited;
        waited.reserve(attempts_.size());
        for (const auto& attempt : attempts_)
            waited.push_back({attempt.get(), POLLOUT, 0});
        if (::poll(waited.data(), waited.size(), millisecondsUntil(until)) <= 0) return 0;
        const auto ready = std::ranges::find_if(waited, [](const pollfd& one) { return one.revents != 0; });
        const auto attempt = attempts_.begin() + (ready - waited.begin());
        int error = 0;
        socklen_t size = sizeof error;
        if (::getsockopt(attempt->get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
        if (error == 0) winner_ = std::move(*attempt);
        attempts_.erase(attempt);
        return error;
    }
    bool isEmpty() const { return attempts_.empty(); }
    bool isWon() const { return static_cast<bool>(winner_); }
    base::UniqueDescriptor takeWinner() { return std::move(winner_); }

  private:
    std::vector<base::UniqueDescriptor> attempts_;
    base::UniqueDescriptor winner_;
};

}  // namespace

bool waitFor(int descriptor, short events, Deadline deadline) {
    for (;;) {
        pollfd waited{descriptor, events, 0};
        const int ready = ::poll(&waited, 1, millisecondsUntil(deadline));
        // An error shows in whatever is done next.
        if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
        if (Clock::now() >= deadline) return false;
    }
}

std::vector<Address> addressesOf(const std::string& host, int port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) return {};
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    std::vector<Address> addresses;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        Address address;
        address.size = one->ai_addrlen;
        std::memcpy(&address.bytes, one->ai_addr,
                    std::min<std::size_t>(one->ai_addrlen, sizeof address.bytes));
        addresses.push_back(address);
    }
    return addresses;
}

Result<base::UniqueDescriptor, HttpError> connectToOne(const std::vector<Address>& addresses,
                                                       Deadline deadline) {
    Race race;
    std::string failures;
    auto next = addresses.begin();
    Deadline nextAt = Clock::now();
    while (!race.isWon() && (next != addresses.end() || !race.isEmpty())) {
        const auto now = Clock::now();
        if (now >= deadline) return HttpError{HttpFault::Timeout, Sent::No, "no connection in time"};
        int error = 0;
        if (next != addresses.end() && now >= nextAt) {
            error = race.begin(*next++);
            if (error == EINPROGRESS) error = 0;
            nextAt = now + kHeadStart;
        } else {
            error = race.wait(next != addresses.end() ? std::min(nextAt, deadline) : deadline);
        }
        if (error == 0) continue;
        failures += (failures.empty() ? "" : ", ") + std::generic_category().message(error);
        nextAt = now;
    }
    if (race.isWon()) return race.takeWinner();
    return HttpError{HttpFault::Unreachable, Sent::No,
                     "no connection: " + (failures.empty() ? "the host's name is not known" : failures)};
}

}  // namespace smartca::upstream
