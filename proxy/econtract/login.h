// How a token is got: POST api/auth/password-login with the company (version 1), or
// api/v2/auth/password-login and, with a company, choose-company (version 2). VNPT documents both; version 1
// is what it documents first.
//
// A refused account is not tried again for half a minute, unless its name or password has changed, then for a
// minute, and so on (pauseAfterRefusals()): the portal may count wrong passwords and lock the account, as
// VNPT's log-ins do after five.
//
// Threads: logIn() from one at a time (Session sees to that).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "proxy/econtract/session.h"
#include "proxy/upstream/http_client.h"

namespace smartca::econtract {

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
