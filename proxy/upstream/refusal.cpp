#include "proxy/upstream/refusal.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <nlohmann/json.hpp>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/denial.h"
#include "proxy/upstream/redaction.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;
using Phrases = std::initializer_list<std::string_view>;

constexpr std::size_t kLongestMessage = 200;
constexpr std::size_t kLookedAt = 16 * 1024;  // of a page

bool holdsAny(const std::string& words, Phrases phrases) {
    return std::ranges::any_of(phrases, [&](auto phrase) { return words.find(phrase) != std::string::npos; });
}

// The same, but not inside of a longer word.
bool holdsWord(const std::string& words, Phrases phrases) {
    const auto isPart = [&](std::size_t i) {
        return i < words.size() && (isAsciiLetter(words[i]) || isAsciiDigit(words[i]));
    };
    return std::ranges::any_of(phrases, [&](auto phrase) {
        auto at = words.find(phrase);
        while (at != std::string::npos && ((at > 0 && isPart(at - 1)) || isPart(at + phrase.size())))
            at = words.find(phrase, at + 1);
        return at != std::string::npos;
    });
}

// True where any was there; it is gone then.
bool takeAny(std::string& words, Phrases phrases) {
    bool found = false;
    for (const auto phrase : phrases) {
        for (auto at = words.find(phrase); at != std::string::npos; at = words.find(phrase)) {
            words.erase(at, phrase.size());
            found = true;
        }
    }
    return found;
}

// Only our own account has a password in this call.
bool takeOurAccount(std::string& words) {
    return takeAny(words, {"sp id",
                           "sp password",
                           "spid",
                           "sppassword",
                           "client id",
                           "client secret",
                           "invalid client",
                           "unauthorized client",
                           "tai khoan sp",
                           "mat khau sp",
                           "sp account",
                           "account sp",
                           "sp user",
                           "(sp)",
                           "service provider",
                           "password",
                           "mat khau",
                           "secret",
                           "sp khong",
                           "sp not found",
                           "sp is not",
                           "invalid sp",
                           "partner",
                           "doi tac",
                           "application",
                           "ung dung",
                           "tich hop",
                           "api user",
                           "client user",
                           "client account",
                           "service account",
                           "tai khoan api",
                           "api account",
                           "ten nguoi dung",
                           "tai khoan ket noi",
                           "username",
                           "user name",
                           "user credential",
                           "ten dang nhap"});
}

// What is not there, or not valid, is a part of the gateway or of the request, whosever name is in it.
bool saysOfItsInsides(const std::string& words) {
    return words.starts_with("dich vu") || words.starts_with("service") ||
           holdsWord(words, {"path",
                             "url",
                             "api",
                             "method",
                             "endpoint",
                             "host",
                             "table",
                             "column",
                             "relation",
                             "sequence",
                             "schema",
                             "database",
                             "sql",
                             "field",
                             "parameter",
                             "param",
                             "session",
                             "phien",
                             "token",
                             "ip",
                             "user agent",
                             "user-agent",
                             "role",
                             "permission",
                             "quyen",
                             "signature",
                             "provider",
                             "authority",
                             "duong dan",
                             "nha cung cap",
                             "missing",
                             "request body",
                             "truong",
                             "trong yeu cau",
                             "tim thay dich vu",
                             "cua ca",
                             "config",
                             "configuration",
                             "cau hinh",
                             "may chu",
                             "transaction",
                             "giao dich",
                             "in request",
                             "client certificate",
                             "ca certificate",
                             "root certificate",
                             "issuer certificate",
                             "cua sp"}) ||
           holdsAny(words, {"ora-"});
}

bool saysBusy(const std::string& words) {
    return holdsAny(words, {"too many request", "rate limit", "qua nhieu yeu cau", "qua nhieu request",
                            "vuot qua gioi han", "qua tai", "busy", "dang ban"});
}

bool saysMaintenance(const std::string& words) {
    return holdsAny(words, {"maintenance", "bao tri", "bao duong", "nang cap he thong", "under upgrade"});
}

bool saysNone(const std::string& words) {
    return holdsAny(words, {"not found",
                            "notfound",
                            "not exist",
                            "n't exist",
                            "no credential",
                            "khong co du lieu",
                            "no certificate",
                            "no such",
                            "no user",
                            "not registered",
                            "unregistered",
                            "khong ton tai",
                            "khong tim thay",
                            "khong thay",
                            "khong co chung thu",
                            "khong co thue bao",
                            "khong co thong tin",
                            "chua dang ky",
                            "chua duoc dang ky",
                            "chua duoc cap",
                            "chua co chung thu",
                            "chua co cts",
                            "chua co chu ky so",
                            "thu rong",
                            "thu so rong",
                            "list is empty"});
}

// "No certificate that is active", "not registered for this SP": of others it says nothing.
bool saysOfSome(const std::string& words) {
    return holdsAny(words, {"hoat dong", "active", "hieu luc", "con han", "this sp", "sp nay"});
}

bool saysInvalid(const std::string& words) {
    return holdsAny(words,
                    {"invalid", "not valid", "khong hop le", "khong dung", "incorrect", "wrong", "sai "});
}

bool namesAccount(const std::string& words) {
    return holdsAny(words, {"tai khoan", "account"});
}

bool namesPerson(const std::string& words) {
    return holdsAny(
        words, {"user", "subscriber", "customer", "thue bao", "nguoi dung", "khach hang", "cccd", "can cuoc",
                "ma so thue", "dinh danh", "mst", "cmnd", "cmt", "ho chieu", "passport", "citizen id"});
}

bool namesCertificate(const std::string& words) {
    return holdsAny(words,
                    {"certificate", "credential", "serial", "chung thu", "chung chi", "cts", "chu ky so"});
}

std::optional<ProblemCode> failureIn(std::int64_t code, const std::string& words) {
    constexpr std::int64_t kServarInternalError = 50000;  // of SmartCA's older API
    if (code == 429 || saysBusy(words)) return ProblemCode::UpstreamBusy;
    if (code == 503 || saysMaintenance(words)) return ProblemCode::UpstreamMaintenance;
    const bool isInternal = holdsAny(words, {"internal error", "internal server error", "loi he thong"});
    if ((code >= 500 && code < 600) || code == kServarInternalError || isInternal)
        return ProblemCode::UpstreamFailed;
    return std::nullopt;
}

bool mayMeanNone(std::int64_t code) {
    constexpr auto kCodes = std::to_array<std::int64_t>({400, 401, 404, 60000, 60002});
    // What is no code of SmartCA's denies no words.
    return code < 100 || std::ranges::find(kCodes, code) != kCodes.end();
}

base::Outcome<SmartCaAnswer> meaningOf(std::int64_t code, std::string words) {
    if (const auto failure = failureIn(code, words)) return base::Fault{*failure};
    // The documented name of 401: "SP account or user not valid".
    if (takeAny(words, {"sp credential"})) return base::Fault{ProblemCode::UpstreamAccessDenied};
    const bool ours = takeOurAccount(words);
    if (ours && (namesPerson(words) || namesAccount(words)))
        return base::Fault{ProblemCode::UpstreamAccessDenied};
    if (ours) return base::Fault{ProblemCode::UpstreamCredentials};
    if (saysOfItsInsides(words)) return base::Fault{ProblemCode::UpstreamRefused};
    if (mayMeanNone(code) && saysNone(words) && !saysOfSome(words)) {
        if (namesCertificate(words)) return SmartCaAnswer{};
        if (namesPerson(words) || namesAccount(words)) return SmartCaAnswer{.personUnknown = true};
    }
    // "user_id invalid" is an unknown person under 401, but a malformed request under 400.
    if (code == 401 && saysInvalid(words)) {
        if (namesAccount(words)) return base::Fault{ProblemCode::UpstreamAccessDenied};
        if (namesPerson(words)) return SmartCaAnswer{.personUnknown = true};
    }
    return base::Fault{ProblemCode::UpstreamRefused};
}

// Empty where there is none.
std::string_view titleOf(std::string_view page) {
    const std::string small = base::lowerCase(page);
    const auto begin = small.find('>', small.find("<title"));
    const auto end = small.find("</title", begin);
    return end == std::string::npos ? std::string_view() : page.substr(begin + 1, end - begin - 1);
}

}  // namespace

std::optional<ProblemCode> failureOf(std::int64_t code, std::string_view message) {
    return failureIn(code, plainWords(message));
}

base::Outcome<SmartCaAnswer> refusalOf(std::int64_t code, const Json& envelope) {
    const std::string status = "status_code " + std::to_string(code);
    std::string message = messageIn(envelope);
    auto meaning = meaningOf(code, plainWords(message));
    if (meaning) return meaning;
    if (message.empty()) message = status;
    return base::Fault{meaning.error().code, std::move(message), "SmartCA answered " + status};
}

base::Outcome<SmartCaAnswer> emptyAnswerOf(const Json& envelope) {
    constexpr std::int64_t kNotFound = 404;
    const auto denial = denialIn(envelope);
    std::string message = messageIn(envelope);
    if (denial && (message.empty() || saysDone(plainWords(message)))) message = denial->words;
    const std::string words = plainWords(message);
    const bool isBare =
        message.empty() || words.find_first_not_of("0 ") == std::string::npos || words == "200";
    if (!denial && (isBare || saysDone(words))) return SmartCaAnswer{};
    auto meaning = meaningOf(kNotFound, words);
    if (meaning) return meaning;
    base::Fault fault{meaning.error().code, message,
                      denial ? "a success without certificates: " + denial->remark
                             : "a success without certificates, in words of something else"};
    if (fault.code != ProblemCode::UpstreamRefused) return fault;
    if (saysNone(words))
        return saysOfSome(words) || denial || saysOfItsInsides(words) ? base::Outcome<SmartCaAnswer>(fault)
                                                                      : SmartCaAnswer{};
    fault.code = saysFailed(words) ? ProblemCode::UpstreamFailed : ProblemCode::UpstreamNonsense;
    return fault;
}

bool saysSuccess(const Json& envelope) {
    return saysDone(plainWords(messageIn(envelope)));
}

bool saysNothing(const Json& envelope) {
    return messageIn(envelope).empty();
}

bool isRefusalOnTheWay(int httpStatus) {
    constexpr auto kStatuses = std::to_array({401, 403, 407, 413, 451});
    return std::ranges::find(kStatuses, httpStatus) != kStatuses.end();
}

base::Fault faultOfPage(int httpStatus, std::string_view body, std::string_view password) {
    body = body.substr(0, kLookedAt);
    base::Fault fault{ProblemCode::UpstreamNonsense, {}, "HTTP " + std::to_string(httpStatus)};
    if (const auto failure = failureIn(httpStatus, {}))
        fault.code = *failure;
    else if (saysMaintenance(plainWords(body)))
        fault.code = ProblemCode::UpstreamMaintenance;
    else if (isRefusalOnTheWay(httpStatus))
        fault.code = ProblemCode::UpstreamBlocked;
    const auto title = base::cleaned(redacted(titleOf(body), {password}), kLongestMessage);
    if (!title.empty()) fault.detail.append(", \"").append(title) += '"';
    return fault;
}

base::Fault faultOfForeignJson(int httpStatus, const Json& body) {
    const std::string message = messageIn(body);
    const std::string detail = "HTTP " + std::to_string(httpStatus) + ": no status_code";
    // A wrong address is answered so, too.
    if (httpStatus < 400 || httpStatus == 404 || httpStatus == 405 || message.empty())
        return {faultOfPage(httpStatus, message).code, {}, detail};
    const auto meaning = meaningOf(httpStatus, plainWords(message));
    const auto code = meaning ? ProblemCode::UpstreamRefused : meaning.error().code;
    const bool isNobodys = code == ProblemCode::UpstreamRefused && isRefusalOnTheWay(httpStatus);
    return {isNobodys ? ProblemCode::UpstreamBlocked : code, message, detail};
}

int retryAfterSeconds(const std::string& header, Instant now) {
    constexpr std::int64_t kLongest = 30 * 86'400;
    auto seconds = base::wholeNumberOf(header, 0, std::numeric_limits<std::int64_t>::max());
    std::tm date{};
    if (!seconds && ::strptime(header.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date) != nullptr)
        seconds = ::timegm(&date) - now;
    return seconds && *seconds > 0 && *seconds <= kLongest ? static_cast<int>(*seconds) : 0;
}

}  // namespace smartca::upstream
