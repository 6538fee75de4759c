// Unicode NFC (UAX 15): the same Vietnamese name typed on different systems becomes the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/draft.h"

namespace smartca::api {

// Empty when the text is not UTF-8.
std::optional<std::string> composed(std::string_view text);

// Composes what people read: identity, signature text and the image's file name. Passwords, secret keys and
// serials stay byte for byte. What is not UTF-8 stays as it is, for validation to name.
void composeTexts(Draft& draft);

}  // namespace smartca::api
