// Who calls, as far as it is known, and what they may do here.
//
// Values; any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/prefill.h"
#include "shared/rights.h"

namespace smartca::session {

// A program on this machine, without --auth; and the portal's server, with a token of its own.
inline constexpr std::string_view kLocal = "local";
inline constexpr std::string_view kServer = "server";

inline constexpr std::size_t kLongestName = 200;  // bytes
inline constexpr std::size_t kMostUsers = 32;     // each is asked for by itself, where users are listed

// 1 to 64 characters without control characters.
bool isCompanyName(std::string_view name);
// Whether that company is one of those that are served here, now.
using Serves = std::function<bool(std::string_view company)>;

struct Caller {
    std::string company{};
    std::string issuer{};   // who says that it is them; empty: this proxy itself
    std::string subject{};  // empty: not known
    std::string name{};     // for a person; may be empty
    Rights may = Rights::all();
    std::vector<UserId> users{};  // whom they may see and act for; none: everyone
    std::string origin{};         // of the page that holds the token; empty: any
    Prefill prefill{};            // of the form, and what of it they may not change

    // The same for as long as they are the same, however often their token is renewed: what they began under an
    // Idempotency-Key, and what became of it, is found by it.
    std::string key() const;
    bool mayActFor(UserId user) const;
    // The portal's server itself, for nobody else.
    bool isServer() const { return issuer.empty() && subject == kServer; }
};

}  // namespace smartca::session
