// What a row of the list says, in the chosen language, whether it is drawn in a table or on a card.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/view/certificate_words.h"
#include "web/view/page.h"

namespace smartca::view {

struct RowWords {
    std::string name, user, identity, serial, type, validity;
    std::vector<std::string> badges;
    StatusWords status;
};

// A serial number is shown whole where there is room for all of the column.
enum class SerialForm : std::uint8_t { Whole, Shortened };
std::string serialIn(SerialForm form, const RowWords& words);

RowWords wordsOf(const PageArea& area, const Certificate& certificate);
// Of the badges behind the name, with the distance before each.
float badgesWidth(const Painter& painter, const RowWords& row);

}  // namespace smartca::view
