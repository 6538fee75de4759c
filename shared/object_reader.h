// Reads the members of one JSON object strictly: each call names a key, and the first thing that is not as it
// should be is kept as a ShapeError with its JSON pointer; everything after it reads as an empty value. So a
// parse function is a plain list of members with one check at its end.
//
//   ObjectReader reader(json);
//   LookupRequest request;
//   request.identity = reader.text("identity");
//   request.userId = reader.optionalInteger("userId", 0, kLargestUserId);
//   return reader.finish(std::move(request), UnknownKeys::Refused);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "shared/api.h"

namespace smartca {

enum class UnknownKeys : std::uint8_t { Refused, Ignored };

class ObjectReader {
  public:
    explicit ObjectReader(const nlohmann::json& value);
    // For a value inside another: errors are the parent's errors. `key` and `index` say where it stands in
    // it.
    ObjectReader(const nlohmann::json& value, ObjectReader& parent, std::string_view key);
    ObjectReader(const nlohmann::json& value, ObjectReader& parent, std::string_view key, std::size_t index);
    ObjectReader(const ObjectReader&) = delete;
    ObjectReader& operator=(const ObjectReader&) = delete;

    std::string text(std::string_view key);          // required
    std::string optionalText(std::string_view key);  // "" when absent
    bool flag(std::string_view key);
    std::int64_t integer(std::string_view key, std::int64_t least,
                         std::int64_t most = std::numeric_limits<std::int64_t>::max());
    std::int64_t optionalInteger(std::string_view key, std::int64_t least,
                                 std::int64_t most);  // `least` when absent
    Instant instant(std::string_view key);

    // The member, or null when it is absent (optional, or an error) or, for optionalValue, JSON null.
    const nlohmann::json* value(std::string_view key);
    const nlohmann::json* optionalValue(std::string_view key);
    bool has(std::string_view key) const;

    // A text of a closed set: the index of it in `names`, or 0 with an error.
    template <std::size_t N>
    std::size_t choice(std::string_view key, const std::array<std::string_view, N>& names) {
        return choiceOf(key, names.data(), names.size());
    }

    // Calls read(ObjectReader&) for each object of an array.
    template <class Read>
    void eachObject(std::string_view key, Read read) {
        const nlohmann::json* array = arrayAt(key);
        for (std::size_t i = 0; array != nullptr && i < sizeOf(*array) && !failed(); ++i) {
            ObjectReader item(at(*array, i), *this, key, i);
            read(item);
        }
    }
    // Calls read(std::string_view) for each text of an array.
    template <class Read>
    void eachText(std::string_view key, Read read) {
        const nlohmann::json* array = arrayAt(key);
        for (std::size_t i = 0; array != nullptr && i < sizeOf(*array) && !failed(); ++i)
            read(textAt(*array, key, i));
    }

    void fail(std::string_view key, std::string reason);
    bool failed() const { return root_->error_.has_value(); }
    void refuseUnknownKeys();

    template <class T>
    Parsed<T> finish(T result, UnknownKeys unknown) {
        if (unknown == UnknownKeys::Refused) refuseUnknownKeys();
        if (failed()) return *error_;
        return result;
    }

  private:
    const nlohmann::json* find(std::string_view key);
    const nlohmann::json* arrayAt(std::string_view key);
    static std::size_t sizeOf(const nlohmann::json& array);
    static const nlohmann::json& at(const nlohmann::json& array, std::size_t index);
    std::string_view textAt(const nlohmann::json& array, std::string_view key, std::size_t index);
    std::size_t choiceOf(std::string_view key, const std::string_view* names, std::size_t count);
    std::string pointer() const;

    static constexpr std::size_t kMaximumKeys = 16;
    static constexpr std::size_t kNoIndex = std::numeric_limits<std::size_t>::max();

    const nlohmann::json& value_;
    const ObjectReader* parent_ = nullptr;
    ObjectReader* root_ = this;
    std::string_view key_;
    std::size_t index_ = kNoIndex;
    std::array<std::string_view, kMaximumKeys> asked_;
    std::size_t askedCount_ = 0;
    std::optional<ShapeError> error_;  // in the root alone
};

}  // namespace smartca
