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

// As words: one of digits (or hexadecimal digits) is looked for anywhere, without its separators, for people know
// a part of a number. Any other is looked for where a word begins, so that "an" finds "An" and "Anh" but not every
// "Van". "…" stands for what is left out: the part before it begins a word, the part behind it ends one.
Needles searchNeedles(std::string_view search);

// Those words, and the number that the whole may be: an identity (shared/identity.h), a serial number in
// hexadecimal or decimal (shared/serial.h), a phone. Nothing for a blank search, which finds all.
std::vector<Needles> readingsOf(std::string_view search);

bool fits(std::string_view searchKey, const std::vector<Needles>& readings);

// For a search that somebody else does: without its label, and a phone as it is written down in Viet Nam, joined and in
// groups. The next one is for where the one before finds nothing.
std::vector<std::string> plainSearches(std::string_view search);

}  // namespace smartca::registry
