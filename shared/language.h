// What a language is made of. Only message.cpp and the files of texts, messages_TAG.cpp, include this.
#pragma once

#include <array>
#include <cstddef>

#include "shared/message.h"

namespace smartca {

using Texts = std::array<std::string_view, static_cast<std::size_t>(Message::Count)>;

// The table of what `textOf` says, made by the compiler. `textOf` is a switch over all messages without a
// default, so that the compiler names a message that it lacks or has twice.
template <class TextOf>
consteval Texts textsOf(TextOf textOf) {
    Texts texts;
    for (std::size_t i = 0; i < texts.size(); ++i)
        texts[i] = textOf(static_cast<Message>(i));
    return texts;
}

#define SMARTCA_TEXTS(name, tag) extern const Texts k##name;
SMARTCA_LANGUAGES(SMARTCA_TEXTS)
#undef SMARTCA_TEXTS

}  // namespace smartca
