// The token that calls to the portal carry, and how it is got.
//
// Session keeps it in memory alone: made by one log-in for all callers that wait for it, renewed before it
// ends.
//
//   Session session(logIn);
//   auto ticket = session.ticket(deadline);
//   … the portal answers 401 …
//   session.refused(ticket.value().number);      // of several callers, the first counts
//   auto other = session.ticket(deadline);       // a new log-in
//
// A log-in that fails fails for all callers that waited for it, so that a portal in trouble gets one
// question, not a storm. There is no renewal but to log in again: the API documents none.
//
// Login makes it: POST api/auth/password-login with the company (version 1), or api/v2/auth/password-login
// and, with a company, choose-company (version 2). VNPT documents both; version 1 is what it documents first.
// A refused account is not tried again for half a minute, unless its name or password has changed, then for a
// minute, and so on (pauseAfterRefusals()): the portal may count wrong passwords and lock the account, as
// VNPT's log-ins do after five.
//
// Threads: Session any; its `logIn` runs on the thread of one of the callers, never twice at a time, and so
// does Login::logIn().
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "proxy/econtract/wire.h"
#include "proxy/upstream/http_client.h"

namespace smartca::econtract {

struct Token {
    std::string text;
    std::chrono::seconds life{0};  // from now
};

class Session {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using LogIn = std::function<base::Outcome<Token>(TimePoint deadline)>;
    using Clock = std::function<TimePoint()>;

    explicit Session(LogIn logIn, Clock clock = std::chrono::steady_clock::now);

    struct Ticket {
        std::string token;
        std::uint64_t number = 0;
    };
    base::Outcome<Ticket> ticket(TimePoint deadline);

    // The portal did not take the token with that number.
    void refused(std::uint64_t number);

  private:
    bool usable() const { return !token_.empty() && clock_() < endsAt_; }
    base::Outcome<Ticket> renew(std::unique_lock<std::mutex>& lock, TimePoint deadline);

    const LogIn logIn_;
    const Clock clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string token_;
    std::uint64_t number_ = 0;
    TimePoint endsAt_{};
    TimePoint renewAt_{};
    bool loggingIn_ = false;
    std::uint64_t flights_ = 0;           // log-ins that have ended
    std::optional<base::Fault> failure_;  // of the last one
};

enum class LoginVersion : std::uint8_t { V1, V2 };

struct LoginOptions {
    LoginVersion version = LoginVersion::V1;
    std::int64_t company = 0;  // 0 only with V2, for an account of one company
};

class Login {
  public:
    // `http` must outlive it.
    Login(upstream::HttpClient& http, upstream::AccountSource account, LoginOptions options);

    base::Outcome<Token> logIn(Session::TimePoint deadline);

  private:
    base::Outcome<std::string> passwordLogin(const upstream::Account& account, Session::TimePoint deadline);
    base::Outcome<std::string> choose(const std::string& token, Session::TimePoint deadline);
    base::Outcome<std::string> onlyCompany(const std::string& token, Session::TimePoint deadline);

    upstream::HttpClient& http_;
    const upstream::AccountSource account_;
    const LoginOptions options_;
    std::string refusedAccount_;  // a digest
    int refusals_ = 0;            // of that account, one after the other
    base::Fault refusal_;
    Session::TimePoint refusedUntil_{};
};

// How long a token lives: exp - iat of a JWT (RFC 7519), by which the portal's clock need not be ours;
// without them 24 hours, as VNPT documents. At least a second.
std::chrono::seconds lifeOf(const std::string& token, std::int64_t now);

// How long an account is left alone that has been refused so many times: twice as long each time, an hour at
// most.
std::chrono::seconds pauseAfterRefusals(int refusals);

}  // namespace smartca::econtract
