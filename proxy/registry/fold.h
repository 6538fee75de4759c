// Search keys: text with case, accents and separators taken away, so that "nguyen van a" finds "Nguyễn Văn A"
// and "0919 000 111" finds "0919000111". Both what is stored and what is typed (search.h) go through here.
//
// Pure functions; any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace smartca::registry {

// NFKD without marks, case-folded (Unicode 15 by utf8proc), đ as d, brackets, quotes and blanks as one space, without
// apostrophes. Bytes that are no UTF-8 are dropped.
std::string folded(std::string_view text);

// A number as it is compared: folded, and without the blanks, hyphens, dots and colons that group its digits.
std::string foldedNumber(std::string_view text);

// Folded texts as one search key: every word in it has a blank before it.
std::string searchKey(std::initializer_list<std::string_view> folded);

// The names and numbers that a row of the list of certificates is known by, as they are stored.
struct RowTexts {
    std::string_view nickname;    // empty: none
    std::string_view commonName;  // empty: none
    std::string_view userName;
    std::string_view userCode;
    std::string_view userPhone;  // empty: none
    std::string_view serial;
    std::string_view identity;
};
// What such a row stands by, the name that it shows, and what it is found by: all of them, names that say the same
// once.
struct RowKeys {
    std::string name;
    std::string search;
};
RowKeys rowKeys(const RowTexts& row);

}  // namespace smartca::registry
