#include "shared/json_writer.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace smartca {

using nlohmann::json;

void setValue(json& object, std::string_view key, json&& value) {
    if (!object.is_object()) object = json(json::value_t::object);
    object.get_ref<json::object_t&>().insert_or_assign(std::string(key), std::move(value));
}

void setText(json& object, std::string_view key, std::string_view value) {
    setValue(object, key, json(std::string(value)));
}

void setInteger(json& object, std::string_view key, std::int64_t value) {
    setValue(object, key, json(value));
}

void setFlag(json& object, std::string_view key, bool value) {
    setValue(object, key, json(value));
}

void setInstant(json& object, std::string_view key, Instant value) {
    setText(object, key, isoOf(value));
}

}  // namespace smartca
