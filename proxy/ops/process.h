// The process itself: what it must not leave behind, and the signals that stop it.
#pragma once

#include <chrono>
#include <string_view>

namespace smartca::ops {

// No core dumps, no memory readable by others of the same user, and a heap that does not spread over an arena
// a thread and gives large blocks back. What is written to nobody is an error, not SIGPIPE. Call first of all.
void hardenProcess();

// Keeps what is in memory, whichever buffer a secret is in, from being written to swap. Only where all of it may be locked
// (RLIMIT_MEMLOCK is unlimited, or does not count by CAP_IPC_LOCK): beneath a limit a later allocation would fail. Memory that
// is mapped and not used takes up none by it.
enum class Memory : unsigned char { Locked, MayBeSwapped };
Memory lockMemory();

// Gives memory that starting needed, and serving does not, back to the system.
void releaseSpareMemory();

// Tells systemd, or whoever else set $NOTIFY_SOCKET, as sd_notify(3) does: "READY=1", "STOPPING=1", "WATCHDOG=1".
// Without the variable nobody wants to know. A message that cannot be sent is not sent again: the watchdog sees to it.
void tellServiceManager(std::string_view state);

// TERM, INT and HUP as values instead of interruptions: no code of ours ever runs in a signal handler.
// Construct before any thread is started; threads inherit the blocked signals.
class Signals {
  public:
    Signals();
    enum class Event : unsigned char { None, Stop, Reload };
    // The next signal, waiting at most that long.
    Event wait(std::chrono::milliseconds limit);
};

}  // namespace smartca::ops
