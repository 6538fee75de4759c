#include "proxy/ops/process.h"

#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace smartca::ops {
namespace {

sigset_t watched() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

}  // namespace

void hardenProcess() {
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::mallopt(M_ARENA_MAX, 2);
}

void releaseSpareMemory() {
    ::malloc_trim(0);
}

Signals::Signals() {
    ::signal(SIGPIPE, SIG_IGN);
    const auto set = watched();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Signals::Event Signals::wait(std::chrono::milliseconds limit) {
    const auto set = watched();
    const timespec time{limit.count() / 1000, (limit.count() % 1000) * 1'000'000};
    switch (::sigtimedwait(&set, nullptr, &time)) {
        case SIGTERM:
        case SIGINT:
            return Event::Stop;
        case SIGHUP:
            return Event::Reload;
        default:
            return Event::None;
    }
}

}  // namespace smartca::ops
