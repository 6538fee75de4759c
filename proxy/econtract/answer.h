// The envelope around every answer of the eContract API, and what can go wrong with a call, as values.
//
//   {"data": …, "success": true, "code": 0, "messages": []}
//
// From VNPT's eContract API documents (general format), with what they leave open decided so: `success`
// decides, for samples show success with code 0 and with 200; the words come from `messages` or `message`,
// each a text or a list of texts; "not authenticated" is HTTP 401, or a failure with code 401. Unknown keys
// are ignored.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "proxy/registry/registry.h"
#include "proxy/upstream/http_client.h"
#include "shared/result.h"

namespace smartca::econtract {

using Json = nlohmann::json;

enum class PortalFault : std::uint8_t {
    Unreachable,         // nothing reached the portal, or a question was left without an answer
    Untrusted,           // its certificate is not one that we trust: nothing was sent
    Unknown,             // a change was sent, and no answer says what became of it
    Nonsense,            // a question was answered with something that is not this API
    CredentialsRefused,  // the portal does not take our account, or takes no token of it
    Refused,             // success false: the portal's own words say why
};
struct PortalError {
    PortalFault fault = PortalFault::Unreachable;
    std::string message{};  // the portal's own words, cleaned, at most 300 code points; may be empty
    std::string detail{};   // for our log; never holds secrets
};
registry::RegistryTrouble troubleOf(const PortalError& error);

// Whether the call changes something over there, which decides what silence means.
enum class Purpose : std::uint8_t { Question, Change };

PortalError errorOf(const upstream::HttpError& error, Purpose purpose);

// The data of a success.
Result<Json, PortalError> readAnswer(const upstream::HttpResponse& answer, Purpose purpose);
// Whether the portal says that it does not know the token.
bool isUnauthorized(const upstream::HttpResponse& answer);

}  // namespace smartca::econtract
