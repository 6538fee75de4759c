#include "proxy/sandbox/stored_answers.h"

#include <utility>

namespace smartca::sandbox {
namespace {

std::string numberOf(std::size_t turn) {
    const std::string digits = std::to_string(turn);
    return std::string("001200000000").substr(0, 12 - digits.size()) + digits;
}

}  // namespace

Result<StoredAnswer, std::string> parseStoredAnswer(const Json& object) {
    StoredAnswer answer;
    answer.name = textIn(object, "name").value_or("");
    answer.should = textIn(object, "should").value_or("");
    if (!object.is_object() || !object.contains("body")) return std::string("\"body\" is missing");
    const Json& body = object.at("body");
    answer.body = body.is_string() ? body.get<std::string>() : body.dump();
    const bool page = answer.body.starts_with('<');
    answer.type = page ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
    if (object.contains("http")) {
        const Json& http = object.at("http");
        if (!http.is_number_integer() || http < 200 || http > 599)
            return std::string("\"http\" must be 200 to 599");
        answer.http = http.get<int>();
    }
    if (answer.http == 429 || answer.http == 503) answer.headers["Retry-After"] = "120";
    const Json headers = object.value("headers", Json::object());
    for (const auto& [name, value] : headers.items()) {
        if (!value.is_string()) return std::string("\"headers\" must be texts");
        answer.headers[name] = value.get<std::string>();
    }
    return answer;
}

Result<StoredAnswers, std::string> parseStoredAnswers(std::string_view text) {
    const Json document = Json::parse(text, nullptr, false);
    if (!document.is_array()) return std::string("not a JSON array of answers");
    StoredAnswers answers;
    for (const Json& object : document) {
        const std::size_t turn = answers.size() + 1;
        auto answer = parseStoredAnswer(object);
        if (!answer) return "answer " + std::to_string(turn) + ": " + answer.error();
        answers.emplace(numberOf(turn), std::move(answer).value());
    }
    return answers;
}

Json describe(const StoredAnswers& answers) {
    Json list = Json::array();
    for (const auto& [number, answer] : answers)
        list.push_back({{"number", number}, {"name", answer.name}, {"should", answer.should}});
    return list;
}

}  // namespace smartca::sandbox
