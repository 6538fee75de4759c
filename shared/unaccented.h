// Names as they are compared: without case and the order of their words, and mostly without accents. The same natively and in
// the browser, so without a Unicode library: Latin letters are known, in whatever normal form; every other
// character stands for itself.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace smartca {

// "Trần Thị  Đào" -> "tran thi dao": lower case, one blank between words.
std::string unaccented(std::string_view text);

// Whether two names may be one person's: the same words in whatever order. Accents count where both have some;
// certificates often have none. Nothing names nobody.
bool sameName(std::string_view left, std::string_view right);

}  // namespace smartca
