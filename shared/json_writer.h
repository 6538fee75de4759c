// Sets members of JSON objects: one place for how texts, numbers and instants are written, and far less code
// than nlohmann/json's initializer lists would make in WebAssembly.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "shared/calendar.h"

namespace smartca {

void setValue(nlohmann::json& object, std::string_view key, nlohmann::json&& value);
void setText(nlohmann::json& object, std::string_view key, std::string_view value);
void setInteger(nlohmann::json& object, std::string_view key, std::int64_t value);
void setFlag(nlohmann::json& object, std::string_view key, bool value);
void setInstant(nlohmann::json& object, std::string_view key, Instant value);  // ISO 8601, UTC

}  // namespace smartca
