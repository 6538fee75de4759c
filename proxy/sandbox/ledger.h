// What was asked of the gateway, so that a test can count calls: GET /sandbox/ledger. Never holds a password.
//
// Threads: any. The oldest of more than 10 000 entries are forgotten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "proxy/sandbox/wire.h"

namespace smartca::sandbox {

inline constexpr std::size_t kRemembered = 10'000;

// ISO 8601, UTC, milliseconds.
std::string nowWithMilliseconds();

struct LedgerEntry {
    std::string path;
    std::string transactionId;
    std::string identity;
    std::string serial;
    std::string receivedAt;  // nowWithMilliseconds()
    int status = 0;          // what the gateway answered before any fault
    std::string fault;       // which fault the answer met; "none"
};

class Ledger {
  public:
    void add(LedgerEntry entry);
    void clear();
    // {"entries": [...], "total": n}; total counts forgotten ones too.
    Json entries() const;
    // Requests by path.
    Json counters() const;

  private:
    mutable std::mutex mutex_;
    std::deque<LedgerEntry> entries_;
    std::uint64_t total_ = 0;
    std::map<std::string, std::uint64_t> byPath_;
};

}  // namespace smartca::sandbox
