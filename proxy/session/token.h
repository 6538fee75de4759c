// A session token: a JWT (RFC 7519) in which a portal's server says who acts in one of its pages, for what
// company, and what they may do. README.md beside this file has the claims and what is refused.
//
//   const auto caller = callerOf(token, keys, {.audience = "smartca-proxy", .serves = serves, .now = now});
//   if (!caller) log(caller.error().words());
//
// Pure; any thread. Nothing is kept between two calls.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "proxy/session/caller.h"
#include "proxy/session/key_set.h"
#include "shared/api.h"
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca::session {

// Why a token is not accepted: for the log. Callers are told whether it has expired, and nothing else.
enum class TokenFault : std::uint8_t {
    NotAToken,       // not three parts of base64url with JSON objects in them, or too long
    UnknownHeader,   // a header member that changes what a token means, or another type
    UnknownKey,      // no key has that `kid`
    OtherAlgorithm,  // than its key's
    NotSigned,       // the signature is not the key's
    BadClaims,       // a claim is missing, or is not what it must be
    OtherIssuer,     // than the key may speak for
    OtherAudience,   // it was made for somebody else
    OtherCompany,    // than the key may speak for, or than is served here
    OtherRights,     // more than the key may give
    LivesTooLong,
    NotYetValid,
    Expired,
};
std::string_view nameOf(TokenFault fault);  // "notSigned"

struct BadToken {
    TokenFault fault;
    std::string claim{};  // of BadClaims: which one

    std::string words() const;  // "notSigned", "badClaims: exp"
};

inline constexpr Instant kLongestLife = 15 * 60;
inline constexpr Instant kClockSkew = 60;  // that the clocks of two machines may differ by

struct Expected {
    std::string_view audience;
    const Serves& serves;
    Instant now = 0;
};

// A token with the claims that a portal's server asks for (README.md), completed and signed with our own key.
struct Issued {
    std::string token;
    Instant expires = 0;
};
struct Issuer {
    Key key;
    std::string audience;
    Serves serves;

    // `company`: the one that is meant where none is named. The error names the claim that is wrong.
    Parsed<Issued> issue(const nlohmann::json& asked, const std::string& company, Instant now) const;
};
// Of the key that all proxies of an installation are given; no file of keys can hold one of its name.
Issuer ownIssuer(std::string secret, const std::string& audience, Serves serves);

Result<Caller, BadToken> callerOf(std::string_view token, const KeySet& keys, const Expected& expected);

}  // namespace smartca::session
