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
    // By itself glibc raises the first with each large block that is freed: bodies would come to lie on the heap, and
    // what one piece above them holds stays the process's for good. What is trimmed less than this is wanted again at
    // the next request.
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    ::mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
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
