// Cuts a socket when its time is up, whatever the code that uses it is waiting for. Timeouts of single reads
// are not enough: a peer that sends a byte now and then, in the TLS handshake for one, satisfies each of them
// forever.
//
//   WatchedSocket socket;                                   // lives as long as the connection
//   watchdog.adopt(socket, descriptor);                     // when one was created
//   { auto watch = watchdog.watch(socket, deadline); … }    // while a call runs
//   if (watchdog.wasCut(socket)) …                          // its error is a timeout
//
// Threads: any; a thread of its own does the cutting.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "proxy/base/unique_descriptor.h"

namespace smartca::upstream {

// A second descriptor of the same socket: unlike the first, its number cannot meanwhile belong to another
// socket.
class WatchedSocket {
  public:
    WatchedSocket() = default;
    WatchedSocket(const WatchedSocket&) = delete;
    WatchedSocket& operator=(const WatchedSocket&) = delete;

  private:
    friend class SocketWatchdog;

    base::UniqueDescriptor duplicate_;
    bool cut_ = false;
};

class SocketWatchdog {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    SocketWatchdog();
    ~SocketWatchdog();
    SocketWatchdog(const SocketWatchdog&) = delete;
    SocketWatchdog& operator=(const SocketWatchdog&) = delete;

    // From now on `socket` stands for this descriptor. Its owner keeps it and closes it.
    void adopt(WatchedSocket& socket, int descriptor);
    bool wasCut(const WatchedSocket& socket) const;

    class Watch {
      public:
        Watch(SocketWatchdog& watchdog, WatchedSocket& socket) : watchdog_(watchdog), socket_(socket) {}
        ~Watch() { watchdog_.forget(socket_); }
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

      private:
        SocketWatchdog& watchdog_;
        WatchedSocket& socket_;
    };
    [[nodiscard]] Watch watch(WatchedSocket& socket, TimePoint deadline);

  private:
    void run();
    void forget(WatchedSocket& socket);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<TimePoint, WatchedSocket*> watched_;
    TimePoint wakesAt_ = TimePoint::max();  // the thread, by itself: it is not woken for what is due later
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace smartca::upstream
