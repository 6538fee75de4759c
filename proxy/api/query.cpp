#include "proxy/api/query.h"

#include <algorithm>
#include <limits>

#include "proxy/base/text.h"
#include "shared/api.h"
#include "shared/text.h"

namespace smartca::api {
namespace {

constexpr std::size_t kMaximumParameters = 16;
constexpr Instant kSecondsOfDay = 86'400;

// application/x-www-form-urlencoded, as URLSearchParams writes it (WHATWG URL §5).
std::optional<std::string> decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        std::string byte;
        if (!decodeHexadecimal(text.substr(i + 1, 2), byte) || byte.empty()) return std::nullopt;
        result += byte;
        i += 2;
    }
    // Invisible characters may be pasted with a name and are the search's business.
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (!isUtf8(result) || std::any_of(result.begin(), result.end(), isControl)) return std::nullopt;
    return result;
}

// A name from outside, safe to repeat in a reason.
std::string inQuotes(std::string_view name) {
    std::string safe;
    for (const char c : name.substr(0, 32))
        safe += c > 0x20 && c < 0x7f && c != '"' ? c : '?';
    return '"' + safe + '"';
}

}  // namespace

QueryReader::QueryReader(std::string_view query) {
    while (!query.empty() && !fault_) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals));
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value) {
            fault_ = "A query parameter is not percent-encoded UTF-8, or holds a control character.";
        } else if (parameters_.size() == kMaximumParameters) {
            fault_ = "There are too many query parameters.";
        } else if (std::any_of(parameters_.begin(), parameters_.end(),
                               [&](const Parameter& p) { return p.name == *name; })) {
            fault_ = "The query parameter " + inQuotes(*name) + " is given twice.";
        } else {
            parameters_.push_back({std::move(*name), std::move(*value)});
        }
    }
}

std::string QueryReader::take(std::string_view name) {
    for (auto& parameter : parameters_) {
        if (parameter.name != name) continue;
        parameter.taken = true;
        return parameter.value;
    }
    return {};
}

void QueryReader::fail(std::string_view name, std::string_view reason) {
    if (!fault_) fault_ = "The query parameter " + inQuotes(name) + ' ' + std::string(reason) + '.';
}

std::string QueryReader::text(std::string_view name, std::size_t maximumCodePoints) {
    auto value = take(name);
    if (codePointCount(value) > maximumCodePoints) fail(name, "is too long");
    return value;
}

std::int64_t QueryReader::integer(std::string_view name, std::int64_t absent, std::int64_t minimum,
                                  std::int64_t maximum) {
    const auto value = take(name);
    if (value.empty()) return absent;
    if (const auto number = base::wholeNumberOf(value, minimum, maximum)) return *number;
    fail(name, "must be a number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return absent;
}

std::vector<std::int64_t> QueryReader::integers(std::string_view name, std::size_t maximumCount) {
    const bool given = std::ranges::find(parameters_, name, &Parameter::name) != parameters_.end();
    const std::string value = take(name);
    std::vector<std::int64_t> numbers;
    // None at all is a list as well, which a caller has joined of nothing: not to be taken for "every".
    for (std::string_view rest = value; given && (numbers.empty() || !rest.empty());) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto number =
            base::wholeNumberOf(rest.substr(0, end), 1, std::numeric_limits<std::int64_t>::max());
        if (!number || end + 1 == rest.size() || numbers.size() == maximumCount) {
            fail(name,
                 "must be at most " + std::to_string(maximumCount) + " numbers with commas between them");
            return {};
        }
        numbers.push_back(*number);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return numbers;
}

std::pair<int, int> QueryReader::page() {
    const auto size = integer("pageSize", 10, 1, 100);
    const auto page = integer("page", 1, 1, (kLastRow + size - 1) / size);
    return {static_cast<int>(page), static_cast<int>(size)};
}

std::optional<Instant> QueryReader::date(std::string_view name, OfDay which) {
    const auto value = take(name);
    if (value.empty()) return std::nullopt;
    constexpr std::size_t kDayLength = 10;  // "2026-11-22"
    if (value.size() == kDayLength && value[4] == '-') {
        if (const auto day = parseDay(value))
            return which == OfDay::FirstSecond ? *day : *day + kSecondsOfDay - 1;
    } else if (const auto instant = parseInstant(value)) {
        return instant;
    }
    fail(name, "must be a day as 2026-11-22 or an instant of ISO 8601");
    return std::nullopt;
}

std::optional<std::string> QueryReader::fault() const {
    if (fault_) return fault_;
    for (const auto& parameter : parameters_) {
        if (!parameter.taken) return "There is no query parameter " + inQuotes(parameter.name) + " here.";
    }
    return std::nullopt;
}

}  // namespace smartca::api
