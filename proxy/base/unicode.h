// Unicode's normal forms (UAX 15) and what people and upstreams write, cleaned and made comparable.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smartca::base {

// NFC: the same Vietnamese name typed on different systems becomes the same bytes. Nothing for invalid UTF-8.
std::optional<std::string> composed(std::string_view text);

// NFC and case-folded, so that "ĐANG HOẠT ĐỘNG" typed in any form equals "đang hoạt động". Empty for invalid
// UTF-8.
std::string comparable(std::string_view text);

// Case-folded and without accents; đ becomes d, although Unicode does not decompose it. For words that are
// written now with accents and now without. Empty for invalid UTF-8.
std::string comparableWithoutAccents(std::string_view text);

// The same for a search: compatibility forms ("ﬁ", "Ａ") become what they stand for too, and invisible
// characters go.
std::string searchable(std::string_view text);

// NFC, each word with a capital letter first and small ones after it, as names are written. Empty for invalid
// UTF-8.
std::string capitalized(std::string_view text);

// Without control, invisible and direction-turning characters, in one line, at most that many code points.
std::string cleaned(std::string_view text, std::size_t maximumCodePoints);

}  // namespace smartca::base
