// The edit distance is Wagner and Fischer's, in one row.
#include "proxy/ops/command_line.h"

#include <algorithm>
#include <numeric>

namespace smartca::ops {
namespace {

std::size_t editDistance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0u : 1u);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[right.size()];
}

}  // namespace

Result<std::vector<GivenOption>, std::string> readArguments(const std::vector<std::string>& arguments,
                                                            std::span<const Option> known,
                                                            std::string_view manual) {
    std::vector<GivenOption> given;
    for (auto word = arguments.begin(); word != arguments.end(); ++word) {
        const std::string_view argument = *word == "-h" ? std::string_view("--help") : *word;
        if (!argument.starts_with("--"))
            return "'" + *word + "' is not an option; all options begin with --. " + std::string(manual);
        const auto equals = std::min(argument.find('='), argument.size());
        const auto name = argument.substr(2, equals - 2);
        const auto option = std::ranges::find(known, name, &Option::name);
        if (option == known.end())
            return "There is no option --" + std::string(name) + ". " + suggestionFor(name, known) +
                   std::string(manual);
        const bool needsValue = equals == argument.size() && !option->placeholder.empty();
        if (needsValue && word + 1 == arguments.end())
            return "The option --" + std::string(name) + " needs a value. " + std::string(manual);
        std::string value = needsValue                 ? *++word
                            : equals < argument.size() ? std::string(argument.substr(equals + 1))
                                                       : "true";
        given.push_back({static_cast<std::size_t>(option - known.begin()), std::move(value)});
    }
    return given;
}

std::string suggestionFor(std::string_view name, std::span<const Option> known) {
    const auto nearest = nearestName(name, known);
    return nearest.empty() ? "" : "Did you mean --" + std::string(nearest) + "? ";
}

std::string_view nearestName(std::string_view typed, std::span<const Option> known) {
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
    for (const auto& option : known) {
        const auto distance = editDistance(typed, option.name);
        if (distance < least) {
            least = distance;
            nearest = option.name;
        }
    }
    return nearest;
}

std::string helpOf(const Option& option, std::string_view note) {
    constexpr std::size_t kColumn = 36;
    std::string text = "  --" + std::string(option.name);
    if (!option.placeholder.empty()) text += ' ' + std::string(option.placeholder);
    text.resize(std::max(text.size() + 1, kColumn), ' ');
    text += std::string(option.help) + '\n';
    if (!note.empty()) text += std::string(kColumn, ' ') + std::string(note) + '\n';
    return text;
}

}  // namespace smartca::ops
