// Files that are small enough to be read whole.
#pragma once

#include <optional>
#include <string>

namespace smartca::base {

// Nothing where the path cannot be opened or read, as a folder cannot.
std::optional<std::string> readFile(const std::string& path);

}  // namespace smartca::base
