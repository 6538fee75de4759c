#include "proxy/http/problem.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

// The weight of a language range's ";q=" in thousandths.
int weightOf(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == std::string_view::npos) return 1000;
    const auto number = parameters.substr(at + 2);
    if (number.empty() || (number[0] != '0' && number[0] != '1')) return 0;
    int weight = (number[0] - '0') * 1000;
    if (number.size() > 2 && number[1] == '.') {
        int scale = 100;
        for (std::size_t i = 2; i < number.size() && i < 5 && isAsciiDigit(number[i]); ++i, scale /= 10)
            weight += (number[i] - '0') * scale;
    }
    return weight;
}

}  // namespace

Response jsonResponse(int status, const nlohmann::json& value, std::string_view outcome) {
    Response response;
    response.status = status;
    response.contentType = "application/json";
    response.body = std::make_shared<const std::string>(writeJson(value));
    response.outcome = outcome;
    return response;
}

Response problemResponse(const Problem& problem, Locale locale, const ProblemOptions& options) {
    auto json = toJson(problem, locale);
    const int status = options.status != 0 ? options.status : statusOf(problem.code);
    json["status"] = status;
    if (!options.reason.empty()) json["reason"] = options.reason;
    auto response = jsonResponse(status, json, nameOf(problem.code));
    response.contentType = "application/problem+json";
    response.headers.emplace_back("Content-Language", tagOf(locale));
    if (problem.retryAfterSeconds > 0)
        response.headers.emplace_back("Retry-After", std::to_string(problem.retryAfterSeconds));
    return response;
}

Response problemResponse(ProblemCode code, const Request& request, std::string_view reason) {
    Problem problem;
    problem.code = code;
    problem.requestId = request.requestId;
    return problemResponse(problem, request.locale, {.reason = reason});
}

ProblemCode problemCodeOf(int status) {
    switch (status) {
        case 401:
            return ProblemCode::Unauthorized;
        case 403:
            return ProblemCode::Forbidden;
        case 404:
            return ProblemCode::NotFound;
        case 405:
            return ProblemCode::MethodNotAllowed;
        case 413:
        case 414:
        case 431:
            return ProblemCode::TooLarge;
        case 415:
            return ProblemCode::UnsupportedMediaType;
        case 500:
            return ProblemCode::Internal;
        case 503:
            return ProblemCode::Unavailable;
        default:
            return ProblemCode::MalformedRequest;
    }
}

Locale localeOf(std::string_view acceptLanguage) {
    Locale best = Locale::Vietnamese;
    int bestWeight = 0;
    while (!acceptLanguage.empty()) {
        const auto comma = acceptLanguage.find(',');
        const auto range = trimmed(acceptLanguage.substr(0, comma));
        acceptLanguage =
            comma == std::string_view::npos ? std::string_view{} : acceptLanguage.substr(comma + 1);
        const auto semicolon = range.find(';');
        const auto tag = trimmed(range.substr(0, semicolon));
        const auto parameters =
            semicolon == std::string_view::npos ? std::string_view{} : range.substr(semicolon + 1);
        if (tag.size() < 2 || (tag.size() > 2 && tag[2] != '-')) continue;
        const char first = asciiLower(tag[0]);
        const char second = asciiLower(tag[1]);
        const bool english = first == 'e' && second == 'n';
        if (!english && !(first == 'v' && second == 'i')) continue;
        const int weight = weightOf(parameters);
        if (weight > bestWeight) {
            bestWeight = weight;
            best = english ? Locale::English : Locale::Vietnamese;
        }
    }
    return best;
}

}  // namespace smartca::http
