// What tells a certificate of the list from another of the same name.
#pragma once

#include <span>
#include <string>

#include "web/view/painter.h"

namespace smartca::view {

// "Serial 540101014e46…c89999 · valid until 07/03/2027"
std::string tellingApart(const Painter& painter, const Certificate& certificate);

// The name of the button for what can be done with rows[row], as short as tells it from the other rows':
// assistive technology lists buttons without the rows that they stand in.
std::string actionsName(const Painter& painter, std::span<const Certificate> rows, std::size_t row);

}  // namespace smartca::view
