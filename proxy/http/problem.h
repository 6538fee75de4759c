// Answers: JSON, and application/problem+json (RFC 9457) in the language the client asked for.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "proxy/http/message.h"
#include "shared/api.h"

namespace smartca::http {

Response jsonResponse(int status, const nlohmann::json& value, std::string_view outcome = "ok");

// `reason` is a sentence for a developer, in English, beside the title and detail that a person reads.
// `status` replaces the code's own where HTTP has a more exact one (e.g. 408 or 411 instead of 400).
struct ProblemOptions {
    std::string_view reason;
    int status = 0;
};
Response problemResponse(const Problem& problem, Locale locale, const ProblemOptions& options = {});
Response problemResponse(ProblemCode code, const Request& request, std::string_view reason = {});

// The code that a refusal with this HTTP status carries.
ProblemCode problemCodeOf(int status);

// The best of "vi" and "en" by RFC 9110 §12.5.4; Vietnamese where neither is asked for.
Locale localeOf(std::string_view acceptLanguage);

}  // namespace smartca::http
