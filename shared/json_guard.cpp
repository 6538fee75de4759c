#include "shared/json_guard.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "shared/text.h"

namespace smartca {
namespace {

using nlohmann::json;

// Builds the value while it is read, and stops at the first thing that is not allowed.
class Builder : public nlohmann::json_sax<json> {
  public:
    explicit Builder(const JsonLimits& limits) : limits_(limits) { open_.reserve(limits.depth); }

    bool null() override { return place(json(nullptr)); }
    bool boolean(bool value) override { return place(json(value)); }
    bool number_integer(number_integer_t value) override { return place(json(value)); }
    bool number_unsigned(number_unsigned_t value) override { return place(json(value)); }
    bool number_float(number_float_t value, const string_t&) override { return place(json(value)); }
    bool string(string_t& value) override { return place(json(std::move(value))); }
    bool binary(binary_t&) override { return fail(JsonError::Malformed); }

    bool start_object(std::size_t) override { return enter(json::object()); }
    bool start_array(std::size_t) override { return enter(json::array()); }
    bool end_object() override { return leave(); }
    bool end_array() override { return leave(); }
    bool key(string_t& name) override {
        const auto [entry, added] = open_.back()->get_ref<json::object_t&>().try_emplace(std::move(name));
        if (!added) return fail(JsonError::DuplicateKey);
        member_ = &entry->second;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return fail(complete_ ? JsonError::TrailingData : JsonError::Malformed);
    }

    std::optional<JsonError> error() const { return error_; }
    json take() { return std::move(root_); }

  private:
    bool fail(JsonError error) {
        if (!error_) error_ = error;
        return false;
    }

    // Puts a value where the text has it; null when there are too many.
    json* put(json&& value) {
        if (++values_ > limits_.values) {
            fail(JsonError::TooManyValues);
            return nullptr;
        }
        json* where = &root_;
        if (!open_.empty() && open_.back()->is_array()) {
            auto& array = open_.back()->get_ref<json::array_t&>();
            where = &array.emplace_back();
        } else if (!open_.empty()) {
            where = member_;
        }
        *where = std::move(value);
        return where;
    }

    bool place(json&& value) {
        complete_ = open_.empty();
        return put(std::move(value)) != nullptr;
    }

    // The addresses in `open_` stay right: an array grows only while it is the innermost open one, and map
    // nodes do not move.
    bool enter(json&& container) {
        if (open_.size() == limits_.depth) return fail(JsonError::TooDeep);
        json* where = put(std::move(container));
        if (where != nullptr) open_.push_back(where);
        return where != nullptr;
    }

    bool leave() {
        open_.pop_back();
        complete_ = open_.empty();
        return true;
    }

    JsonLimits limits_;
    json root_;
    std::vector<json*> open_;  // the arrays and objects around the place being read, outermost first
    json* member_ = nullptr;   // where the value of the key just read belongs
    std::size_t values_ = 0;
    bool complete_ = false;  // the outermost value has ended
    std::optional<JsonError> error_;
};

}  // namespace

Result<json, JsonError> parseJson(std::string_view text, const JsonLimits& limits) {
    if (!isUtf8(text)) return JsonError::InvalidUtf8;
    constexpr std::string_view kByteOrderMark =
        "\xEF\xBB\xBF";  // nlohmann/json skips it, RFC 8259 §8.1 forbids it
    if (text.starts_with(kByteOrderMark)) return JsonError::Malformed;
    // nlohmann/json 3.11 takes a NUL for the end of the text and would not see what follows it; JSON has none
    // anywhere.
    if (text.find('\0') != std::string_view::npos) return JsonError::Malformed;
    Builder builder(limits);
    json::sax_parse(text, &builder);
    if (builder.error()) return *builder.error();
    return builder.take();
}

std::string writeJson(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

const char* nameOf(JsonError error) {
    switch (error) {
        case JsonError::Malformed:
            return "malformed";
        case JsonError::TooDeep:
            return "too deep";
        case JsonError::TooManyValues:
            return "too many values";
        case JsonError::DuplicateKey:
            return "duplicate key";
        case JsonError::InvalidUtf8:
            return "invalid UTF-8";
        case JsonError::TrailingData:
            return "trailing data";
    }
    return "";
}

}  // namespace smartca
