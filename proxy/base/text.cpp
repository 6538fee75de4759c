#include "proxy/base/text.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "shared/calendar.h"
#include "shared/text.h"

namespace smartca::base {

std::optional<std::int64_t> wholeNumberOf(std::string_view text, std::int64_t minimum, std::int64_t maximum) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && number >= minimum && number <= maximum ? std::optional(number) : std::nullopt;
}

std::vector<std::string_view> partsOf(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::string lowerCase(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), asciiLower);
    return result;
}

bool isOrigin(std::string_view text) {
    const bool isSecure = text.starts_with("https://");
    if (!isSecure && !text.starts_with("http://")) return false;
    const auto host = text.substr(text.find("://") + 3);
    return !host.empty() && host.find_first_of("/ \t;,'\"*") == std::string_view::npos &&
           !host.ends_with(isSecure ? ":443" : ":80") && lowerCase(host) == host;
}

std::string timestampOf(std::int64_t milliseconds) {
    const std::chrono::milliseconds moment(milliseconds);
    const auto second = std::chrono::floor<std::chrono::seconds>(moment);
    std::string text = isoOf(second.count());
    const auto fraction = std::to_string(1000 + (moment - second).count());
    return text.insert(text.size() - 1, "." + fraction.substr(1));
}

}  // namespace smartca::base
