// The upstream's own words: cleaned before a person reads them, folded before they are compared.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartca::upstream {

// NFC and case-folded, so that "ĐANG HOẠT ĐỘNG" typed in any form equals "đang hoạt động". Empty for invalid
// UTF-8.
std::string comparable(std::string_view text);

// comparable(), and without accents; đ becomes d. For words that an upstream writes now with accents and now
// without.
std::string comparableWithoutAccents(std::string_view text);

// Without control, invisible and direction-turning characters, in one line, at most that many code points.
std::string cleaned(std::string_view text, std::size_t maximumCodePoints);

}  // namespace smartca::upstream
