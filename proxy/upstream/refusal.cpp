#include "proxy/upstream/refusal.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <nlohmann/json.hpp>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/denial.h"
#include "proxy/upstream/plain_words.h"
#include "proxy/upstream/redaction.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;
constexpr std::size_t kLongestMessage = 200;
constexpr std::size_t kLookedAt = 16 * 1024;  // of a page
constexpr std::int64_t kNotFound = 404;
constexpr std::int64_t kNoCredential = 60000, kNoResult = 60002;  // in VNPT's table of codes

// Only our own account has a password in this call.
bool takeOurAccount(PlainWords& words) {
    return words.take({"sp id",
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
                       "service provider",
                       "password",
                       "mat khau",
                       "secret",
                       "sp khong",
                       "sp not found",
                       "sp is not",
                       "invalid sp",
                       "khach hang sp",
                       "partner",
                       "doi tac",
                       "third party",
                       "tai khoan he thong",
                       "system user",
                       "system account",
                       "application account",
                       "tai khoan ung dung",
                       "tai khoan tich hop",
                       "khach hang tich hop",
                       "nguoi dung tich hop",
                       "api user",
                       "api account",
                       "tai khoan api",
                       "client user",
                       "client account",
                       "service account",
                       "tai khoan ket noi",
                       "user credential",
                       "user credentials"});
}

bool saysBusy(PlainWords words) {
    words.take({"dinh dang ban tin", "qua tai khoan"});
    return words.has({"too many request", "too many requests", "rate limit", "qua nhieu yeu cau",
                      "qua nhieu request", "vuot qua gioi han", "qua tai", "busy", "dang ban"});
}

bool saysMaintenance(const PlainWords& words) {
    return words.has({"maintenance", "bao tri", "bao duong", "nang cap he thong", "under upgrade"});
}

bool takeNone(PlainWords& words) {
    return words.take({"khong tim thay",
                       "khong ton tai",
                       "khong thay",
                       "khong co",
                       "chua duoc dang ky dich vu",
                       "chua dang ky su dung dich vu",
                       "chua dang ky dich vu",
                       "khong dang ky dich vu",
                       "not registered for the service",
                       "khong dang ky",
                       "chua duoc dang ky",
                       "chua dang ky",
                       "chua duoc cap",
                       "chua phat hanh",
                       "chua co",
                       "chua ton tai",
                       "could not be found",
                       "can not be found",
                       "cannot be found",
                       "was not found",
                       "is not found",
                       "not found",
                       "notfound",
                       "could not find",
                       "can not find",
                       "cannot find",
                       "unable to find",
                       "does not have any",
                       "does not have",
                       "has no",
                       "have no",
                       "does not exist",
                       "do not exist",
                       "doesn t exist",
                       "isn t exist",
                       "hasn t any",
                       "can t find",
                       "don t exist",
                       "not exists",
                       "not exist",
                       "not existed",
                       "no such",
                       "not registered",
                       "unregistered",
                       "unknown",
                       "no result",
                       "no results",
                       "no",
                       "rong",
                       "danh sach trong",
                       "du lieu trong",
                       "is empty",
                       "empty",
                       "0"});
}

// "No certificate that is active", "not registered for this SP": of others it says nothing.
bool saysOfSome(const PlainWords& words) {
    return words.has({"hoat dong", "active", "hieu luc", "con han", "this sp", "sp nay"});
}

bool takeInvalid(PlainWords& words) {
    return words.take({"khong hop le", "khong dung", "khong chinh xac", "invalid", "not valid", "incorrect",
                       "wrong", "sai"});
}

bool takeAccount(PlainWords& words) {
    return words.take(
        {"tai khoan", "accounts", "account", "ten dang nhap", "ten nguoi dung", "username", "user name"});
}

bool takeNumber(PlainWords& words) {
    return words.take({"user id",
                       "id number",
                       "id card",
                       "citizen id",
                       "identity number",
                       "identity",
                       "tax code",
                       "passport",
                       "can cuoc cong dan",
                       "can cuoc",
                       "ma so thue",
                       "so dinh danh",
                       "ma dinh danh",
                       "dinh danh",
                       "so giay to",
                       "giay to",
                       "ho chieu",
                       "cccd",
                       "cmnd",
                       "cmt",
                       "mst"});
}

bool takePerson(PlainWords& words) {
    const bool number = takeNumber(words);
    return words.take({"person", "owner", "don vi", "kh", "users", "user", "subscribers", "subscriber",
                       "customers", "customer", "signer", "citizen", "thue bao", "nguoi dung", "khach hang",
                       "nguoi ky", "doanh nghiep", "to chuc", "ca nhan"}) ||
           number;
}

bool takeCertificate(PlainWords& words) {
    return words.take({"digital signature certificate", "digital certificates", "digital certificate",
                       "certificates", "certificate", "credentials", "credential", "certs", "cert",
                       "serial number", "serial", "chung thu so", "chung thu", "chung chi so", "chung chi",
                       "chu ky so", "cts"});
}

// Nothing that would make it somebody's or something's else: "user device not found" is of a device.
bool isOfNothingElse(const PlainWords& words) {
    return words.areOnly(
        {"co",      "there",  "exception", "entity",   "type",     "server",      "available", "deleted",
         "xoa",     "lay",    "do",        "hasn",     "t",        "he",          "thong",     "trong",
         "tren",    "tai",    "theo",      "voi",      "cho",      "cua",         "so",        "ma",
         "tin",     "du",     "lieu",      "csdl",     "ban",      "ghi",         "danh",      "sach",
         "ket",     "qua",    "nao",       "nay",      "hop",      "le",          "phu",       "tuong",
         "ung",     "can",    "tim",       "duoc",     "da",       "bi",          "hoac",      "va",
         "loi",     "vui",    "long",      "kiem",     "tra",      "lai",         "thu",       "dang",
         "ky",      "cap",    "phat",      "hanh",     "ton",      "khong",       "chua",      "thay",
         "smartca", "vnpt",   "system",    "database", "info",     "information", "data",      "record",
         "records", "result", "results",   "list",     "id",       "code",        "number",    "the",
         "a",       "an",     "any",       "this",     "that",     "in",          "on",        "of",
         "for",     "to",     "with",      "by",       "from",     "at",          "is",        "are",
         "was",     "were",   "has",       "have",     "been",     "does",        "not",       "yet",
         "or",      "and",    "matching",  "given",    "provided", "error",       "message",   "please",
         "check",   "again",  "try",       "found",    "exist",    "registered",  "s"});
}

// Without the name behind "của" or "for", and the number of the call.
PlainWords subjectOf(std::string_view message) {
    for (const std::string_view link : {" của ", " for ", " of "}) {
        const auto at = message.rfind(link);
        if (at == std::string_view::npos) continue;
        const std::string_view name = message.substr(at + link.size());
        const bool isName = !name.empty() && !(name.front() >= 'a' && name.front() <= 'z') &&
                            name.find(' ') != std::string_view::npos && base::lowerCase(name) != name;
        if (isName) message = message.substr(0, at);
    }
    PlainWords words(message);
    words.take({"ung dung smart ca", "ung dung smartca", "ung dung vnpt smart ca", "ung dung vnpt smartca",
                "smart ca"});  // "SmartCA"
    words.cutAt({"transaction id", "ma giao dich", "request id", "trace id"});
    return words;
}

std::optional<ProblemCode> failureIn(std::int64_t code, const PlainWords& words) {
    constexpr std::int64_t kServarInternalError = 50000;  // of SmartCA's older API
    if (code == 429 || saysBusy(words)) return ProblemCode::UpstreamBusy;
    if (code == 503 || saysMaintenance(words)) return ProblemCode::UpstreamMaintenance;
    const bool isInternal = words.has({"internal error", "internal server error", "loi he thong"});
    if ((code >= 500 && code < 600) || code == kServarInternalError || isInternal)
        return ProblemCode::UpstreamFailed;
    return std::nullopt;
}

bool mayMeanNone(std::int64_t code) {
    constexpr auto kCodes =
        std::to_array<std::int64_t>({204, 400, 401, kNotFound, 410, 422, kNoCredential, kNoResult});
    // What is no code of SmartCA's denies no words.
    return code < 100 || std::ranges::find(kCodes, code) != kCodes.end();
}

base::Outcome<SmartCaAnswer> meaningOf(std::int64_t code, std::string_view message) {
    PlainWords words(message);
    if (const auto failure = failureIn(code, words)) return base::Fault{*failure};
    words = subjectOf(message);
    // The documented name of 401: "SP account or user not valid". The reason may stand behind it.
    const bool eitherOne = words.take({"sp credential invalid", "sp credential"});
    const bool ours = takeOurAccount(words);
    const bool ofSome = saysOfSome(words);
    const bool ofData = !saysFailed(words) && words.has({"du lieu", "ket qua", "ban ghi", "data", "result",
                                                         "results", "record", "records"});
    const bool none = takeNone(words);
    const bool invalid = takeInvalid(words);
    const bool certificate = takeCertificate(words), account = takeAccount(words), person = takePerson(words);
    if (ours)
        return base::Fault{person || account ? ProblemCode::UpstreamAccessDenied
                                             : ProblemCode::UpstreamCredentials};
    const bool isPlain = isOfNothingElse(words) && !ofSome;
    if (mayMeanNone(code) && none && isPlain) {
        if (certificate) return SmartCaAnswer{};
        if (person || account) return SmartCaAnswer{.personUnknown = true};
        // "Not found" alone may be said of a path; not so beside a code that is of nothing else.
        if (code == kNoCredential || code == kNoResult || (code == kNotFound && ofData))
            return SmartCaAnswer{};
    }
    if (eitherOne) return base::Fault{ProblemCode::UpstreamAccessDenied};
    // "user_id invalid" is an unknown person under 401, but a malformed request under 400.
    if (code == 401 && invalid && isPlain && !certificate) {
        if (account) return base::Fault{ProblemCode::UpstreamAccessDenied};
        if (person) return SmartCaAnswer{.personUnknown = true};
    }
    return base::Fault{ProblemCode::UpstreamRefused};
}

// "user_id must match [0-9]+": of how it is written, and of nothing else.
bool refusesNumber(std::int64_t code, std::string_view message) {
    if (code != 400 && code != 422) return false;
    PlainWords words = subjectOf(message);
    if (!takeNumber(words)) return false;
    const bool hasPattern = words.has({"match", "pattern", "regex"});
    words.cutAt({"match", "pattern", "regex"});
    const bool hasFormat =
        words.take({"dinh dang", "do dai", "chi duoc chua", "chi gom", "phai gom", "phai co", "phai la",
                    "chu so", "ky tu", "format", "length", "malformed", "must", "digits", "characters"});
    const bool invalid = takeInvalid(words);
    words.take({"tham so", "truong", "gia tri", "parameter", "field", "value", "contains", "be", "only"});
    return (hasPattern || hasFormat || invalid) && isOfNothingElse(words);
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
    return failureIn(code, PlainWords(message));
}

base::Outcome<SmartCaAnswer> refusalOf(std::int64_t code, const Json& envelope) {
    const std::string status = "status_code " + std::to_string(code);
    std::string message = messageIn(envelope);
    if (message.empty() && (code == kNoCredential || code == kNoResult)) return SmartCaAnswer{};
    auto meaning = meaningOf(code, message);
    if (meaning) return meaning;
    if (message.empty()) message = status;
    base::Fault fault{meaning.error().code, std::move(message), "SmartCA answered " + status};
    fault.isOfNumber = fault.code == ProblemCode::UpstreamRefused && refusesNumber(code, fault.message);
    return fault;
}

base::Outcome<SmartCaAnswer> emptyAnswerOf(const Json& envelope) {
    const auto denial = denialIn(envelope);
    std::string message = messageIn(envelope);
    if (denial && (message.empty() || saysDone(PlainWords(message)))) message = denial->words;
    PlainWords words(message);
    const bool isBare =
        message.empty() || message == "200" || message.find_first_not_of("0 ") == std::string::npos;
    if (!denial && (isBare || saysDone(words))) return SmartCaAnswer{};
    auto meaning = meaningOf(kNotFound, message);
    if (meaning) return meaning;
    base::Fault fault{meaning.error().code, message,
                      denial ? "a success without certificates: " + denial->remark
                             : "a success without certificates, in words of something else"};
    if (fault.code != ProblemCode::UpstreamRefused) return fault;
    const bool failed = saysFailed(words);
    if (!denial && !failed && takeNone(words) && isOfNothingElse(words)) return SmartCaAnswer{};
    fault.code = failed ? ProblemCode::UpstreamFailed : ProblemCode::UpstreamNonsense;
    return fault;
}

bool saysSuccess(const Json& envelope) {
    return saysDone(PlainWords(messageIn(envelope)));
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
    if (const auto failure = failureIn(httpStatus, PlainWords({})))
        fault.code = *failure;
    else if (saysMaintenance(PlainWords(body)))
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
    const auto meaning = meaningOf(httpStatus, message);
    const auto code = meaning ? ProblemCode::UpstreamRefused : meaning.error().code;
    const bool isNobodys = code == ProblemCode::UpstreamRefused && isRefusalOnTheWay(httpStatus);
    base::Fault fault{isNobodys ? ProblemCode::UpstreamBlocked : code, message, detail};
    fault.isOfNumber = code == ProblemCode::UpstreamRefused && refusesNumber(httpStatus, message);
    return fault;
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
