#include "proxy/econtract/session.h"

#include <algorithm>
#include <utility>

namespace smartca::econtract {
namespace {

// While the old token still serves, a failed renewal is not tried again with every request.
constexpr std::chrono::seconds kPauseAfterFailure{5};

// How long before its end a token is replaced: a tenth of its life, at most a minute.
std::chrono::seconds marginOf(std::chrono::seconds life) {
    return std::min(std::chrono::seconds(60), life / 10);
}

}  // namespace

Session::Session(LogIn logIn, Clock clock) : logIn_(std::move(logIn)), clock_(std::move(clock)) {}

base::Outcome<Session::Ticket> Session::ticket(TimePoint deadline) {
    std::unique_lock lock(mutex_);
    if (usable() && (clock_() < renewAt_ || loggingIn_)) return Ticket{token_, number_};
    if (!loggingIn_) return renew(lock, deadline);
    const auto flight = flights_;
    if (!changed_.wait_until(lock, deadline, [&] { return flights_ != flight; }))
        return base::Fault{ProblemCode::Unavailable, {}, "another request's log-in takes too long"};
    if (usable()) return Ticket{token_, number_};
    return failure_.value_or(base::Fault{ProblemCode::Unavailable, {}, "the new token was refused at once"});
}

base::Outcome<Session::Ticket> Session::renew(std::unique_lock<std::mutex>& lock, TimePoint deadline) {
    loggingIn_ = true;
    const TimePoint begun = clock_();
    lock.unlock();
    auto made = logIn_(deadline);
    lock.lock();
    loggingIn_ = false;
    ++flights_;
    failure_ = made ? std::nullopt : std::optional(made.error());
    if (made) {
        const auto life = made.value().life;
        token_ = std::move(made).value().text;
        ++number_;
        endsAt_ = begun + life;
        renewAt_ = endsAt_ - marginOf(life);
    } else {
        renewAt_ = clock_() + kPauseAfterFailure;
    }
    changed_.notify_all();
    // The old token serves until its end where a new one cannot be had.
    if (usable()) return Ticket{token_, number_};
    return failure_.value_or(
        base::Fault{ProblemCode::PortalNonsense, {}, "the portal gave a token that is over"});
}

void Session::refused(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    if (number == number_) token_.clear();
}

}  // namespace smartca::econtract
