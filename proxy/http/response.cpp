#include "proxy/http/response.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/base/crypto.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

// RFC 9110 §15. A status that is not here goes without a reason phrase, which HTTP allows.
constexpr std::string_view kStatuses =
    "200 OK;201 Created;202 Accepted;204 No Content;304 Not Modified;400 Bad Request;401 Unauthorized;"
    "403 Forbidden;404 Not Found;405 Method Not Allowed;408 Request Timeout;409 Conflict;"
    "410 Gone;411 Length Required;413 Content Too Large;414 URI Too Long;415 Unsupported Media Type;"
    "417 Expectation Failed;422 Unprocessable Content;429 Too Many Requests;"
    "431 Request Header Fields Too Large;500 Internal Server Error;502 Bad Gateway;503 Service Unavailable;"
    "504 Gateway Timeout;505 HTTP Version Not Supported;";

// "404 Not Found"
std::string statusLine(int status) {
    auto code = std::to_string(status) + ' ';
    const auto at = kStatuses.find(code);
    if (at == std::string_view::npos) return code;
    return std::string(kStatuses.substr(at, kStatuses.find(';', at) - at));
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

Response textResponse(std::string text, std::string_view mediaType, Availability availability) {
    Response response;
    response.status = availability == Availability::Available ? 200 : 503;
    response.contentType = mediaType;
    response.body = std::make_shared<const std::string>(std::move(text));
    response.outcome = "ok";
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

Locale localeOf(std::string_view acceptLanguage) {
    Locale best = Locale::Vietnamese;
    int bestWeight = 0;
    for (const auto& [range, weight] : weightedList(acceptLanguage)) {
        const auto language = range.substr(0, range.find('-'));
        const Locale locale = localeOfTag(language);
        if (tagOf(locale) != language || weight <= bestWeight) continue;
        bestWeight = weight;
        best = locale;
    }
    return best;
}

// Half of a SHA-256: two files that collide in it would gain an attacker nothing.
std::string etagOf(std::string_view bytes) {
    return '"' + hexadecimalOf(base::sha256(bytes)).substr(0, 32) + '"';
}

bool matchesEtag(std::string_view field, std::string_view etag) {
    return field == "*" || field.find(etag) != std::string_view::npos;
}

std::string headOf(const Response& response) {
    std::string head = "HTTP/1.1 " + statusLine(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    if (!response.contentType.empty()) head += "Content-Type: " + response.contentType + "\r\n";
    if (response.status != 204 && response.status != 304)
        head += "Content-Length: " + std::to_string(response.body ? response.body->size() : 0) + "\r\n";
    return head;
}

}  // namespace smartca::http
