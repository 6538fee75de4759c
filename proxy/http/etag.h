// Entity tags of files (RFC 9110 §8.8.3).
#pragma once

#include <string>
#include <string_view>

namespace smartca::http {

// Strong, with its quotes.
std::string etagOf(std::string_view bytes);

// Whether a field If-None-Match names it: a list of tags, weak or strong, or "*" (RFC 9110 §13.1.2).
bool matchesEtag(std::string_view field, std::string_view etag);

}  // namespace smartca::http
