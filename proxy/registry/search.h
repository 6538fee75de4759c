// What a person searches for is what they have in hand: a word of a name, a number with its label ("CCCD: 001…"),
// a serial number as another program shows it, or one that this page has shortened. A search is read in every way
// that it can be meant; a row that fits one of them is found.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smartca::registry {

// All of them have to occur in a search key (fold.h) that has one more blank at its end.
using Needles = std::vector<std::string>;

enum class Numbers { Joined, AsWritten };

// As words, every one of which counts: a search is short (100 characters in the API). One is looked for where a word
// begins, so that "an" finds "An" and "Anh" but not every "Van". "…" stands for what is left out: the part before it
// begins a word, the part behind it ends one.
//
// Joined, a number (of decimal or hexadecimal digits) is looked for anywhere, without its separators, for people know a
// part of a number; but one of one or two digits, which would be in every other phone, is a whole word, the last group of
// the number before it, or, where the search begins with it, the beginning of a word. As written, one with separators is
// a word like any other ("Bệnh viện 30-4"), and a short one begins a word behind the word that it stands behind: "chi
// nhánh 0" finds "Chi nhánh 03" and no phone.
Needles searchNeedles(std::string_view search, Numbers numbers);

// Those words in both ways, and the number that the whole may be: an identity (shared/identity.h), a serial number in
// hexadecimal or decimal (shared/serial.h), a phone. Nothing for a blank search, which finds all.
std::vector<Needles> readingsOf(std::string_view search);

bool fits(std::string_view searchKey, const std::vector<Needles>& readings);

// For a search that somebody else does: in one line, without its label; of a name with its code ("Nguyễn Văn An · USER14",
// or two cells of a sheet) the code as well; a phone as it is written down in Viet Nam, joined and in groups. The next one
// is for where the one before finds nothing.
std::vector<std::string> plainSearches(std::string_view search);

}  // namespace smartca::registry
