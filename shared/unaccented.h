// Names as they are compared: without case, mostly without accents, and in Western order too. The same natively and in the
// browser, so without a Unicode library: Latin letters are known, in whatever normal form; every other
// character stands for itself.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace smartca {

// "Trần Thị  Đào" -> "tran thi dao": lower case, one blank between words.
std::string unaccented(std::string_view text);

// Whether the same words stand in the same order. Accents count where both have some; certificates often have none.
// Nothing names nobody.
bool sameWords(std::string_view left, std::string_view right);

// Whether two names are one person's: the same words, in the same order or in a Western one. Of three words or more, one
// may stand at the other end ("Lê Tuấn Anh" as "Tuan Anh Le" or "Anh Le Tuan") where the first word of the one name is a
// common family name and no other is one, so that the words tell which is which. Any other order is another name: "Lê
// Anh Tuấn" is a brother, "Thu Hà" is not "Hà Thu", a company "Bình An" not "An Bình", and "Hoàng Anh Lê" may be somebody
// else than "Lê Hoàng Anh".
bool sameName(std::string_view left, std::string_view right);

}  // namespace smartca
