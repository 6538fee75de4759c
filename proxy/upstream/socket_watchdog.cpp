#include "proxy/upstream/socket_watchdog.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace smartca::upstream {
namespace {

// A client that tries several addresses makes a new socket for each; those of an expired call are cut as they
// come.
constexpr std::chrono::milliseconds kCutAgain{20};

}  // namespace

SocketWatchdog::SocketWatchdog() : thread_([this] { run(); }) {}

SocketWatchdog::~SocketWatchdog() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void SocketWatchdog::adopt(WatchedSocket& socket, int descriptor) {
    const std::lock_guard lock(mutex_);
    socket.duplicate_ = base::UniqueDescriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
}

bool SocketWatchdog::wasCut(const WatchedSocket& socket) const {
    const std::lock_guard lock(mutex_);
    return socket.cut_;
}

SocketWatchdog::Watch SocketWatchdog::watch(WatchedSocket& socket, TimePoint deadline) {
    bool isSooner = false;
    {
        const std::lock_guard lock(mutex_);
        socket.cut_ = false;
        watched_.emplace(deadline, &socket);
        isSooner = deadline < wakesAt_;
    }
    if (isSooner) changed_.notify_one();
    return {*this, socket};
}

void SocketWatchdog::forget(WatchedSocket& socket) {
    const std::lock_guard lock(mutex_);
    std::erase_if(watched_, [&](const auto& entry) { return entry.second == &socket; });
}

void SocketWatchdog::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (watched_.empty()) {
            wakesAt_ = TimePoint::max();
            changed_.wait(lock);
            continue;
        }
        const auto first = watched_.begin();
        if (std::chrono::steady_clock::now() < first->first) {
            wakesAt_ = first->first;
            changed_.wait_until(lock, TimePoint(wakesAt_));
            continue;
        }
        WatchedSocket* socket = first->second;
        watched_.erase(first);
        socket->cut_ = true;
        if (socket->duplicate_) ::shutdown(socket->duplicate_.get(), SHUT_RDWR);
        watched_.emplace(std::chrono::steady_clock::now() + kCutAgain, socket);
    }
}

}  // namespace smartca::upstream
