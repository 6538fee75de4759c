// Makes answers: JSON, application/problem+json (RFC 9457) in the language the client asked for, entity tags,
// and the head of an answer as bytes.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "proxy/http/message.h"
#include "shared/api.h"

namespace smartca::http {

Response jsonResponse(int status, const nlohmann::json& value, std::string_view outcome = "ok");

// For operators and their programs: 200, or 503 where the answer is "not now".
enum class Availability : unsigned char { Available, Unavailable };
Response textResponse(std::string text, std::string_view mediaType,
                      Availability availability = Availability::Available);

// `reason` is a sentence for a developer, in English, beside the title and detail that a person reads.
// `status` replaces the code's own where HTTP has a more exact one (e.g. 408 or 411 instead of 400).
struct ProblemOptions {
    std::string_view reason;
    int status = 0;
};
Response problemResponse(const Problem& problem, Locale locale, const ProblemOptions& options = {});
Response problemResponse(ProblemCode code, const Request& request, std::string_view reason = {});

// The best of our languages by RFC 9110 §12.5.4; Vietnamese where none of them is asked for.
Locale localeOf(std::string_view acceptLanguage);

// The entity tag of these bytes (RFC 9110 §8.8.3): strong, with its quotes.
std::string etagOf(std::string_view bytes);
// Whether a field If-None-Match names it: a list of tags, weak or strong, or "*" (RFC 9110 §13.1.2).
bool matchesEtag(std::string_view field, std::string_view etag);

// "HTTP/1.1 200 OK" and the answer's own headers, each line with its CR LF, without the final blank line.
std::string headOf(const Response& response);

}  // namespace smartca::http
