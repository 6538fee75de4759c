// What an upstream says, as the words that it is made of: people and programs write one sentence in many ways.
//
// Pure; any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace smartca::upstream {

using Phrases = std::initializer_list<std::string_view>;

// "dang hoat dong" of "ĐANG_HOẠT_ĐỘNG", "user not found" of "UserNotFound": without accents and case, words of ASCII
// letters and digits with one blank between.
std::string plainlyWritten(std::string_view text);

// Such words, of which phrases are found and taken out whole: "khoa" is not in "tai khoan".
class PlainWords {
  public:
    explicit PlainWords(std::string_view text) : words_(' ' + plainlyWritten(text) + ' ') {}

    bool has(Phrases phrases) const;
    // True where any was there; each is gone then. In the order in which they stand: longer ones first.
    bool take(Phrases phrases);
    // What begins with one of these and all that follows.
    void cutAt(Phrases phrases);
    // Whether nothing is left but these words and what has a digit in it.
    bool areOnly(Phrases words) const;

  private:
    std::string words_;
};

}  // namespace smartca::upstream
