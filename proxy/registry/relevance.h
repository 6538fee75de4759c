// The order in which users that match a search are listed: those who are meant stand first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smartca::registry {

// Two expressions over the columns of `users`, each smaller for a better match; their parameters are texts.
//
// The first: 0 where the whole name, or a whole code or phone, is what was typed; 1 where the name begins so; 2
// where a word in it does; 3 for the rest. The second tells "Trần" from "Tran" where accents were typed.
struct Relevance {
    std::string columns;  // "… AS rank, … AS accents"
    std::vector<std::string> values;
};
Relevance relevanceOf(std::string_view search);

}  // namespace smartca::registry
