#include "shared/json_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/text.h"

namespace smartca {
namespace {

using nlohmann::json;

// Where the text ceases to be JSON.
class Syntax : public nlohmann::json_sax<json> {
  public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t read, const std::string& token,
                     const nlohmann::detail::exception&) override {
        read_ = read;
        token_ = token;
        return false;
    }
    // Where a string begins that cannot stand there, else the character.
    std::size_t faultIn(std::string_view text) const {
        if (token_.starts_with('"') && token_.ends_with('"') && read_ <= text.size() &&
            text.substr(0, read_).ends_with(token_))
            return read_ - token_.size();
        return read_ == 0 ? 0 : read_ - 1;
    }

  private:
    std::size_t read_ = 0;  // characters until the fault, with the one that is wrong
    std::string token_;
};

std::size_t syntaxFault(std::string_view text) {
    Syntax syntax;
    json::sax_parse(text, &syntax);
    return std::min({syntax.faultIn(text), text.find('\0'), text.size()});
}

// The end of the shortest beginning of the text that already has the fault.
std::size_t limitFault(std::string_view text, const JsonLimits& limits, JsonError error) {
    std::size_t without = 0, with = text.size();
    while (with - without > 1) {
        const std::size_t middle = without + (with - without) / 2;
        const auto begun = parseJson(text.substr(0, middle), limits);
        (!begun && begun.error() == error ? with : without) = middle;
    }
    return without;
}

std::size_t encodingFault(std::string_view text) {
    std::size_t at = 0;
    for (std::size_t next = text.find('\n'); next < text.size() && isUtf8(text.substr(at, next - at));
         next = text.find('\n', at))
        at = next + 1;
    for (std::size_t end = at; end <= text.size(); ++end)  // to the end of the last whole character
        if (isUtf8(text.substr(at, end - at))) at = end;
    return at;
}

std::size_t faultOf(std::string_view text, const JsonLimits& limits, JsonError error) {
    switch (error) {
        case JsonError::Malformed:
        case JsonError::TrailingData:
            return syntaxFault(text);
        case JsonError::InvalidUtf8:
            return encodingFault(text);
        case JsonError::DuplicateKey: {
            const std::size_t end = limitFault(text, limits, error);
            return std::min(text.rfind('"', end == 0 ? 0 : end - 1), end);
        }
        case JsonError::TooDeep:
        case JsonError::TooManyValues:
            break;
    }
    return limitFault(text, limits, error);
}

const char* wordsFor(JsonError error, bool atEnd) {
    switch (error) {
        case JsonError::Malformed:
            return atEnd ? "the text ends before its value does" : "this cannot stand here";
        case JsonError::TrailingData:
            return "something follows after the end of the value";
        case JsonError::InvalidUtf8:
            return "this is not UTF-8; save the file as UTF-8";
        case JsonError::DuplicateKey:
            return "is there already";
        case JsonError::TooDeep:
            return "too many brackets in one another";
        case JsonError::TooManyValues:
            return "too many values";
    }
    return "";
}

// As it is written, with its quotes.
std::string nameAt(std::string_view text, std::size_t at) {
    return std::string(text.substr(at, text.find('"', at + 1) + 1 - at));
}

std::string placeOf(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(begin), before.end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }) +
                        1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

Result<json, std::string> parseJsonFile(std::string_view text, const JsonLimits& limits) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    auto value = parseJson(text, limits);
    if (value) return std::move(value).value();
    const std::size_t at = faultOf(text, limits, value.error());
    const bool named = value.error() == JsonError::DuplicateKey;
    return placeOf(text, at) + ": " + (named ? nameAt(text, at) + " " : "") +
           wordsFor(value.error(), text.find_first_not_of(" \t\r\n", at) == std::string_view::npos);
}

}  // namespace smartca
