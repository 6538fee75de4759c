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

#include "proxy/base/fault.h"
#include "proxy/upstream/http_client.h"

namespace smartca::econtract {

using Json = nlohmann::json;

// Whether the call changes something over there, which decides what silence means.
enum class Purpose : std::uint8_t { Question, Change };

// A change that may have reached the portal is OutcomeUnknown; a question that was left without an answer,
// and what did not reach it, is Unavailable. Messages are at most 300 code points.
base::Fault faultOf(const upstream::HttpError& error, Purpose purpose);

// The data of a success.
base::Outcome<Json> readAnswer(const upstream::HttpResponse& answer, Purpose purpose);
// Whether the portal says that it does not know the token.
bool isUnauthorized(const upstream::HttpResponse& answer);

}  // namespace smartca::econtract
