#include "proxy/ops/process.h"

#include <linux/capability.h>
#include <malloc.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>

#include "proxy/base/unique_descriptor.h"

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

bool mayLockBeyondLimit() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
    return ::syscall(SYS_capget, &header, data.data()) == 0 &&
           (data[0].effective & CAP_TO_MASK(CAP_IPC_LOCK)) != 0;
}

}  // namespace

void hardenProcess() {
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(SIGPIPE, SIG_IGN);
    ::mallopt(M_ARENA_MAX, 2);
    // By itself glibc raises the first with each large block that is freed: bodies would come to lie on the heap, and
    // what one piece above them holds stays the process's for good. What is trimmed less than this is wanted again at
    // the next request.
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    ::mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

Memory lockMemory() {
    rlimit limit{};
    const bool isUnlimited = ::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
    const bool mayLock = isUnlimited || mayLockBeyondLimit();
    const bool isLocked = mayLock && ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    return isLocked ? Memory::Locked : Memory::MayBeSwapped;
}

void releaseSpareMemory() {
    ::malloc_trim(0);
}

void tellServiceManager(std::string_view state) {
    const char* const variable = std::getenv("NOTIFY_SOCKET");
    const std::string_view path = variable == nullptr ? "" : variable;
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    if (path.empty() || path.size() >= sizeof address.sun_path) return;
    std::ranges::copy(path, address.sun_path);
    if (path.front() == '@') address.sun_path[0] = '\0';  // an abstract one
    const base::UniqueDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address),
             static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size()));
}

Signals::Signals() {
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
