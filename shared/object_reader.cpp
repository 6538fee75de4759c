#include "shared/object_reader.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

namespace smartca {
namespace {

using nlohmann::json;

// RFC 6901 §3: "~" and "/" in a key are escaped.
void appendToken(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (const char c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

}  // namespace

ObjectReader::ObjectReader(const json& value) : value_(value) {
    if (!value_.is_object()) fail({}, "an object is expected");
}

ObjectReader::ObjectReader(const json& value, ObjectReader& parent, std::string_view key)
    : ObjectReader(value, parent, key, kNoIndex) {}

ObjectReader::ObjectReader(const json& value, ObjectReader& parent, std::string_view key, std::size_t index)
    : value_(value), parent_(&parent), root_(parent.root_), key_(key), index_(index) {
    if (!value_.is_object()) fail({}, "an object is expected");
}

std::string ObjectReader::pointer() const {
    if (parent_ == nullptr) return {};
    std::string pointer = parent_->pointer();
    appendToken(pointer, key_);
    if (index_ != kNoIndex) appendToken(pointer, std::to_string(index_));
    return pointer;
}

void ObjectReader::fail(std::string_view key, std::string reason) {
    if (failed()) return;
    std::string where = pointer();
    if (!key.empty()) appendToken(where, key);
    root_->error_ = ShapeError{std::move(where), std::move(reason)};
}

const json* ObjectReader::find(std::string_view key) {
    if (!value_.is_object()) return nullptr;
    assert(askedCount_ < kMaximumKeys);
    asked_[askedCount_++] = key;
    const auto& members = value_.get_ref<const json::object_t&>();
    const auto member = members.find(key);
    return member == members.end() ? nullptr : &member->second;
}

const json* ObjectReader::value(std::string_view key) {
    const json* member = find(key);
    if (member == nullptr) fail(key, "is missing");
    return member;
}

const json* ObjectReader::optionalValue(std::string_view key) {
    const json* member = find(key);
    return member == nullptr || member->is_null() ? nullptr : member;
}

bool ObjectReader::has(std::string_view key) const {
    return value_.is_object() && value_.get_ref<const json::object_t&>().contains(key);
}

std::string ObjectReader::text(std::string_view key) {
    const json* member = value(key);
    if (member == nullptr) return {};
    if (const auto* string = member->get_ptr<const std::string*>()) return *string;
    fail(key, "a text is expected");
    return {};
}

std::string ObjectReader::optionalText(std::string_view key) {
    return has(key) ? text(key) : (find(key), std::string());
}

bool ObjectReader::flag(std::string_view key) {
    const json* member = value(key);
    if (member == nullptr) return false;
    if (const auto* boolean = member->get_ptr<const bool*>()) return *boolean;
    fail(key, "true or false is expected");
    return false;
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
    const json* member = value(key);
    if (member == nullptr) return least;
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto* natural = member->get_ptr<const json::number_unsigned_t*>();
    const auto* whole = member->get_ptr<const json::number_integer_t*>();
    if (whole == nullptr || (natural != nullptr && *natural > kLargest) || *whole < least || *whole > most) {
        fail(key,
             "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected");
        return least;
    }
    return *whole;
}

std::int64_t ObjectReader::optionalInteger(std::string_view key, std::int64_t least, std::int64_t most) {
    if (has(key)) return integer(key, least, most);
    find(key);
    return least;
}

Instant ObjectReader::instant(std::string_view key) {
    const std::string iso = text(key);
    const std::optional<Instant> instant = parseInstant(iso);
    if (!instant) fail(key, "an ISO 8601 date and time is expected");
    return instant.value_or(0);
}

const json* ObjectReader::arrayAt(std::string_view key) {
    const json* member = value(key);
    if (member == nullptr || member->is_array()) return member;
    fail(key, "an array is expected");
    return nullptr;
}

std::size_t ObjectReader::sizeOf(const json& array) {
    return array.size();
}

const json& ObjectReader::at(const json& array, std::size_t index) {
    return array.get_ref<const json::array_t&>()[index];
}

std::string_view ObjectReader::textAt(const json& array, std::string_view key, std::size_t index) {
    if (const auto* string = at(array, index).get_ptr<const std::string*>()) return *string;
    fail(key, "an array of texts is expected");
    return {};
}

std::size_t ObjectReader::choiceOf(std::string_view key, const std::string_view* names, std::size_t count) {
    const std::string name = text(key);
    const std::string_view* found = std::find(names, names + count, name);
    if (found != names + count) return static_cast<std::size_t>(found - names);
    fail(key, "is not one of the known values");
    return 0;
}

void ObjectReader::refuseUnknownKeys() {
    if (failed() || !value_.is_object()) return;
    const auto asked = asked_.begin() + static_cast<std::ptrdiff_t>(askedCount_);
    for (const auto& [key, member] : value_.get_ref<const json::object_t&>())
        if (std::find(asked_.begin(), asked, key) == asked) return fail(key, std::string(kUnknownMember));
}

}  // namespace smartca
