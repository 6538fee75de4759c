#include "web/platform/texts.h"

#include <array>
#include <string>

#include "shared/language.h"

namespace smartca {
namespace {

struct Language {
    std::string joined;
    Texts texts;
};

// As long as the module: what it says of itself does not change.
std::array<Language, kLocales.size()> languages;

}  // namespace

const Texts& textsOf(Locale locale) {
    return languages[static_cast<std::size_t>(locale)].texts;
}

namespace platform {

bool takeTexts(Locale locale, std::string_view joined) {
    if (std::ranges::count(joined, '\n') != static_cast<std::ptrdiff_t>(Message::Count)) return false;
    Language& language = languages[static_cast<std::size_t>(locale)];
    if (!language.joined.empty()) return true;
    language.joined = joined;
    language.texts = splitTexts(language.joined);
    return true;
}

}  // namespace platform
}  // namespace smartca
