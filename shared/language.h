// What a language is made of. Only what keeps texts includes this: message.cpp, texts.cpp, messages_TAG.cpp, and the page's texts.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "shared/message.h"

namespace smartca {

using Texts = std::array<std::string_view, static_cast<std::size_t>(Message::Count)>;

// The texts of a language, out of its joined ones below, which have to stay. A text that lacks is empty.
Texts splitTexts(std::string_view joined);

// Where text() finds them. texts.cpp has them compiled in. The page defines this function instead, so that its
// program holds only the language that is spoken (web/platform/texts.cpp).
const Texts& textsOf(Locale locale);

// The compiled ones, in the order of the messages, each ended by a line feed: one string compresses a third
// better than many with a table of pointers. `textOf` is a switch over all messages without a default, so that
// the compiler names a message that it lacks or has twice.
std::string_view joinedTextsOf(Locale locale);
template <auto textOf>
consteval auto joinedTexts() {
    constexpr std::size_t kCount = static_cast<std::size_t>(Message::Count);
    constexpr std::size_t kSize = [] {
        std::size_t size = 0;
        for (std::size_t i = 0; i < kCount; ++i)
            size += textOf(static_cast<Message>(i)).size() + 1;
        return size;
    }();
    std::array<char, kSize> joined = {};
    char* end = joined.data();
    for (std::size_t i = 0; i < kCount; ++i) {
        end = std::ranges::copy(textOf(static_cast<Message>(i)), end).out;
        *end++ = '\n';
    }
    return joined;
}

#define SMARTCA_TEXTS(name, tag, ownName) extern const std::string_view k##name;
SMARTCA_LANGUAGES(SMARTCA_TEXTS)
#undef SMARTCA_TEXTS

}  // namespace smartca
