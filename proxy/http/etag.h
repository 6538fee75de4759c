// The entity tag of a file's bytes (RFC 9110 §8.8.3): strong, with its quotes.
#pragma once

#include <string>
#include <string_view>

namespace smartca::http {

std::string etagOf(std::string_view bytes);

}  // namespace smartca::http
