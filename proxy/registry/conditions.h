// The WHERE of a search, put together from fixed pieces of SQL and bound values.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "proxy/registry/search.h"
#include "proxy/store/database.h"
#include "shared/api.h"

namespace smartca::registry {

class Conditions {
  public:
    // `sql` has one `?` for each value.
    void add(std::string_view sql, std::string value) {
        addValues(sql, std::vector<Value>{std::move(value)});
    }
    template <class... Numbers>
        requires(std::integral<Numbers> && ...)
    void add(std::string_view sql, Numbers... values) {
        addValues(sql, std::vector<Value>{std::int64_t{values}...});
    }

    // What is searched for (search.h) has to occur in the row's search key. contains() (sqlite_driver.cpp) has no
    // wildcards that would have to be escaped.
    // False: nothing is searched for.
    bool addSearch(std::string_view search) {
        std::string either;
        std::vector<Value> values;
        for (const Needles& needles : readingsOf(search)) {
            std::string all;
            for (const std::string& needle : needles) {
                all += all.empty() ? "" : " AND ";
                all += needle.ends_with(' ') ? "contains(search_key || ' ', ?)" : "contains(search_key, ?)";
                values.emplace_back(needle);
            }
            either += (either.empty() ? "(" : " OR ") + all;
        }
        if (either.empty()) return false;
        addValues(either + ')', std::move(values));
        return true;
    }

    // " WHERE …", or nothing.
    const std::string& where() const { return where_; }

    void bindTo(store::Statement& statement) const {
        for (const auto& value : values_) {
            std::visit([&](const auto& bound) { statement.bind(bound); }, value);
        }
    }

  private:
    using Value = std::variant<std::int64_t, std::string>;

    void addValues(std::string_view sql, std::vector<Value> values) {
        where_ += where_.empty() ? " WHERE " : " AND ";
        where_ += sql;
        for (auto& value : values)
            values_.push_back(std::move(value));
    }

    std::string where_;
    std::vector<Value> values_;
};

// In the statement's own words: PostgreSQL plans a statement anew at each execution whose limit it does not know.
inline std::string limitOf(std::int64_t rows) {
    return " LIMIT " + std::to_string(rows);
}

// A page's number and size within sane bounds, as LIMIT and OFFSET.
struct PageWindow {
    int page;
    int pageSize;
    std::int64_t offset() const { return static_cast<std::int64_t>(page - 1) * pageSize; }
    // One more than the page has tells whether another page follows.
    std::int64_t rows() const { return std::int64_t{pageSize} + 1; }
    std::string_view skip() const { return page > 1 ? " OFFSET ?" : ""; }
    void bindTo(store::Statement& statement) const {
        if (page > 1) statement.bind(offset());
    }
    // Takes that one away again. Of more rows than are counted, there are at least as many as have been seen.
    template <class T>
    void close(Page<T>& read) const {
        const auto seen = static_cast<std::int64_t>(read.items.size());
        if (seen > 0) read.totalCount = std::max(read.totalCount, offset() + seen);
        if (seen > pageSize) read.items.pop_back();
    }
};
inline PageWindow pageWindow(int page, int pageSize) {
    constexpr int kLargestPage = 1000;
    return {page < 1 ? 1 : page, pageSize < 1 ? 1 : (pageSize > kLargestPage ? kLargestPage : pageSize)};
}

}  // namespace smartca::registry
