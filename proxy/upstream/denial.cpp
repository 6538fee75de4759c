#include "proxy/upstream/denial.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;
using Names = std::initializer_list<std::string_view>;

constexpr std::size_t kLongestWords = 200;

bool holdsOne(const std::string& words, Names phrases) {
    return std::ranges::any_of(phrases, [&](auto phrase) { return words.find(phrase) != std::string::npos; });
}

bool isOneOf(std::string_view name, Names names) {
    return std::ranges::find(names, name) != names.end();
}

// "error_message", "errorMessage" and "ErrorMessage" are one name.
std::string plainName(std::string_view key) {
    std::string name = base::lowerCase(key);
    std::erase_if(name, [](char c) { return !isAsciiLetter(c); });
    return name;
}

// A text or a number; of what holds more than one thing, the first that is a text.
std::string wordsIn(const Json& value) {
    if (value.is_number() || value.is_boolean()) return value.dump();
    if (value.is_string()) return base::cleaned(value.get_ref<const std::string&>(), kLongestWords);
    for (const Json& inner : value)
        if (inner.is_string() && !inner.get_ref<const std::string&>().empty()) return wordsIn(inner);
    return {};
}

// Nothing, zero in all its spellings, or success.
bool deniesNothing(const Json& value) {
    if (value.is_null() || (value.is_structured() && value.empty())) return true;
    const std::string words = plainWords(wordsIn(value));
    return saysDone(words) || isOneOf(words, {"200", "false", "none", "null", "no error", "no"}) ||
           words.find_first_not_of("0 ") == std::string::npos;
}

bool isUntrue(const Json& value) {
    return isOneOf(plainWords(wordsIn(value)), {"false", "0", "no", "n"});
}

bool denies(std::string_view name, const Json& value) {
    if (isOneOf(name, {"success", "issuccess", "succeeded", "successful", "issuccessful", "isok", "ok"}))
        return isUntrue(value);
    if (name.starts_with("err") || isOneOf(name, {"iserror", "haserror", "failed", "isfailed", "exception"}))
        return !deniesNothing(value);
    return false;
}

// SmartCA's own `status_code` has been read before; another beside it may be of something else, but not of success.
bool deniesByCode(std::string_view name, const Json& value) {
    if (isOneOf(name, {"code", "responsecode", "resultcode", "returncode", "statuscode"}))
        return !deniesNothing(value);
    return name == "status" && !deniesNothing(value) && !isOneOf(wordsIn(value), {"1", "true"});
}

}  // namespace

std::string plainWords(std::string_view text) {
    std::string words = base::comparableWithoutAccents(validUtf8(text));
    std::ranges::replace(words, '_', ' ');
    return words;
}

bool saysFailed(const std::string& words) {
    return holdsOne(words, {"fail", "unsuccess", "not success", "no success", "that bai", "khong thanh cong",
                            "chua thanh cong"});
}

bool saysDone(const std::string& words) {
    // "Kết nối thành công, tài khoản bị khóa", "Success: 0 certificates, 2 errors".
    const bool hasMore = holdsOne(
        words, {"error", "loi", "khoa", "tu choi", "denied", "refused", "khong", "chua", "not ", "invalid"});
    return (holdsOne(words, {"success", "thanh cong"}) || words == "ok" || words == "done") && !hasMore &&
           !saysFailed(words);
}

std::string messageIn(const Json& body) {
    if (!body.is_object()) return {};
    for (const std::string_view wanted : {"message", "messages", "msg", "errordescription", "errormessage",
                                          "errormsg", "detail", "description", "title", "error"})
        for (const auto& [key, value] : body.items()) {
            if (plainName(key) != wanted || value.is_boolean()) continue;
            std::string words = wordsIn(value);
            if (!words.empty()) return words;
        }
    return {};
}

std::optional<Denial> denialIn(const Json& envelope) {
    const auto found = [](const std::string& key, const Json& value) {
        const std::string words = wordsIn(value);
        const bool isText = !value.is_boolean() && !value.is_number();
        return Denial{isText ? words : std::string(),
                      key + " is " + (words.empty() ? value.type_name() : words)};
    };
    if (!envelope.is_object()) return std::nullopt;
    for (const auto& [key, value] : envelope.items()) {
        if (key == "status_code" || key == "data") continue;
        const std::string name = plainName(key);
        if (denies(name, value) || deniesByCode(name, value)) return found(key, value);
    }
    if (const auto data = envelope.find("data"); data != envelope.end() && data->is_object())
        for (const auto& [key, value] : data->items())
            if (denies(plainName(key), value)) return found("data." + key, value);
    return std::nullopt;
}

std::size_t announcedIn(const Json& envelope) {
    std::size_t most = 0;
    const auto look = [&most](const Json& object) {
        if (!object.is_object()) return;
        for (const auto& [key, value] : object.items())
            if (value.is_number_unsigned() &&
                isOneOf(plainName(key), {"total", "totalcount", "totalrecord", "totalrecords",
                                         "totalelements", "totalitems", "recordstotal", "count"}))
                most = std::max(most, value.get<std::size_t>());
    };
    look(envelope);
    if (envelope.is_object())
        if (const auto data = envelope.find("data"); data != envelope.end()) look(*data);
    return most;
}

}  // namespace smartca::upstream
