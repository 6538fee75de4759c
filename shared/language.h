// What a language is made of. Only message.cpp and the files of texts, messages_TAG.cpp, include this.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "shared/message.h"

namespace smartca {

// The texts in the order of the messages, each ended by a NUL: one string compresses a third better than many
// with a table of pointers. `textOf` is a switch over all messages without a default, so that the compiler
// names a message that it lacks or has twice.
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
    for (std::size_t i = 0; i < kCount; ++i)
        end = std::ranges::copy(textOf(static_cast<Message>(i)), end).out + 1;
    return joined;
}

#define SMARTCA_TEXTS(name, tag) extern const std::string_view k##name;
SMARTCA_LANGUAGES(SMARTCA_TEXTS)
#undef SMARTCA_TEXTS

}  // namespace smartca
