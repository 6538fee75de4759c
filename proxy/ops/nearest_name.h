// The known name that a mistyped one probably meant.
#pragma once

#include <span>
#include <string_view>

namespace smartca::ops {

// By edit distance (insertions, deletions, replacements); empty when none is within a third of the name's
// length.
std::string_view nearestName(std::string_view typed, std::span<const std::string_view> known);

}  // namespace smartca::ops
