// Words that run from right to left, in lines that run from left to right. ImGui sets code points one after
// another; such words are handed to the platform whole instead, which draws each as one picture, its letters
// joined and in their order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smartca::view {

// The code point, of plane 15, that stands for a word in all fonts from then on.
using WholeWord = std::uint32_t (*)(std::string_view word);

// Whether anything in the words runs from right to left, or stands in plane 15 itself.
bool hasWholeWords(std::string_view words);

// The words of one line from left to right, as they are painted. After Unicode's annex 9, for a line without
// explicit marks: within a run from right to left the words follow one another backwards.
std::string visualOrder(std::string_view words, WholeWord wholeWord);

}  // namespace smartca::view
