// The cases of a vector file, tests/vectors/NAME.json, and the texts in them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

nlohmann::json vectorFile(std::string_view name);
nlohmann::json vectorCases(std::string_view name);

// The text under `key`, or the bytes under keyHex, as often as "repeat" says.
std::string inputOf(const nlohmann::json& vectorCase, const std::string& key);

std::string bytesOfHex(std::string_view hexadecimal);
std::string hexOfBytes(std::string_view bytes);

// A line that tells the case in a failure, cut where it is endless.
std::string lineOf(const nlohmann::json& vectorCase);
