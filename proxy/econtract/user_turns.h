// One change at a time for each user: an add tells what it added by comparing the lists before and after, and
// two at once would each take the other's for its own.
//
//   const UserTurns::Turn turn(turns, id, deadline);
//   if (!turn) …   // others took too long
//
// Threads: any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

#include "shared/draft.h"

namespace smartca::econtract {

class UserTurns {
  public:
    class Turn {
      public:
        // Waits until nobody else has that user's turn, or until the deadline.
        Turn(UserTurns& turns, UserId id, std::chrono::steady_clock::time_point deadline)
            : turns_(turns), id_(id), has_(turns.take(id, deadline)) {}
        ~Turn() {
            if (has_) turns_.giveBack(id_);
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        explicit operator bool() const { return has_; }

      private:
        UserTurns& turns_;
        const UserId id_;
        const bool has_;
    };

  private:
    bool take(UserId id, std::chrono::steady_clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_until(lock, deadline, [&] { return !taken_.contains(id); })) return false;
        taken_.insert(id);
        return true;
    }
    void giveBack(UserId id) {
        {
            const std::lock_guard lock(mutex_);
            taken_.erase(id);
        }
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<UserId> taken_;
};

}  // namespace smartca::econtract
