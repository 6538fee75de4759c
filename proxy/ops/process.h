// The process itself: what it must not leave behind, and the signals that stop it.
#pragma once

#include <chrono>

namespace smartca::ops {

// No core dumps, no memory readable by others of the same user, and a heap that does not spread over an arena
// a thread and gives large blocks back. Call first of all.
void hardenProcess();

// Gives memory that starting needed, and serving does not, back to the system.
void releaseSpareMemory();

// TERM, INT and HUP as values instead of interruptions: no code of ours ever runs in a signal handler.
// Construct before any thread is started; threads inherit the blocked signals. SIGPIPE is ignored.
class Signals {
  public:
    Signals();
    enum class Event : unsigned char { None, Stop, Reload };
    // The next signal, waiting at most that long.
    Event wait(std::chrono::milliseconds limit);
};

}  // namespace smartca::ops
