// The rows of the certificates found, as the last frame had them: to lay out hundreds anew would cost more than all
// else of a frame.
#pragma once

#include <cstddef>
#include <vector>

#include "web/view/lookup_row.h"

namespace smartca::view {

class LookupRows {
  public:
    // Brings the rows up to date, by place. Words are set and measured again only where what they say, or the room
    // for them, is other than in the last frame.
    void follow(const Form& form, float width);
    // Those that the search shows, as items of the list, whose content the painter is in; `box` is the list's.
    // The same items as in the last frame where nothing about them has changed.
    const ItemBlock& report(const Form& form, const Rectangle& box, Role role);
    // The fonts are others.
    void forget() { room_ = {}; }

    const LookupRow& operator[](std::uint16_t place) const { return rows_[place]; }
    // Of all rows, or of those that the search shows; with a hairline below each.
    float height(const std::vector<std::uint16_t>& places) const;

  private:
    // What words and heights follow from, beside the answer and which of its certificates are others'.
    struct Room {
        std::string user;          // the chosen user's name
        bool isListed = false;     // "on the list" is said of that user's
        std::int64_t day = 0;      // today
        std::ptrdiff_t ended = 0;  // how many certificates have ended
        Locale locale{};
        float width = 0, density = 0;
        bool roomy = false;
        bool operator==(const Room&) const = default;
    };
    // What the items follow from, beside the rows.
    struct Standing {
        std::vector<std::uint16_t> shown;
        std::uint16_t stop = 0;
        Availability availability{};
        Role role{};
        Rectangle box;
        bool operator==(const Standing&) const = default;
    };
    static Room roomOf(const Form& form, float width);
    void measure(const Form& form, float width);
    void mark(const Form& form);

    std::shared_ptr<const Registered> answer_;  // whose certificates they are
    std::vector<unsigned char> isOthers_;
    Room room_;
    std::vector<LookupRow> rows_;
    Standing standing_;
    ItemBlock items_;  // null: a row has changed
};

}  // namespace smartca::view
