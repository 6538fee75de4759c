// A command line's options, for the proxy and for its audit command: "--name value", "--name=value", and
// flags that need no value. Unknown names are errors that say which name was probably meant.
//
// Not CLI11, of which 2.1.2 was tried: it reads no JSON, lets the file win over the environment and suggests
// no name, so that only the loop of readArguments() would go, for 190 KB of code and 3 s of compiling.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/result.h"

namespace smartca::ops {

struct Option {
    std::string_view name{};         // without the leading "--"
    std::string_view placeholder{};  // stands for the value in the help; empty: a flag
    std::string_view help{};
};

struct GivenOption {
    std::size_t index = 0;  // in the list of known options
    std::string value;      // "true" for a flag without one
};

// In the order in which they are given. "-h" is "--help". `manual` ends each error: "See --help."
Result<std::vector<GivenOption>, std::string> readArguments(const std::vector<std::string>& arguments,
                                                            std::span<const Option> known,
                                                            std::string_view manual);

// "Did you mean --listen?", or empty where no name is near.
std::string suggestionFor(std::string_view name, std::span<const Option> known);

// By edit distance (insertions, deletions, replacements); empty where none is within a third of the letters.
std::string_view nearestName(std::string_view typed, std::span<const Option> known);

// "  --name PLACEHOLDER      help", and below it, in the help's column, a note if there is one.
std::string helpOf(const Option& option, std::string_view note = {});

}  // namespace smartca::ops
