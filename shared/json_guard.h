// The only door through which JSON from outside enters and leaves.
//
// nlohmann/json parses any depth but recurses when it copies or dumps, keeps one of two equal keys silently,
// and throws from dump() on bad UTF-8 (nlohmann/json#5291, #5387). Everything here is bounded and never
// throws.
//
//   auto body = parseJson(text);
//   if (!body) log(nameOf(body.error()));
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca {

enum class JsonError : std::uint8_t {
    Malformed,
    TooDeep,
    TooManyValues,
    DuplicateKey,
    InvalidUtf8,
    TrailingData
};

struct JsonLimits {
    std::size_t depth = 16;       // nested arrays and objects
    std::size_t values = 20'000;  // of every kind, arrays and objects included, names not
};

// RFC 8259, strictly: no comments, no trailing commas, no byte order mark. A number beyond what a double
// holds is Malformed. Keys are compared after their escapes are resolved.
Result<nlohmann::json, JsonError> parseJson(std::string_view text, const JsonLimits& limits = {});

// Without blanks, keys sorted. Never throws: bytes that are not UTF-8 become U+FFFD. Precondition: no deeper
// than JsonLimits allows, as everything that parseJson gives.
std::string writeJson(const nlohmann::json& value);

const char* nameOf(JsonError error);

}  // namespace smartca
