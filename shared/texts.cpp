// The texts of all languages, compiled in.
#include "shared/language.h"

namespace smartca {

std::string_view joinedTextsOf(Locale locale) {
#define SMARTCA_JOINED(name, tag, ownName) k##name,
    const std::array joined = {SMARTCA_LANGUAGES(SMARTCA_JOINED)};
#undef SMARTCA_JOINED
    return joined[static_cast<std::size_t>(locale)];
}

const Texts& textsOf(Locale locale) {
    static const auto kTexts = [] {
        std::array<Texts, kLocales.size()> texts;
        for (const Locale each : kLocales)
            texts[static_cast<std::size_t>(each)] = splitTexts(joinedTextsOf(each));
        return texts;
    }();
    return kTexts[static_cast<std::size_t>(locale)];
}

}  // namespace smartca
