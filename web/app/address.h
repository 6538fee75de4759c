// What the address of a page of our own tells of it: filters, page and an open certificate; and what the
// browser asks before it leaves. Names that are not known, and values that cannot be, are left aside.
#pragma once

#include <string>
#include <string_view>

#include "web/app/turn.h"

namespace smartca::app {

// "search=nguy%E1%BB%85n&status=expired&page=2"; nothing for the first page of all.
std::string pageAddress(const ListState& list);
// "certificate=11", or nothing.
std::string openAddress(const State& state);
// How many things lie over the page: a dialog, and a question over it.
int layersOf(const State& state);

// Makes the page's filters what the address says, without loading. Whether anything changed.
bool takeFilters(Turn& turn, std::string_view address);
// Opens the certificate that the address names, if it names one and nothing is open.
void openNamed(Turn& turn, std::string_view address);
bool filterUserNamed(Turn& turn, const Answered& answered);

// After every event: tells the browser of what has changed.
void followAddress(Turn& turn);

}  // namespace smartca::app
