// The token: one log-in for many, renewed before its end, never in a loop.
#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "proxy/econtract/login.h"

namespace smartca::econtract {
namespace {

using namespace std::chrono_literals;

// A portal that gives tokens "1", "2", … of ten minutes, unless it is told to fail, and a clock that stands
// still.
struct TokenPortal {
    std::atomic<int> logins{0};
    std::optional<base::Fault> failure;
    Session::TimePoint now = std::chrono::steady_clock::now();
    Session session{[this](Session::TimePoint) -> base::Outcome<Token> {
                        const int number = ++logins;
                        if (failure) return *failure;
                        return Token{std::to_string(number), 600s};
                    },
                    [this] { return now; }};

    base::Outcome<Session::Ticket> ticket() { return session.ticket(std::chrono::steady_clock::now() + 10s); }
    std::string token() {
        auto given = ticket();
        REQUIRE(given.ok());
        return given.value().token;
    }
};

}  // namespace

TEST_CASE("an account that is refused again and again is tried less and less often, at last once an hour") {
    using std::chrono::seconds;
    CHECK(pauseAfterRefusals(1) == seconds(30));
    CHECK(pauseAfterRefusals(2) == seconds(60));
    CHECK(pauseAfterRefusals(5) == seconds(480));
    CHECK(pauseAfterRefusals(8) == seconds(3600));
    CHECK(pauseAfterRefusals(1'000'000) == seconds(3600));
}

TEST_CASE_FIXTURE(TokenPortal, "the token is kept until shortly before its end, then a new one is made") {
    CHECK(token() == "1");
    now += 539s;
    CHECK(token() == "1");
    now += 1s;
    CHECK(token() == "2");
    CHECK(logins == 2);
}

TEST_CASE_FIXTURE(
    TokenPortal, "where no new one can be had, the old one serves to its end, and then the failure is told") {
    CHECK(token() == "1");
    failure = base::Fault{ProblemCode::Unavailable, {}, "away"};
    now += 550s;
    CHECK(token() == "1");
    CHECK(token() == "1");
    CHECK(logins == 2);  // not one with every request
    now += 50s;
    CHECK(ticket().error().detail == "away");
}

TEST_CASE_FIXTURE(TokenPortal, "a refused token is replaced, once for all who were refused") {
    const auto first = ticket();
    REQUIRE(first.ok());
    session.refused(first.value().number);
    CHECK(token() == "2");
    session.refused(first.value().number);  // another request that had carried the first
    CHECK(token() == "2");
    CHECK(logins == 2);
}

TEST_CASE("many who wait share one log-in, and share its failure") {
    for (const bool fails : {false, true}) {
        CAPTURE(fails);
        constexpr int kMany = 8;
        std::atomic<int> logins{0};
        std::latch entered{1};
        std::latch mayEnd{1};
        Session session([&](Session::TimePoint) -> base::Outcome<Token> {
            ++logins;
            entered.count_down();
            mayEnd.wait();
            if (fails) return base::Fault{ProblemCode::PortalCredentials, "Sai mật khẩu", {}};
            return Token{"shared", 600s};
        });
        std::atomic<int> served{0};
        std::atomic<int> asking{0};
        std::vector<std::jthread> threads;
        const auto ask = [&] {
            ++asking;
            const auto given = session.ticket(std::chrono::steady_clock::now() + 60s);
            if (given.ok() != fails &&
                (fails ? given.error().message == "Sai mật khẩu" : given.value().token == "shared"))
                ++served;
        };
        threads.emplace_back(ask);
        entered.wait();
        for (int i = 1; i < kMany; ++i)
            threads.emplace_back(ask);
        while (asking < kMany)
            std::this_thread::yield();
        mayEnd.count_down();
        threads.clear();
        CHECK(served == kMany);
        // One that comes after a failure has a try of its own.
        if (!fails) CHECK(logins == 1);
    }
}

TEST_CASE("who waits for another's log-in waits no longer than their own deadline") {
    std::latch entered{1};
    std::latch mayEnd{1};
    Session session([&](Session::TimePoint) -> base::Outcome<Token> {
        entered.count_down();
        mayEnd.wait();
        return Token{"late", 600s};
    });
    std::jthread first([&] { static_cast<void>(session.ticket(std::chrono::steady_clock::now() + 60s)); });
    entered.wait();
    const auto second = session.ticket(std::chrono::steady_clock::now());
    CHECK_FALSE(second.ok());
    CHECK(second.error().code == ProblemCode::PortalUnreachable);
    mayEnd.count_down();
}

TEST_CASE_FIXTURE(TokenPortal, "a token that is over the moment it is given is an error, not a loop") {
    Session brief([this](Session::TimePoint) -> base::Outcome<Token> {
        ++logins;
        return Token{"over", 0s};
    });
    CHECK(brief.ticket(std::chrono::steady_clock::now() + 1s).error().code == ProblemCode::PortalNonsense);
    CHECK(logins == 1);
}

}  // namespace smartca::econtract
