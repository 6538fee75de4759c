// Overwrites a string's bytes before they go back to the heap. For copies of secrets that we own; the
// compiler cannot remove it.
#pragma once

#include <string>

namespace smartca::http {

void wipe(std::string& secret);

}  // namespace smartca::http
