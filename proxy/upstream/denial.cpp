#include "proxy/upstream/denial.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestWords = 200;
constexpr std::size_t kMostMissing = 1'000;

bool isOneOf(std::string_view name, Phrases names) {
    return std::ranges::find(names, name) != names.end();
}

// "error_message", "errorMessage" and "ErrorMessage" are one name.
std::string plainName(std::string_view key) {
    std::string name = plainlyWritten(key);
    std::erase(name, ' ');
    return name;
}

// A text, a number or a truth value; of what holds more than one thing, the first that is a text.
std::string wordsIn(const Json& value) {
    if (value.is_number() || value.is_boolean()) return value.dump();
    if (value.is_string()) return base::cleaned(value.get_ref<const std::string&>(), kLongestWords);
    for (const Json& inner : value)
        if (inner.is_string() && !inner.get_ref<const std::string&>().empty()) return wordsIn(inner);
    return {};
}

// "Error", which stands before what it is about.
bool isHeadline(const std::string& words) {
    return isOneOf(plainlyWritten(words), {"error", "failed", "unauthorized", "bad request", "not found",
                                           "forbidden", "conflict", "unprocessable entity", "loi"});
}

constexpr auto kMessages = std::to_array<std::string_view>(
    {"message", "messages", "msg", "errordescription", "errormessage", "errormsg", "description", "detail",
     "details", "errors", "title", "error", "reason", "responsemessage"});

// 0 and 200 in all spellings, and whatever begins with 2 and has three digits or more; -1 where there is no number.
bool isCodeOfSuccess(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return !isAsciiDigit(c); });
    if (text.find('-') == 0 || digits.empty()) return false;
    return digits.find_first_not_of('0') == std::string::npos || digits == "1" ||
           (digits.front() == '2' && digits.size() >= 3);
}

bool hasDigit(std::string_view text) {
    return std::ranges::any_of(text, isAsciiDigit);
}

bool standsForNone(const std::string& words) {
    return isOneOf(plainlyWritten(words),
                   {"", "false", "none", "null", "na", "n a", "no", "no error", "no errors", "noerror",
                    "khong", "khong loi", "khong co loi", "ok"});
}

bool isUntrue(const std::string& words) {
    return isOneOf(plainlyWritten(words), {"false", "0", "no", "n"});
}

// A member that is there to say whether it went well.
bool denies(std::string_view name, const Json& value) {
    const std::string words = wordsIn(value);
    if (isOneOf(name, {"success", "issuccess", "succeeded", "successful", "issuccessful", "isok", "ok",
                       "result", "status"}) &&
        isUntrue(words))
        return words != "0";  // some count from there
    if (isOneOf(name, {"code", "responsecode", "respcode", "resultcode", "returncode", "statuscode"}))
        return hasDigit(words) ? !isCodeOfSuccess(words) : saysFailed(PlainWords(words));
    if (isOneOf(name, {"status", "state", "result", "statustext", "responsestatus"}))
        return hasDigit(words) ? !isCodeOfSuccess(words) : saysFailed(PlainWords(words));
    if (isOneOf(name, {"iserror",   "haserror",  "failed",       "isfailed",    "timeout",
                       "partial",   "exception", "fault",        "faultstring", "exceptionmessage",
                       "warning",   "warnings",  "error",        "errors",      "err",
                       "errorcode", "errcode",   "errormessage", "errormsg",    "errordescription"}))
        return !standsForNone(words) && !isCodeOfSuccess(words) && !saysDone(PlainWords(words));
    // Whatever else is said beside a success.
    return std::ranges::find(kMessages, name) != kMessages.end() && saysFailed(PlainWords(words)) &&
           !standsForNone(words);
}

}  // namespace

bool saysFailed(const PlainWords& words) {
    return words.has({"fail",
                      "failed",
                      "failure",
                      "fails",
                      "unsuccessful",
                      "unsuccess",
                      "not success",
                      "no success",
                      "error",
                      "errors",
                      "exception",
                      "timeout",
                      "timed out",
                      "denied",
                      "refused",
                      "locked",
                      "expired",
                      "invalid",
                      "unauthorized",
                      "forbidden",
                      "partial",
                      "pending",
                      "processing",
                      "that bai",
                      "khong thanh cong",
                      "chua thanh cong",
                      "loi",
                      "khoa",
                      "bi khoa",
                      "tu choi",
                      "khong hop le",
                      "mot phan",
                      "het han",
                      "het phien",
                      "cho ket qua",
                      "dang nhap",
                      "tiep nhan",
                      "gui yeu cau",
                      "khong phan hoi"});
}

bool saysDone(const PlainWords& words) {
    PlainWords rest = words;
    rest.take({"khong co loi", "khong loi", "no errors", "no error"});
    return rest.has({"success", "successful", "successfully", "succeed", "succeeded", "thanh cong", "ok",
                     "done", "completed", "hoan thanh", "hoan tat"}) &&
           !saysFailed(rest) && !rest.has({"khong", "chua", "not"});
}

std::string messageIn(const Json& body) {
    if (!body.is_object()) return {};
    std::string headline;
    for (const std::string_view wanted : kMessages)
        for (const auto& [key, value] : body.items()) {
            if (plainName(key) != wanted || value.is_boolean()) continue;
            std::string words = wordsIn(value);
            if (words.empty()) continue;
            if (!isHeadline(words)) return words;
            if (headline.empty()) headline = std::move(words);
        }
    return headline;
}

std::optional<Denial> denialIn(const Json& envelope) {
    if (!envelope.is_object()) return std::nullopt;
    const auto denialOf = [](const std::string& key, const Json& value) {
        const std::string words = wordsIn(value);
        const bool isText = !value.is_boolean() && !value.is_number();
        return Denial{isText ? words : std::string(),
                      key + " is " + (words.empty() ? value.type_name() : words)};
    };
    for (const auto& [key, value] : envelope.items())
        if (key != "status_code" && key != "data" && key != "message" && denies(plainName(key), value))
            return denialOf(key, value);
    if (const auto data = envelope.find("data"); data != envelope.end() && data->is_object())
        for (const auto& [key, value] : data->items())
            if (key != "user_certificates" && denies(plainName(key), value))
                return denialOf("data." + key, value);
    return std::nullopt;
}

Missing moreThanListed(const Json& envelope, std::size_t listed) {
    Missing missing;
    const auto look = [&](const Json& object) {
        if (!object.is_object()) return;
        for (const auto& [key, value] : object.items()) {
            const std::string name = plainName(key), words = wordsIn(value);
            const auto number = base::wholeNumberOf(words, 0, 1'000'000);
            const bool isCount =
                isOneOf(name, {"total", "totalcount", "totalrecord", "totalrecords", "totalelements",
                               "totalitems", "totalrows", "totalsize", "totalcertificates", "recordstotal",
                               "certcount", "certificatecount", "rowcount", "tongso", "soluong", "count"});
            const bool isPages = isOneOf(name, {"totalpages", "pagecount", "pages", "nextpage"});
            const bool isFlag =
                isOneOf(name, {"hasnext", "hasnextpage", "hasmore", "truncated", "istruncated"});
            const std::size_t total = isCount && number ? static_cast<std::size_t>(*number) : 0;
            const bool isMore =
                (isPages && number && *number > 1) || (isFlag && isOneOf(words, {"true", "1"})) ||
                (name == "last" && words == "false") || (name == "nextpagetoken" && !words.empty()) ||
                (name == "next" && !standsForNone(words) && words != "0" && !words.starts_with('-'));
            const std::size_t count = total > listed ? std::min(total - listed, kMostMissing) : isMore;
            if (count > missing.count) missing = {count, key + " is " + words};
        }
    };
    const auto lookInto = [&look](const Json& object) {
        look(object);
        for (const char* inner : {"pagination", "page", "paging", "meta", "_links", "links"})
            if (object.is_object() && object.contains(inner)) look(object.at(inner));
    };
    lookInto(envelope);
    if (envelope.is_object() && envelope.contains("data")) lookInto(envelope.at("data"));
    return missing;
}

}  // namespace smartca::upstream
