// JSON that a person wrote into a file, and where it is wrong.
//
//   auto json = parseJsonFile(content);
//   if (!json) say(path + ", " + json.error() + ".");  // "line 3, column 14: this cannot stand here"
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "shared/json_guard.h"
#include "shared/result.h"

namespace smartca {

// As parseJson(), but takes the byte order mark that editors on Windows put before UTF-8. Lines and columns
// count from 1, columns in characters.
Result<nlohmann::json, std::string> parseJsonFile(std::string_view text, const JsonLimits& limits = {});

}  // namespace smartca
