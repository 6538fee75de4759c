// While this lives, writing to a connection that the other side closed is an error on this thread, not the
// signal SIGPIPE, which would end the process: neither OpenSSL nor cpp-httplib 0.41 writes with MSG_NOSIGNAL.
#pragma once

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace smartca::upstream {

class SigpipeBlocked {
  public:
    SigpipeBlocked() {
        sigemptyset(&sigpipe_);
        sigaddset(&sigpipe_, SIGPIPE);
        pendingBefore_ = isPending();
        pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
    }
    ~SigpipeBlocked() {
        const std::timespec now{};
        if (!pendingBefore_ && isPending()) sigtimedwait(&sigpipe_, nullptr, &now);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    SigpipeBlocked(const SigpipeBlocked&) = delete;
    SigpipeBlocked& operator=(const SigpipeBlocked&) = delete;

  private:
    static bool isPending() {
        sigset_t pending;
        sigemptyset(&pending);
        sigpending(&pending);
        return sigismember(&pending, SIGPIPE) == 1;
    }

    sigset_t sigpipe_{};
    sigset_t before_{};
    bool pendingBefore_ = false;
};

}  // namespace smartca::upstream
