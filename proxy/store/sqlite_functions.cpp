#include "proxy/store/sqlite_functions.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <unordered_set>

namespace smartca::store {
namespace {

std::string_view textOf(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void contains(sqlite3_context* context, int, sqlite3_value** arguments) {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL || sqlite3_value_type(arguments[1]) == SQLITE_NULL)
        return;
    const std::string_view text = textOf(arguments[0]);
    const std::string_view part = textOf(arguments[1]);
    // glibc's and musl's are several times as fast as std::string_view::find for parts of a few bytes.
    sqlite3_result_int(context,
                       ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr ? 1 : 0);
}

using Numbers = std::unordered_set<std::int64_t>;

// SQLite gives an aggregate some bytes, zeroed at first, that hold the address of what is its own.
void addNumber(sqlite3_context* context, int, sqlite3_value** arguments) {
    auto** numbers = static_cast<Numbers**>(sqlite3_aggregate_context(context, sizeof(Numbers*)));
    if (numbers == nullptr) return sqlite3_result_error_nomem(context);
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
    if (*numbers == nullptr) *numbers = std::make_unique<Numbers>().release();
    (*numbers)->insert(sqlite3_value_int64(arguments[0]));
}

void countNumbers(sqlite3_context* context) {
    auto** kept = static_cast<Numbers**>(sqlite3_aggregate_context(context, 0));
    const std::unique_ptr<Numbers> numbers(kept != nullptr ? *kept : nullptr);
    sqlite3_result_int64(context, numbers ? static_cast<sqlite3_int64>(numbers->size()) : 0);
}

}  // namespace

bool addFunctions(sqlite3* connection) {
    constexpr int kPure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    return sqlite3_create_function_v2(connection, "contains", 2, kPure, nullptr, contains, nullptr, nullptr,
                                      nullptr) == SQLITE_OK &&
           sqlite3_create_function_v2(connection, "count_distinct", 1, kPure, nullptr, nullptr, addNumber,
                                      countNumbers, nullptr) == SQLITE_OK;
}

}  // namespace smartca::store
