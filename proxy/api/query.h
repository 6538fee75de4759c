// Reads a query string strictly: every parameter is known, given once, in range, and UTF-8. A parameter with
// an empty value counts as not given.
//
//   QueryReader query(request.head.query);
//   const int page = query.integer("page", 1, 1, 100'000);
//   if (query.fault()) return malformed(request, query);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/calendar.h"

namespace smartca::api {

class QueryReader {
  public:
    explicit QueryReader(std::string_view query);

    std::string text(std::string_view name, std::size_t maximumCodePoints);
    std::int64_t integer(std::string_view name, std::int64_t absent, std::int64_t minimum,
                         std::int64_t maximum);
    // "11,12": whole numbers from 1 on.
    std::vector<std::int64_t> integers(std::string_view name, std::size_t maximumCount);
    // "2026-11-22" is a day in Vietnam, of which the first or the last second counts; or an ISO 8601 instant.
    enum class OfDay : unsigned char { FirstSecond, LastSecond };
    std::optional<Instant> date(std::string_view name, OfDay which);
    // "page", in which one of the first kLastRow rows has to be, and "pageSize".
    std::pair<int, int> page();
    // What `parse` makes of the value, e.g. certificateTypeOfName.
    template <class T>
    std::optional<T> choice(std::string_view name, std::optional<T> (*parse)(std::string_view)) {
        const auto value = take(name);
        if (value.empty()) return std::nullopt;
        const auto parsed = parse(value);
        if (!parsed) fail(name, "is not one of the known values");
        return parsed;
    }

    // What is wrong, as a sentence for a developer, once everything known has been asked for.
    std::optional<std::string> fault() const;
    // It names a parameter that nobody has asked for: what a client made up.
    bool isFaultOfUnknown() const { return !fault_; }

  private:
    struct Parameter {
        std::string name;
        std::string value;
        bool taken = false;
    };
    std::string take(std::string_view name);
    void fail(std::string_view name, std::string_view reason);

    std::vector<Parameter> parameters_;
    std::optional<std::string> fault_;
};

}  // namespace smartca::api
