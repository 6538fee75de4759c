// The page's own textsOf() of shared/language.h: of the languages that the host has fetched.
#pragma once

#include <string_view>

#include "shared/message.h"

namespace smartca::platform {

// smartca.TAG.txt as a whole. False when it is another build's: it has more or fewer texts. To be called before
// that language is spoken.
bool takeTexts(Locale locale, std::string_view joined);

}  // namespace smartca::platform
