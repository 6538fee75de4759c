#include "proxy/http/callers.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/base/text.h"
#include "proxy/http/guards.h"
#include "proxy/session/token.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

using session::TokenFault;

constexpr const char* kUnknown =
    "The caller is not known here; send Authorization: Bearer with a valid token.";

std::string_view tokenIn(const RequestHead& head) {
    constexpr std::string_view kScheme = "bearer ";  // in any case: RFC 9110 section 11.1
    const auto header = head.header("authorization");
    const bool isBearer = base::lowerCase(header.substr(0, kScheme.size())) == kScheme;
    return isBearer ? trimmed(header.substr(kScheme.size())) : std::string_view();
}

// Digests are compared, so that the time tells neither how long a token is nor how much of it fits.
bool isAmong(const std::vector<std::string>& tokens, std::string_view given) {
    const auto digest = base::sha256(given);
    bool known = false;
    for (const auto& token : tokens)
        known |= !token.empty() && base::equalInConstantTime(digest, base::sha256(token));
    return known;
}

// A browser says where a request comes from, but for a GET within one origin, with which no `Origin` is sent.
bool comesFrom(const std::string& origin, const RequestHead& head) {
    const auto given = head.header("origin");
    if (!given.empty()) return given == origin;
    return head.header("sec-fetch-site") == "same-origin" && namesHost(origin, head.header("host"));
}

Result<Caller, Refusal> holderOf(std::string_view token, const RequestHead& head,
                                 const Credentials& credentials) {
    const auto keys = credentials.keys ? credentials.keys() : nullptr;
    if (!keys) return Refusal{401, kUnknown};
    auto caller = session::callerOf(
        token, *keys,
        {.audience = credentials.audience, .serves = credentials.serves, .now = credentials.now()});
    if (!caller) {
        const auto reason =
            caller.error().fault == TokenFault::Expired ? "The session token has expired." : kUnknown;
        return Refusal{401, reason, caller.error().words()};
    }
    if (!caller.value().origin.empty() && !comesFrom(caller.value().origin, head))
        return Refusal{403, "The session token belongs to a page of another origin.", "otherOrigin"};
    return std::move(caller).value();
}

// In which company the portal's server acts and whom for, where it says so. Nothing where that cannot be read, or
// the company is not served.
std::optional<Caller> namedBy(const RequestHead& head, const std::string& company,
                              const session::Serves& serves) {
    Caller caller{.company = std::string(head.header("smartca-company")),
                  .subject = std::string(head.header("smartca-actor"))};
    if (caller.company.empty()) caller.company = company;
    if (!serves(caller.company)) return std::nullopt;
    if (caller.subject.empty()) {
        // Not the token's digest: during a rotation both tokens are the same caller.
        caller.subject = session::kServer;
    } else {
        caller.issuer = session::kServer;
        caller.name = head.header("smartca-actor-name");
    }
    if (const auto may = head.header("smartca-may"); !may.empty()) {
        caller.may = {};
        for (const auto name : base::partsOf(may, ' ')) {
            const auto found = std::ranges::find(kRightNames, name);
            if (found == kRightNames.end()) return std::nullopt;
            caller.may.add(static_cast<Right>(found - kRightNames.begin()));
        }
    }
    for (const auto user : base::partsOf(head.header("smartca-users"), ' ')) {
        const auto id = base::wholeNumberOf(user, 1, kLargestUserId);
        if (!id || caller.users.size() == session::kMostUsers) return std::nullopt;
        caller.users.push_back(*id);
    }
    for (const auto* text : {&caller.subject, &caller.name})
        if (text->size() > session::kLongestName || !isUtf8(*text) ||
            hasForbiddenCharacter(*text, LineBreaks::Forbidden))
            return std::nullopt;
    return caller;
}

// The portal's server, or whom it names. What browsers send with a request shows that one has come past it.
Result<Caller, Refusal> serverIn(const RequestHead& head, const std::string& company,
                                 const session::Serves& serves) {
    if (!head.header("origin").empty() || !head.header("sec-fetch-site").empty())
        return Refusal{
            403,
            "The server does not pass a browser's Origin or Sec-Fetch-Site on: give pages a session token.",
            "serverInBrowser"};
    auto caller = namedBy(head, company, serves);
    if (!caller)
        return Refusal{
            400,
            "A Smartca-… header, in which the server names a company or an actor, cannot be read, or the "
            "company is not served here."};
    return std::move(*caller);
}

}  // namespace

Authenticator trustServer(std::string company, session::Serves serves) {
    return [company = std::move(company), serves = std::move(serves)](const RequestHead& head) {
        return serverIn(head, company, serves);
    };
}

Authenticator allowLocal(const std::string& company) {
    return [company](const RequestHead&) {
        return Caller{.company = company, .subject = std::string(session::kLocal)};
    };
}

Authenticator requireBearer(Credentials credentials) {
    return [credentials = std::move(credentials)](const RequestHead& head) -> Result<Caller, Refusal> {
        const auto token = tokenIn(head);
        if (token.empty()) return Refusal{401, kUnknown};
        if (!credentials.serverTokens || !isAmong(credentials.serverTokens(), token))
            return holderOf(token, head, credentials);
        return serverIn(head, credentials.company, credentials.serves);
    };
}

}  // namespace smartca::http
