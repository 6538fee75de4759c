#include "proxy/registry/relevance.h"

#include <algorithm>

#include "proxy/base/unicode.h"
#include "proxy/registry/fold.h"
#include "shared/text.h"

namespace smartca::registry {
namespace {

bool hasDigit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), isAsciiDigit);
}

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

// Made of the columns that stand in the index, so that a search does not open each row. An anchor, which no
// name holds, marks where a name begins.
Relevance relevanceOf(std::string_view search) {
    const std::string words = folded(search);
    Relevance relevance;
    relevance.columns = "CASE WHEN name_key = ?";
    relevance.values = {words};
    if (const std::string number = foldedNumber(search); hasDigit(number)) {
        relevance.columns += " OR contains(search_key || ' ', ?)";
        relevance.values.push_back(' ' + number + ' ');
    }
    relevance.columns +=
        " THEN 0 WHEN contains('^' || name_key, ?) THEN 1 WHEN contains(' ' || name_key, ?) THEN 2 ELSE 3 "
        "END "
        "AS rank, ";
    relevance.values.push_back('^' + words);
    relevance.values.push_back(' ' + words);
    const std::string typed = base::capitalized(search);
    if (isPlain(typed)) {
        relevance.columns += "0 AS accents";
        return relevance;
    }
    relevance.columns += "CASE WHEN contains(' ' || name, ?) THEN 0 ELSE 1 END AS accents";
    relevance.values.push_back(' ' + typed);
    return relevance;
}

}  // namespace smartca::registry
