// Tables with one row for each enumerator, which the enumerator indexes.
//
//   static_assert(isIndexedBy(kCodes, &CodeRule::code, FindingCode::Count));
#pragma once

#include <cstddef>

namespace smartca {

// Whether the row at index i has the key with the value i, for each value below `count`.
template <class Row, std::size_t N, class Key>
constexpr bool isIndexedBy(const Row (&table)[N], Key Row::* key, Key count) {
    for (std::size_t i = 0; i < N; ++i)
        if (static_cast<std::size_t>(table[i].*key) != i) return false;
    return N == static_cast<std::size_t>(count);
}

}  // namespace smartca
