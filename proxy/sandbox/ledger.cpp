#include "proxy/sandbox/ledger.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "shared/calendar.h"

namespace smartca::sandbox {

std::string nowWithMilliseconds() {
    using namespace std::chrono;
    const auto now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    std::string text = isoOf(now / 1000);
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03d", static_cast<int>(now % 1000));
    return text.insert(text.size() - 1, fraction.data());
}

void Ledger::add(LedgerEntry entry) {
    const std::lock_guard lock(mutex_);
    ++total_;
    ++byPath_[entry.path];
    entries_.push_back(std::move(entry));
    if (entries_.size() > kRemembered) entries_.pop_front();
}

void Ledger::clear() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
    byPath_.clear();
    total_ = 0;
}

Json Ledger::entries() const {
    const std::lock_guard lock(mutex_);
    Json list = Json::array();
    for (const LedgerEntry& entry : entries_) {
        list.push_back({{"path", entry.path},
                        {"transaction_id", entry.transactionId},
                        {"user_id", entry.identity},
                        {"serial_number", entry.serial},
                        {"received_at", entry.receivedAt},
                        {"status_code", entry.status},
                        {"fault", entry.fault}});
    }
    return {{"entries", std::move(list)}, {"total", total_}};
}

Json Ledger::counters() const {
    const std::lock_guard lock(mutex_);
    return byPath_;
}

}  // namespace smartca::sandbox
