// What a caller may do. The proxy holds each route against it, and tells it in GET session, so that the page
// offers nothing else.
//
// Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace smartca {

enum class Right : std::uint8_t { Lookup, Create, List, Details, Rename, Default, Remove };

// In the order of the enumeration; they stand in tokens, key files and answers.
inline constexpr std::array<std::string_view, 7> kRightNames = {"lookup", "create",  "list",  "details",
                                                                "rename", "default", "remove"};
constexpr std::string_view nameOf(Right right) {
    return kRightNames[static_cast<std::size_t>(right)];
}

class Rights {
  public:
    constexpr Rights(std::initializer_list<Right> rights = {}) {
        for (const Right right : rights)
            add(right);
    }
    static constexpr Rights all() {
        Rights rights;
        rights.bits_ = (1U << kRightNames.size()) - 1;
        return rights;
    }

    constexpr void add(Right right) { bits_ |= 1U << static_cast<unsigned>(right); }
    constexpr bool has(Right right) const { return hasAny({right}); }
    constexpr bool hasAny(Rights rights) const { return (bits_ & rights.bits_) != 0; }
    constexpr bool hasAll(Rights rights) const { return (bits_ & rights.bits_) == rights.bits_; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool operator==(const Rights&) const = default;

  private:
    unsigned bits_ = 0;
};

}  // namespace smartca
